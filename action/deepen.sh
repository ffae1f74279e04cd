#!/usr/bin/env bash
# Fetches what a clone lacks. Of a pull request that is little at first: what cannot be told (3) may be told then, and what
# fails (1) may be covered by a version that no release has claimed yet. All else is compared with releases, which only the
# whole history and the tags of the remote tell. Where that does not work out, the check itself says what is missing, and
# how to get it.
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")

is_shallow() {
    [ "$(git rev-parse --is-shallow-repository)" = true ]
}

is_enough() {
    local code=0
    "$here/run.sh" --quiet >/dev/null 2>&1 || code=$?
    [ "$code" -ne 3 ] && [ "$code" -ne 1 ]
}

fetch() {
    # Nobody is there to answer questions, or to wait.
    GIT_TERMINAL_PROMPT=0 git -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60 fetch --quiet "$@"
}

# By its id, as the branch may have moved on meanwhile.
head=$(git rev-parse HEAD) || exit 0
if [ -n "${GITHUB_BASE_REF:-}" ] || [ "${GITHUB_EVENT_NAME:-}" = merge_group ]; then
    base=()
    if [ -n "${GITHUB_BASE_REF:-}" ]; then base=("+refs/heads/$GITHUB_BASE_REF:refs/remotes/origin/$GITHUB_BASE_REF"); fi
    for depth in 50 1000; do
        if is_enough; then exit 0; fi
        if ! is_shallow; then break; fi
        echo "The clone is too shallow: fetching $depth commits more."
        fetch "--deepen=$depth" origin "$head" ${base[@]+"${base[@]}"} || exit 0
    done
    if is_enough; then exit 0; fi
fi
if is_shallow; then
    echo "The clone is too shallow: fetching the whole history, and the tags."
    fetch --unshallow --tags origin "$head" "+refs/heads/*:refs/remotes/origin/*" || exit 0
else
    # A history without tags looks like one without releases.
    fetch --tags origin || echo "The tags of the remote cannot be fetched: the check goes by those that are here."
fi
