#!/usr/bin/env bash
# Runs the check as the inputs ask for it, with the arguments of this script before them.
set -euo pipefail

arguments=(check "$@")
ask() {
    # What begins with a dash is a value, too.
    if [ -n "$2" ]; then arguments+=("$1=$2"); fi
}
ask --against "$ASKED_AGAINST"
ask --protect "$ASKED_PROTECT"
ask --features "$ASKED_FEATURES"
ask --allow "$ASKED_ALLOW"
ask --fail-on "$ASKED_FAIL_ON"
ask --deny "$ASKED_DENY"
ask --annotate "$ASKED_ANNOTATE"
if [ -n "$ASKED_PATH" ]; then arguments+=(-- "$ASKED_PATH"); fi
exec wit-diff "${arguments[@]}"
