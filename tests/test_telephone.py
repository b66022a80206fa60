"""A telephone number as a clinic writes it: the address that a phone calls, or none rather than somebody else's."""

from __future__ import annotations

import re

import pytest

from handouts.render.telephone import tel

CALLED = {
    "555-0100": "tel:5550100",
    "112": "tel:112",
    " 112 ": "tel:112",
    "(020) 7946 0000": "tel:02079460000",
    "+44 (0)20 7946 0000": "tel:+442079460000",
    "+44(0)20 7946 0000": "tel:+442079460000",
    "+1.555.010.0100": "tel:+15550100100",
    "0044 20 7946 0000": "tel:00442079460000",
    "555\u20130100": "tel:5550100",
    "555\u00a00100": "tel:5550100",
    "0800 123 ext. 4": "tel:0800123;ext=4",
    "0800 123, ext 4": "tel:0800123;ext=4",
    "0800 123x4": "tel:0800123;ext=4",
    "600 123 123 extensión 7": "tel:600123123;ext=7",
}
UNCLEAR = [
    "", "+", "5", "call us", "1-800-BACK-PAIN", "555-0100 or 555-0101", "555-0100 / 0101", "112/911", "555-0100, 555-0101",
    "555-0100 555-0101", "555-0100 (24 h)", "++44 20 7946 0000", "+44 20 7946 0000 0000 0000", "\u0663\u0664\u0665", "*123#",
    "javascript:alert(1)",
]  # fmt: skip
# RFC 3966, section 3, without `phone-context`: see `tel`.
RFC_3966 = re.compile(r"tel:\+?[0-9]+(;ext=[0-9]+)?")


@pytest.mark.parametrize("number", CALLED)
def test_a_number_is_called_by_its_digits(number: str) -> None:
    assert tel(number) == CALLED[number]
    assert RFC_3966.fullmatch(tel(number))


@pytest.mark.parametrize("number", UNCLEAR)
def test_what_is_not_clearly_one_number_is_no_link(number: str) -> None:
    assert tel(number) == ""
