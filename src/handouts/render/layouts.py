"""Layouts: how a kind of sheet is printed, as data in `templates/layouts/<name>.yaml`; a clinic's folder adds to ours.

Both the style and the packing of cards read the same record, so that no measure stands in two places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, get_args

from handouts.errors import Problem, ProblemsError, display_path, unknown
from handouts.fields import NOT_EMPTY, YesNo, amount, decimal, words
from handouts.files.text import read_text
from handouts.files.yaml_reader import parse_yaml
from handouts.model import Print
from handouts.model.noun import Noun
from handouts.model.validation import validate
from handouts.model.vocabulary import Paper

FOLDER = "layouts"
LEAST_LETTERS, MOST_LETTERS = 6.0, 72.0  # points: smaller cannot be read, larger is no text
LARGE = 16.0  # points (RNIB, Clear Print)
MOST_MM = 500.0  # of any length on paper
NARROW = 150.0  # mm: half a page of A4 or Letter is narrower
LEAST_ROOM = 60.0  # mm: less holds no drawing with a word beside it (own number)

Length = Annotated[float, decimal(0, MOST_MM)]
Name = Annotated[str, words(40)]
Points = Annotated[float, decimal(LEAST_LETTERS, MOST_LETTERS)]


class Leaf(Noun):
    """A page, in mm."""

    width: Length
    height: Length


class Papers(Noun):
    """The page on each paper: of half its size where pages are folded."""

    a4: Leaf
    letter: Leaf


class Margins(Noun):
    """What stays free around a page, in mm; the same at both sides, since leaves are printed on their backs too.

    A `draft` has more above, for a line on each page.
    """

    top: Length
    side: Length
    foot: Length
    draft: Length = 4.0


class Letters(Noun):
    """The sizes of letters by what they are for, in points; a sheet has no others."""

    title: Points
    name: Points
    section: Points
    dose: Points
    text: Points
    note: Points
    margin: Points


class Fit(Noun):
    """One way to print a card: its drawings at most `picture` mm wide and `tallest` mm high, its steps in `text` points.

    In a `tight` one, what to feel, to watch for and to stop for run on in lines, where otherwise they stand side by side.
    """

    picture: Length
    tallest: Length
    text: Points
    tight: YesNo = False


class Cards(Noun):
    """How the cards of the exercises share pages: at most so many `a-page`, each by the first of the `fits` with room.

    Words beside drawings have at least `words` mm; `facing`: a card that is longer than a page may have two.
    """

    a_page: Annotated[int, amount(1, 12)]
    fits: Annotated[tuple[Fit, ...], NOT_EMPTY]
    words: Length = 85.0
    facing: YesNo = False


class Layout(Noun):
    """One layout; `about` says in a line what it is for, and `large_print` which one takes its place for large letters.

    `template`, `card`, `parts` and `last` are templates of `handout/`: the whole sheet, the card of an exercise, what may
    stand before or after the cards, and what ends the sheet. `style` is a style that is added to the common one.
    """

    about: Annotated[str, words(160)]
    template: Name
    style: Name | None = None
    card: Name = "_card"
    parts: tuple[Name, ...] = ()
    last: tuple[Name, ...] = ()
    large_print: Name | None = None
    papers: Papers
    margins: Margins
    letters: Letters
    cards: Cards
    folded: YesNo = False
    one_leaf: YesNo = False  # the front and the back of one sheet of paper, whatever stands on it

    @property
    def least_letters(self) -> float:
        """Return its smallest letters in points, without those in the margins."""
        sizes: list[float] = [points for role, points in self.letters if role != "margin"]
        return min(sizes + [fit.text for fit in self.cards.fits])

    @property
    def has_large_print(self) -> bool:
        """Return True if its letters are large ones, or another layout takes its place where they must be."""
        return self.large_print is not None or self.letters.text >= LARGE

    def is_narrow(self, paper: Paper) -> bool:
        """Return True where two texts have no room side by side: in large letters, or on a small page."""
        return self.letters.text >= LARGE or getattr(self.papers, paper).width < NARROW

    def room(self, paper: Paper, *, draft: bool = False) -> tuple[float, float]:
        """Return the width and the height inside the margins of a page, in mm; a draft has a line above each page."""
        leaf, free = getattr(self.papers, paper), self.margins
        return leaf.width - 2 * free.side, leaf.height - free.top - free.foot - (free.draft if draft else 0)


def layout_for(look: Print, layouts: Mapping[str, Layout]) -> Layout:
    """Return the layout of a sheet: the one for large print where its patient needs it."""
    layout = layouts[look.layout]
    return layouts[layout.large_print] if look.size == "large" and layout.large_print else layout


def load_layouts(folders: Sequence[Path]) -> Mapping[str, Layout]:
    """Return the layouts of these templates folders by name, ours first; a later folder's file replaces an earlier's.

    Raises ProblemsError with every fault of every file.
    """
    files = {path.stem: path for folder in folders for path in sorted((folder / FOLDER).glob("*.yaml"))}
    problems: list[Problem] = []
    layouts: dict[str, Layout] = {}
    for name, path in files.items():
        try:
            document = parse_yaml(read_text(path, display_path(path)), display_path(path))
            layout = validate(Layout, document)
            problems.extend(document.problem(message, "value", (key,)) for key, message in _faults(layout, files))
            layouts[name] = layout
        except ProblemsError as error:
            problems.extend(error.problems)
    if problems:
        raise ProblemsError(problems)
    return layouts


def _faults(layout: Layout, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a layout as a whole, each with its key."""
    if layout.large_print not in (None, *names):
        yield "large-print", f"large-print: {unknown('layout', str(layout.large_print), names)}"
    for paper in get_args(Paper):
        if min(layout.room(paper)) < LEAST_ROOM:
            yield "margins", f"margins: they leave less than {LEAST_ROOM:g} mm of {paper} to print on"
