"""Which cards share a page: as few pages as can be, none nearly empty, the drawings as large as that allows."""

from __future__ import annotations

import pytest

from handouts.render.packing import Group, flow, pack
from handouts.render.placing import shares

ROOM, BAR, GAP = 270.0, 16.0, 3.0


def packed(*heights: list[float], most: int = 3) -> list[tuple[int, int, int]]:
    return [tuple(group) for group in pack(heights, ROOM, most, BAR, GAP)]


def test_two_cards_share_a_page_in_the_largest_letters_that_let_them() -> None:
    assert packed([120, 120], [100, 100]) == [(0, 2, 0)]
    assert packed([140, 140], [120, 120]) == [(0, 2, 1)]
    assert packed([140, 140], [135, 135]) == [(0, 1, 0), (1, 2, 0)]


def test_an_odd_card_out_stands_on_the_last_page_where_other_parts_fill_it() -> None:
    assert packed([120] * 5, most=2) == [(0, 2, 0), (2, 4, 0), (4, 5, 0)]


def test_no_page_holds_more_cards_than_its_layout_says() -> None:
    assert max(stop - first for first, stop, _ in packed([40] * 7, most=2)) == 2
    assert packed([40] * 3, most=6) == [(0, 3, 0)]


def test_a_card_that_fits_no_page_has_one_alone_by_the_last_fit() -> None:
    assert packed([400, 90], [350, 80]) == [(0, 1, 1), (1, 2, 0)]


@pytest.mark.parametrize("count", range(1, 12))
def test_every_card_is_on_exactly_one_page_in_its_order(count: int) -> None:
    groups = [Group(*group) for group in packed([50.0 + 31 * (number % 5) for number in range(count)])]
    assert [number for group in groups for number in range(group.first, group.stop)] == list(range(count))


def test_blocks_that_stay_whole_go_on_to_the_next_page() -> None:
    assert flow([100, 100], 0, ROOM) == (0, 200)
    assert flow([100, 100, 100], 0, ROOM) == (1, 100)
    assert flow([100], 200, ROOM) == (1, 100)


def test_a_longer_text_gets_more_of_the_width_and_none_too_little() -> None:
    short, long = ["A little work."], ["Do not lift your hips, and do not hold your breath while you move."] * 3
    left, right = shares([short, long])
    assert 25 <= left < right
    assert shares([short, long, []])[2] == 0
    assert sum(shares([short, short, short])) <= 100
