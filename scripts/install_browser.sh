#!/usr/bin/env bash
# Debian's Chromium for the browser tests, where it is missing and may be installed; without it those tests skip.
set -euo pipefail
[ -x /usr/bin/chromium ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "No /usr/bin/chromium, and it cannot be installed from here: the browser tests will be skipped"
    exit 0
fi
echo "Installing chromium for the browser tests (log in .venv/browser.log)"
export DEBIAN_FRONTEND=noninteractive
# fonts-noto-cjk lets screenshots show Chinese.
if ! { apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk; } >.venv/browser.log 2>&1; then
    echo "It could not be installed: the browser tests will be skipped"
fi
