#!/usr/bin/env bash
# Ends the job as the check ended.
set -euo pipefail

if [ "$COMMENTED" = failure ]; then
    message="wit-diff: the comment could not be posted: the job needs \`permissions\` with \`pull-requests\` \`write\`"
    if [ "$COMMENT" = true ] && [ "$CODE" = 0 ]; then
        echo "::error::$message"
        exit 1
    fi
    echo "::warning::$message"
fi
# Without one, the check did not even begin.
exit "${CODE:-2}"
