#!/bin/sh
# lock.sh PYTHON OUTPUT [UV_OPTION...]: pins the dependencies of pyproject.toml, its extras and its group dev, by
# version and hash, for every Python from 3.12 on and every platform. Pins that are in OUTPUT stay unless an
# option says otherwise: --upgrade, or --upgrade-package NAME.
set -eu
python=$1
output=$2
shift 2
"$python" -c 'import uv' 2>/dev/null || "$python" -m pip install --quiet uv
"$python" -m uv pip compile pyproject.toml --all-extras --group dev --output-file "$output" \
    --universal --python-version 3.12 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --quiet "$@"
