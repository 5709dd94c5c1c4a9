#!/bin/sh
# lock.sh PYTHON [UV_OPTION...]: pins the dependencies of pyproject.toml by version and hash, for every Python from 3.12
# on and every platform: those of development in requirements-dev.txt, and of them what an installation with all extras
# needs in requirements.txt. Pins that are there stay unless an option says otherwise: --upgrade, or --upgrade-package
# NAME.
set -eu
python=$1
shift
"$python" -c 'import uv' 2>/dev/null || "$python" -m pip install --quiet uv
lock() {
    "$python" -m uv pip compile pyproject.toml --all-extras --universal --python-version 3.12 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet "$@"
}
lock --group dev --output-file requirements-dev.txt "$@"
lock --constraint requirements-dev.txt --output-file requirements.txt
