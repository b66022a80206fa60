"""Pictures of every kind of page of the site, for people who look at them:

    python tests/screenshots.py SITE OUT

OUT/<kind>-<width>-<scheme>.png, at 360 and 1280 pixels, light and dark.
"""

from __future__ import annotations

import sys
from pathlib import Path

from conftest import chromium

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


def take(site: Path, out: Path) -> int:
    """One picture a kind of page, width and colour scheme; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    with chromium() as browser:
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
                page = context.new_page()
                for kind, path in KINDS.items():
                    page.goto((site / path).absolute().as_uri())
                    page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })")
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=out / f"{kind}-{width}-{scheme}.png", full_page=True)
                    count += 1
                context.close()
    return count


if __name__ == "__main__":
    print(f"{take(Path(sys.argv[1]), Path(sys.argv[2]))} pictures in {sys.argv[2]}")
