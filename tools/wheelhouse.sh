#!/bin/sh
# wheelhouse.sh PYTHON FOLDER [PIP_OPTION...]: makes a folder from which presscheck and all its extras are installed without
# a network: wheels (ours, and those that requirements.txt pins, checked by hash), the pins, the SBOM, instructions and
# checksums. The options say for what other machine: --python-version 3.13 --platform manylinux_2_28_x86_64.
set -eu
python=$1
folder=$2
shift 2
here=$(dirname "$0")

rm -rf "$folder"
mkdir -p "$folder"
"$python" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --require-hashes --requirement requirements.txt --dest "$folder" "$@"
"$python" -m build --wheel --no-isolation --outdir "$folder" . >/dev/null
cp requirements.txt "$folder/"
sh "$here/sbom.sh" "$python" "$folder/presscheck.cdx.json"
cat >"$folder/INSTALL.txt" <<'TEXT'
presscheck without a network. In this folder, with the Python and on the kind of machine that it was made for:

    sha256sum --check --quiet SHA256SUMS
    python3 -m venv /opt/presscheck
    /opt/presscheck/bin/pip install --no-index --find-links . --require-hashes -r requirements.txt
    /opt/presscheck/bin/pip install --no-index --no-deps presscheck-*.whl
    /opt/presscheck/bin/presscheck doctor

requirements.txt has all extras (the history, its server, Parquet, WARC). presscheck.cdx.json says what is in it
(CycloneDX). Chromium, for pages as readers see them, comes from the machine's own packages.
TEXT
(cd "$folder" && sha256sum -- * >../SHA256SUMS.new && mv ../SHA256SUMS.new SHA256SUMS)
echo "$folder: $(ls "$folder"/*.whl | wc -l) wheels; install with $folder/INSTALL.txt"
