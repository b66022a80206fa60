#!/usr/bin/env bash
# WeasyPrint 70.0, PDF/UA: one table that goes over six pages is tagged as six tables, one list over four pages as four lists.
#
# Expected (ISO 32000-1, 14.8.4.3): one structure element a table or list, wherever its pages break. A screen reader says
# "table with 60 rows"; here it announces a new table with a head of its own on each page, and counts the list anew.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install weasyprint==70.0 pikepdf==10.18.0
"$folder/venv/bin/python" - <<'PY'
import io
import pikepdf, weasyprint

rows = "".join(f'<tr><th scope="row">Day {number}</th><td>{number}</td></tr>' for number in range(60))
pdf = weasyprint.HTML(string=f"""<html lang="en"><title>A chart</title>
<style>@page {{size: A5}} td, th {{height: 12mm}} li {{height: 20mm}}</style>
<table><thead><tr><th>Day</th><th>Number</th></tr></thead><tbody>{rows}</tbody></table>
<ul>{'<li>An exercise</li>' * 30}</ul>""").write_pdf(pdf_variant="pdf/ua-1")

with pikepdf.open(io.BytesIO(pdf)) as document:
    kinds = [str(item.get("/S")) for item in document.objects if isinstance(item, pikepdf.Dictionary)]
counts = {kind: kinds.count(kind) for kind in ("/Table", "/THead", "/L")}
print("in the HTML: one table, one table head, one list; in the PDF:", counts)
assert weasyprint.__version__ == "70.0"
assert counts == {"/Table": 6, "/THead": 6, "/L": 4}, "this has changed: is it mended?"
PY
