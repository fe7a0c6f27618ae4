#!/usr/bin/env bash
# What the tests use of Debian, where it is missing and may be installed: Chromium, a voice that speaks queries, and
# PostgreSQL, of which the tests start a server of their own.
# Without them the tests that need them skip.
set -euo pipefail
wanted=()
# fonts-noto-cjk lets screenshots show Chinese.
[ -x /usr/bin/chromium ] || wanted+=(chromium fonts-noto-cjk)
command -v espeak-ng >/dev/null || wanted+=(espeak-ng)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted+=(postgresql)
[ ${#wanted[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing, and not to be installed from here: ${wanted[*]}; the tests that need them will be skipped"
    exit 0
fi
echo "Installing ${wanted[*]} for the tests (log in .venv/debian.log)"
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install -y --no-install-recommends "${wanted[@]}"; } >.venv/debian.log 2>&1; then
    echo "They could not be installed: the tests that need them will be skipped"
fi
