"""PDF/UA-1, by two validators that share no code. Each must also find what is wrong with PDFs that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest
from support.conformance import BREAKAGES, CHART_BREAKAGES, broken, failed_rules, verapdf
from support.sheets import ODD, VARIANTS

Pdfs = Callable[[str, str], Mapping[str, bytes]]


@pytest.mark.parametrize(("paper", "size"), VARIANTS, ids=["-".join(variant) for variant in VARIANTS])
def test_every_example_sheet_is_pdf_ua(example_pdfs: Pdfs, paper: str, size: str) -> None:
    assert {name: found for name, pdf in example_pdfs(paper, size).items() if (found := failed_rules(pdf))} == {}


@pytest.mark.parametrize("name", ODD)
def test_every_odd_sheet_is_pdf_ua(odd_pdf: Callable[[str], bytes], name: str) -> None:
    assert failed_rules(odd_pdf(name)) == []


@pytest.mark.parametrize("breakage", BREAKAGES + CHART_BREAKAGES, ids=lambda breakage: breakage.__name__)
def test_the_quick_validator_finds_what_is_broken(example_pdfs: Pdfs, breakage: Callable[[pikepdf.Pdf], None]) -> None:
    good = example_pdfs("a4", "normal")["EX-01-2026-11-21"]
    assert failed_rules(good) == []
    assert failed_rules(broken(good, breakage)) != []


def test_verapdf_passes_every_kind_of_sheet_and_fails_broken_ones(
    example_pdfs: Pdfs, odd_pdf: Callable[[str], bytes], tmp_path: Path
) -> None:
    good = {**example_pdfs("a4", "normal"), **{name: odd_pdf(name) for name in ODD}}
    smallest = min(good.values(), key=len)
    bad = {breakage.__name__: broken(smallest, breakage) for breakage in BREAKAGES} | {"no-pdf": b"%PDF-1.7\nnothing"}
    found = verapdf(good | bad, tmp_path)
    assert {name: found[name] for name in good if found[name]} == {}
    assert [name for name in bad if not found[name]] == []
