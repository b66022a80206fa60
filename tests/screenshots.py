"""Pictures of every kind of page of the site, for people who look at them:

    python tests/screenshots.py SITE OUT

OUT/<kind>-<width>-<scheme>.png, at 360 and 1280 pixels, light and dark.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser
from support.browser import chromium

KINDS = {
    "home": "index.html",
    "condition": "lumbar/index.html",
    "operations": "post-op/index.html",
    "phase": "lumbar/subacute/index.html",
    "phase-after-surgery": "post-op/acdf/protect/index.html",
    "exercises": "exercises/index.html",
    "exercise": "exercises/prone-leg-lift/index.html",
    "topics": "topics/index.html",
    "topic": "topics/lifting/index.html",
    "red-flags": "red-flags/index.html",
    "red-flag": "red-flags/cauda-equina/index.html",
    "search": "search/index.html",
    "glossary": "glossary/index.html",
    "for-therapists": "for-therapists/index.html",
    "about": "about/index.html",
    "missing": "404.html",
    "offline": "offline/index.html",
}
WIDTHS = {360: 740, 1280: 900}


def take(browser: Browser, site: Path, out: Path, kinds: Mapping[str, str] = KINDS) -> tuple[Path, ...]:
    """One picture a kind of page, width and colour scheme; returns their files."""
    files = []
    for (width, height), scheme in product(WIDTHS.items(), ("light", "dark")):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        for kind, path in kinds.items():
            page.goto((site / path).absolute().as_uri())
            page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })")
            page.wait_for_load_state("networkidle")
            files.append(out / f"{kind}-{width}-{scheme}.png")
            page.screenshot(path=files[-1], full_page=True)
        context.close()
    return tuple(files)


if __name__ == "__main__":
    with chromium() as started:
        print(f"{len(take(started, Path(sys.argv[1]), Path(sys.argv[2])))} pictures in {sys.argv[2]}")
