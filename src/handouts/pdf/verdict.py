"""What no printed sheet may have, judged on its pages as they are laid out, whatever template or style made them.

A sum before the layout can be wrong, and a clinic's style can break what ours keeps whole: only the page itself tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from handouts.pdf.rules import PageRules
from handouts.pdf.weasy import HEADING_TAGS, PrintedText, printed_texts

FOOT = 45.0  # CSS pixels, 12 mm: a heading this near to the foot of its page has nothing below it
SLACK = 1.5  # CSS pixels by which letters may lean out of their line
FIELDS = ("input", "textarea", "select", "option", "button")  # how a form looks is for whoever fills it in on a screen
MANY = 5  # faults are enough to be told


def page_faults(document: object, rules: PageRules) -> list[str]:
    """Return what is wrong with the pages of a laid-out sheet, in words that quote nothing of it, at most a few."""
    texts = [text for text in printed_texts(document) if text.tag.partition("::")[0] not in FIELDS]
    found = [*_torn_cards(texts, rules), *_in_the_margin(texts), *_lonely_headings(texts), *_too_small(texts, rules)]
    return list(dict.fromkeys(found))[:MANY]


def _torn_cards(texts: Sequence[PrintedText], rules: PageRules) -> Iterator[str]:
    for card in dict.fromkeys(text.card for text in texts if text.card):
        pages = sorted({text.page + 1 for text in texts if text.card == card})
        if len(pages) > (2 if rules.facing else 1):
            listed = ", ".join(map(str, pages))
            yield f"the card of exercise {card} is torn: it is on pages {listed}. A shorter note makes it shorter"


def _in_the_margin(texts: Sequence[PrintedText]) -> Iterator[str]:
    for text in texts:
        left, top, right, bottom = text.area
        beside = text.left < left - SLACK or text.right > right + SLACK
        if beside or text.top < top - SLACK or text.bottom > bottom + SLACK:
            yield f"page {text.page + 1}: words of {_block(text)} stand in the margin"


def _lonely_headings(texts: Sequence[PrintedText]) -> Iterator[str]:
    for page, on_page in groupby(texts, key=lambda text: text.page):
        last = [*on_page][-1]
        if last.tag in HEADING_TAGS and last.bottom > last.area[3] - FOOT:
            yield f"page {page + 1}: a heading stands alone at its foot"


def _too_small(texts: Sequence[PrintedText], rules: PageRules) -> Iterator[str]:
    for text in texts:
        if text.points < rules.least - 0.05:
            small = f"letters of {text.points:.1f} points in {_block(text)}"
            yield f"page {text.page + 1}: {small}, and {rules.least:g} are the least"


def _block(text: PrintedText) -> str:
    return f"exercise {text.card}" if text.card else f"a part in <{text.tag}>"
