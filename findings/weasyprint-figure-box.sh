#!/usr/bin/env bash
# WeasyPrint 70.0, PDF/UA: where a picture stands on its page is written in the wrong unit and from the wrong edge.
#
# Expected (ISO 32000-1, table 344 and 8.3.2): the `BBox` of a `Figure` is in points from the bottom of the page, as the
# picture is drawn. Seen: CSS pixels, counted from the top. A program that shows a reader "this figure" marks another place.
# PDF/UA validators pass, since they only ask that a BBox is there.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install weasyprint==70.0 pikepdf==10.18.0 pypdfium2==5.15.2 numpy==2.4.6
"$folder/venv/bin/python" - <<'PY'
import io
import numpy, pikepdf, pypdfium2, weasyprint

bar = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'%3E%3Crect width='40' height='20'/%3E%3C/svg%3E"
pdf = weasyprint.HTML(string=f"""<html lang="en"><title>A bar</title>
<style>@page {{size: 200pt 300pt; margin: 20pt}} p {{margin: 0; height: 40pt}} img {{display: block; width: 80pt}} body {{margin: 0}}</style>
<p>Above</p><img alt="A black bar" src="{bar}">""").write_pdf(pdf_variant="pdf/ua-1")

with pikepdf.open(io.BytesIO(pdf)) as document:
    tagged = (item for item in document.objects if isinstance(item, pikepdf.Dictionary))
    (figure,) = (item for item in tagged if item.get("/S") == "/Figure")
    box = [round(float(edge)) for edge in figure.A.BBox]
pixels = pypdfium2.PdfDocument(pdf)[0].render(grayscale=True).to_numpy().squeeze()
rows, columns = numpy.nonzero(pixels < 50)
bar_rows = [row for row in set(rows) if (rows == row).sum() >= 79]
print("the bar is drawn between", 300 - max(bar_rows) - 1, "and", 300 - min(bar_rows), "points from the bottom")
print("its BBox says", box)
assert weasyprint.__version__ == "70.0"
assert (300 - max(bar_rows) - 1, 300 - min(bar_rows)) == (200, 240)
assert box == [27, 80, 133, 133], "this has changed: is it mended?"  # 20, 60, 100, 100 points in pixels, from the top
PY
