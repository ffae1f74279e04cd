#!/usr/bin/env bash
# Runs the check as the inputs ask for it, with the arguments of this script before them.
set -euo pipefail

arguments=(check "$@")
ask() {
    # What begins with a dash is a value, too.
    if [ -n "$2" ]; then arguments+=("$1=$2"); fi
}
ask_all() {
    # One entry a line will do, too.
    ask "$1" "$(printf '%s' "$2" | tr '\n' ',' | sed -E 's/([[:space:]]*,)+[[:space:]]*/,/g; s/^,//; s/,$//')"
}
ask --against "$ASKED_AGAINST"
ask --protect "$ASKED_PROTECT"
ask_all --features "$ASKED_FEATURES"
ask --allow "$ASKED_ALLOW"
ask --fail-on "$ASKED_FAIL_ON"
ask_all --deny "$ASKED_DENY"
ask --annotate "$ASKED_ANNOTATE"
if [ -n "$ASKED_PATH" ]; then arguments+=(-- "$ASKED_PATH"); fi
exec wit-diff "${arguments[@]}"
