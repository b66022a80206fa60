#!/usr/bin/env bash
# WeasyPrint 70.0 beside Pillow: `import weasyprint` makes Pillow take half a picture for a whole one, in the whole process.
#
# Expected: importing a library changes nothing for others. Seen: it sets PIL.ImageFile.LOAD_TRUNCATED_IMAGES, so a program
# that checks an uploaded logo with Image.load() passes a file that was cut in half, and prints half a logo without a word.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install weasyprint==70.0 pillow==13.0.0
"$folder/venv/bin/python" - <<'PY'
import io
from PIL import Image

whole = io.BytesIO()
Image.effect_noise((200, 200), 50).convert("RGB").save(whole, "PNG")
half = whole.getvalue()[: len(whole.getvalue()) // 2]

def answer():
    try:
        Image.open(io.BytesIO(half)).load()
        return "loads"
    except OSError as error:
        return f"OSError: {error}"

before = answer()
import weasyprint
after = answer()
print("half a PNG before the import:", before, "/ after it:", after)
assert weasyprint.__version__ == "70.0"
assert (before, after) == ("OSError: image file is truncated", "loads"), "this has changed: is it mended?"
PY
