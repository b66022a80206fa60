#!/bin/sh
# Makes .venv hold what a lock file says, and this project: PYTHON=python3 sh setup/venv.sh requirements.txt
#
# What is up to date is left alone. The stamps lie in .venv, so a new .venv starts without them.
set -eu
lock=$1
stamp() { cat ".venv/$1.stamp" 2>/dev/null || true; }
pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input install "$@"; }

# Another Python, a moved folder or a changed lock: start anew, so that nothing old stays.
base=$({ pwd; "$PYTHON" -VV; cat requirements.txt requirements-test.txt; } | cksum)
if [ "$(stamp base)" != "$base" ]; then
    "$PYTHON" -m venv --clear .venv
    echo "$base" >.venv/base.stamp
fi

if [ ! -e ".venv/$lock.stamp" ]; then
    echo "Installing Python packages into .venv (about a minute)"
    # Wheels only: building one would fetch tools that no lock names.
    pip --require-hashes --only-binary :all: -r "$lock"
    touch .venv/requirements.txt.stamp ".venv/$lock.stamp"      # the tests' lock holds all of the demo's
fi

project=$(cksum <pyproject.toml)
if [ "$(stamp project)" != "$project" ]; then
    pip --no-deps --no-build-isolation -e .
    echo "$project" >.venv/project.stamp
fi
