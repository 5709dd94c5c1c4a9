#!/bin/sh
# setup.sh VENV: makes the virtual environment, installs what requirements-dev.txt pins (by version
# and hash) and presscheck itself, editable. Keeps an environment that is there and new enough.
set -eu
here=$(dirname "$0")
. "$here/root.sh"
venv=$1

make_venv() {
    python=$(sh "$here/python.sh")
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        # Debian and Ubuntu keep these two modules in a package of their own.
        package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
        if ! { can_apt && apt_install "$package"; }; then
            echo "$python has no venv or ensurepip module. Install the package $package, then try again." >&2
            exit 1
        fi
    fi
    echo "Making $venv with $python"
    "$python" -m venv --clear "$venv"
}

if ! "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
    make_venv
fi
pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
echo "Installing the packages that requirements-dev.txt pins"
$pip install --quiet --require-hashes -r requirements-dev.txt
$pip install --quiet --no-deps --no-build-isolation --editable .
