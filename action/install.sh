#!/usr/bin/env bash
# Builds the program from the sources that the action came with, unless the cache had it.
set -euo pipefail

root=$RUNNER_TEMP/wit-diff-program
if ! [ -x "$root/bin/wit-diff" ] && ! [ -x "$root/bin/wit-diff.exe" ]; then
    if ! command -v cargo >/dev/null; then
        echo "::error::wit-diff: there is neither wit-diff nor cargo on this runner: install Rust before this step"
        exit 2
    fi
    cargo install --locked --path "$GITHUB_ACTION_PATH" --root "$root"
fi
echo "$root/bin" >>"$GITHUB_PATH"
