"""What a sheet costs, as a ratio to WeasyPrint alone on the same HTML in the same run: python tests/benchmarks/sheet.py"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from handouts.app.batch import make_documents
from handouts.app.layers import Layers
from handouts.app.plans import plan_handouts
from handouts.pdf import writer as pdf
from handouts.pictures.drawings import illustrate
from handouts.render.sheet import Sheet, compose

EXAMPLE = Path(__file__).parents[2] / "examples" / "lumbar-subacute-flat-back.yaml"
ROUNDS, MANY = 7, 100


def seconds(work: Callable[[], object]) -> float:
    """How long the clock ran."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(sheet: Sheet) -> bytes:
    """WeasyPrint on the same page, sharing nothing between two sheets."""
    weasyprint = pdf._load_weasyprint()
    html = sheet.html.replace("</head>", f"<style>{sheet.style}</style></head>")
    page = weasyprint.HTML(string=html, url_fetcher=weasyprint.OwnFiles(sheet.files))
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True))


def command() -> None:
    """The whole command in a process of its own."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, "-m", "handouts", "pdf", str(EXAMPLE), "--out", out], check=True, capture_output=True)


def main() -> None:
    """Print the ratios."""
    layers = Layers()
    templates = layers.environment()
    (plan,) = plan_handouts([EXAMPLE], layers, date(2026, 11, 21))
    sheet = compose(plan, templates, illustrate(plan))
    plain(sheet), pdf.write_pdf(*sheet)
    pairs = [(seconds(lambda: plain(sheet)), seconds(lambda: pdf.write_pdf(*sheet))) for _ in range(ROUNDS)]
    floor = median(one for one, _ in pairs)
    ours = median(seconds(lambda: compose(plan, templates, illustrate(plan))) for _ in range(ROUNDS))
    warm = median(two for _, two in pairs)
    print(f"plain WeasyPrint {floor:.2f} s = 1.00")
    print(f"composing (drawings, templates, codes) {ours / floor:.2f}")
    print(f"printing, fonts and style and pictures shared {warm / floor:.2f}")
    print(f"a warm sheet {(ours + warm) / floor:.2f}")
    print(f"a cold command {median(seconds(command) for _ in range(3)) / floor:.2f}")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        many = seconds(lambda: list(make_documents([sheet] * MANY, executor)))
    print(f"one of {MANY} on two processes {many / MANY / floor:.2f}")


if __name__ == "__main__":
    main()
