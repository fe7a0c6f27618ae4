#!/usr/bin/env bash
# pip install "$@" into .venv, one short line a package; everything pip says goes to .venv/install.log.
set -euo pipefail
.venv/bin/pip install --progress-bar off "$@" 2>&1 | tee -a .venv/install.log | awk '
    /^Collecting |^Processing / { sub(/.*\//, "", $2); sub(/[<>=!~;\[(].*/, "", $2); printf "  %s", $2; fflush(); open = 1; next }
    /^ +Downloading .* MB\)/    { printf " %s MB", substr($(NF - 1), 2); fflush(); next }
    /^ERROR|^error|[Nn]o space/ { if (open) print ""; open = 0; print; fflush(); next }
    /^Installing collected/     { print (open ? "\n" : "") "  unpacking"; open = 0; fflush() }
    END                         { if (open) print "" }
'
