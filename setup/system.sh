#!/bin/sh
# Installs the system packages that are missing: PYTHON=python3 sh setup/system.sh demo|test
#
# It looks for the thing itself (a library, a command), not for Debian's package, so that whatever way it came counts, and
# root is wanted only where something is missing. It asks no question.
set -eu

if ! "${PYTHON:-false}" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "handouts needs Python 3.11 or newer; ${PYTHON:-python3} is older, or missing. Install one, or name it:" >&2
    echo "  make $1 PYTHON=/path/to/python3.12" >&2
    exit 1
fi

missing=
needs() {       # needs PACKAGE COMMAND...: the package is missing where the command fails
    package=$1; shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
library() { "$PYTHON" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
ubuntu() { grep -qx 'ID=ubuntu' /etc/os-release; }

# Debian splits what `python3 -m venv` needs from Python itself.
needs "$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" "$PYTHON" -c 'import ensurepip, venv'
needs libpango-1.0-0 library pango-1.0
needs libpangoft2-1.0-0 library pangoft2-1.0
needs libharfbuzz-subset0 library harfbuzz-subset
if [ "$1" = test ]; then
    needs default-jre-headless java -version        # veraPDF, which checks the PDFs
    needs poppler-utils command -v pdftoppm
    needs libatomic1 library atomic                 # playwright's driver
    if ubuntu && ! browser >/dev/null; then         # there Chromium is a snap, whose installer can wait for minutes
        echo "No Chromium: the tests that need a browser are skipped. To have them: sudo snap install chromium" >&2
    else
        needs chromium browser
    fi
fi
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Not found, and no apt-get to install it with (README.md tells what to do on this system):$missing" >&2
    exit 0
fi

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "System packages are missing. An administrator runs this once, then make $1 needs no administrator:" >&2
    echo "  sudo apt-get update && sudo $install" >&2
    exit 1
fi

echo "Installing system packages:$missing"
# A new machine has no package lists, an old one has stale ones; one that failed to load may not matter.
$as_root apt-get update -q || true
# A machine just started may be updating itself: wait for it.
$as_root env DEBIAN_FRONTEND=noninteractive $install -q -o DPkg::Lock::Timeout=300 </dev/null
