#!/bin/sh
# sbom.sh PYTHON FILE: writes a CycloneDX bill of materials of what requirements.txt pins, with hashes, validated against
# CycloneDX's schema (the tool exits otherwise). The same pins give the same bytes.
set -eu
mkdir -p "$(dirname "$2")"
"$1" -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml --mc-type application \
    --spec-version 1.6 --output-reproducible --output-format JSON --validate --output-file "$2"
