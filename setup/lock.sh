#!/bin/sh
# Writes requirements.txt and requirements-test.txt from pyproject.toml: PYTHON=python3 sh setup/lock.sh [--upgrade]
#
# With hashes, one version of each for every Python and system (so that drawings come out alike), and without a word on where
# packages come from: a clinic may have a mirror of its own. Without --upgrade, versions stay that still fit.
set -eu
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$PYTHON" -m venv "$tools"
"$tools/bin/pip" --quiet --disable-pip-version-check install uv==0.13.8

lock() {        # lock FILE [OPTION...]
    file=$1; shift
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
        pyproject.toml --group build --extra excel "$@" -o "$file"
}
lock requirements.txt "$@"
# The same versions, and more packages.
lock requirements-test.txt --extra test -c requirements.txt "$@"
