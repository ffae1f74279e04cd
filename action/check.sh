#!/usr/bin/env bash
# Runs the check once, with a file for each report that somebody may want. Its exit code counts in the last step only: the
# comment is for those whose check failed.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")

if [ "$DEEPEN" = true ]; then "$here/deepen.sh"; fi
reports=$(mktemp -d "$RUNNER_TEMP/wit-diff.XXXXXX")
# The program says better, where it comes to that.
echo "passed=false" >>"$GITHUB_OUTPUT"
code=0
"$here/run.sh" --format github --output "markdown=$reports/wit-diff.md" --output "json=$reports/wit-diff.json" \
    --output "sarif=$reports/wit-diff.sarif" --output "html=$reports/wit-diff.html" || code=$?

echo "code=$code" >>"$GITHUB_OUTPUT"
if [ -e "$reports/wit-diff.md" ]; then
    # The first line says what was asked for: reports that were asked for otherwise have comments of their own.
    header=$(head -n 1 "$reports/wit-diff.md" | git hash-object --stdin)
    printf '%s\n' "header=wit-diff-$header" "markdown=$reports/wit-diff.md" "report=$reports/wit-diff.json" \
        "sarif=$reports/wit-diff.sarif" "html=$reports/wit-diff.html" >>"$GITHUB_OUTPUT"
fi
