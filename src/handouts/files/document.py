"""A user's text or data as plain Python values that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from handouts.errors import Problem

Loc = tuple[str | int, ...]  # the keys and list indexes that lead to a value


class Place(NamedTuple):
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """One file (or one row of a table) as plain data (dict, list, str, None), with the place of every value and every key."""

    path: str
    data: dict[str, Any]
    values: Mapping[Loc, tuple[int, int]]  # plain tuples, of which Python's garbage collector keeps no track:
    keys: Mapping[Loc, tuple[int, int]]  # a library has 20 000

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """Return the place of a value (or of its key); of its nearest holder where it is not in the file itself."""
        if key and loc in self.keys:
            return Place(*self.keys[loc])
        while loc not in self.values:
            loc = loc[:-1]
        return Place(*self.values[loc])

    def part(self, key: str) -> Document:
        """Return the mapping at a key as a document of its own; empty where there is none."""
        data = self.data.get(key)
        values = {loc[1:]: place for loc, place in self.values.items() if loc[:1] == (key,)}
        keys = {loc[1:]: place for loc, place in self.keys.items() if loc[:1] == (key,) and len(loc) > 1}
        return Document(self.path, data if isinstance(data, dict) else {}, values or {(): Place(1, 1)}, keys)

    def problem(self, message: str, rule: str, loc: Loc = (), *, key: bool = False, warning: bool = False) -> Problem:
        """Return a fault at the value (or the key) that `loc` names."""
        return Problem(self.path, *self.place(loc, key=key), message, rule, warning)
