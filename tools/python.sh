#!/bin/sh
# Prints the path of a Python >= 3.12, or says on standard error what to install and exits 1.
set -u

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# A pyenv shim or a wrapper is answered with the interpreter behind it.
real_path() {
    "$1" -c 'import sys; print(sys.executable)'
}

if [ -n "${PYTHON:-}" ]; then
    if is_new_enough "$PYTHON"; then
        real_path "$PYTHON"
        exit 0
    fi
    echo "PYTHON=$PYTHON is not a Python >= 3.12. Name another one, or unset PYTHON." >&2
    exit 1
fi

pyenv_root=${PYENV_ROOT:-${HOME:+$HOME/.pyenv}}
for candidate in python3 python3.12 python3.13 python3.14 \
    ${pyenv_root:+"$pyenv_root"/versions/3.1[2-9]*/bin/python3} \
    /usr/local/bin/python3.1[2-9] /opt/homebrew/bin/python3.1[2-9]; do
    if is_new_enough "$candidate"; then
        real_path "$candidate"
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
presscheck needs Python 3.12 or newer, and none was found: neither python3 nor python3.12 to
python3.14 on the PATH, nor one of pyenv's. Install one (your system's package python3.12, "pyenv
install 3.12", or python.org's installer), or name it: make test PYTHON=/path/to/python3.12
MESSAGE
exit 1
