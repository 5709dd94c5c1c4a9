#!/usr/bin/env bash
# The action's own step: environment variables -> the command line. A browser that is missing is exit 3, never a pass.
set -uo pipefail

lines() { # the lines of a text that say something, as the array named first
    local -n array=$1
    local line
    while IFS= read -r line; do
        line="${line#"${line%%[![:space:]]*}"}"
        line="${line%"${line##*[![:space:]]}"}"
        if [ -n "$line" ]; then array+=("$line"); fi
    done <<<"$2"
}

targets=()
lines targets "$TARGETS"
options=(--render always --github --fail-on "$FAIL_ON" --profile "$PROFILE")
if [ -n "$PUBLIC_URL" ]; then options+=(--public-url "$PUBLIC_URL"); fi
if [ -n "$CHANGED_SINCE" ]; then options+=(--changed-since "$CHANGED_SINCE"); fi
lines options "$ARGUMENTS"

mkdir -p "$REPORTS"
"$COMMAND" audit "${options[@]}" \
    --html "$REPORTS/report.html" --sarif "$REPORTS/report.sarif" \
    --json "$REPORTS/report.json" --junit "$REPORTS/junit.xml" \
    -- "${targets[@]}"
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
