#!/usr/bin/env bash
# Says whether there is a program already, and else from which sources it would be built.
set -euo pipefail

case "$COMMENT" in true | false | auto) ;; *)
    echo "::error::wit-diff: the input \`comment\` is neither true nor false nor auto"
    exit 2
    ;;
esac
case "$DEEPEN" in true | false) ;; *)
    echo "::error::wit-diff: the input \`deepen\` is neither true nor false"
    exit 2
    ;;
esac

if command -v wit-diff >/dev/null; then
    wit-diff -V
    echo "found=true" >>"$GITHUB_OUTPUT"
    exit 0
fi

cd "$GITHUB_ACTION_PATH"
sources=$(find Cargo.toml Cargo.lock askama.toml src -type f -print | LC_ALL=C sort | git hash-object --stdin-paths |
    git hash-object --stdin)
printf '%s\n' "found=false" "sources=$sources" >>"$GITHUB_OUTPUT"
