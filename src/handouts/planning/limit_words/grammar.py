"""What one clause of a limit says: a no, an amount, a time, a yes, or nothing that a rule understands.

A clause is understood as a whole or not at all. "No hills" is no plain no, and "5 kg once cleared" is no amount.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handouts.planning.limit_words.amounts import BOUTS, amount
from handouts.planning.limit_words.moves import PART, mentioned_in, moves_in, named
from handouts.planning.limit_words.pieces import Closing, Dates, Piece, splits
from handouts.planning.limit_words.text import Clause
from handouts.planning.limit_words.times import NoTime, end_of, time_alone

FREE, SOFT = Piece("free"), Piece("soft")


def piece_of(clause: Clause, key: str, dates: Dates) -> Piece:
    """Return what a clause says under the limit `key`; `unknown` where no rule understands all of it."""
    text = " ".join(re.sub(PART.get(key, PART[""]), " ", clause.text).split())
    readings = (_free, amount, _no, time_alone, _soft, named)
    found = (piece for reading in readings if (piece := reading(text, key, dates)))
    unknown = Piece("unknown", mentioned_in(text, key))
    return replace(next(found, unknown), later=clause.later)


# No ---------------------------------------------------------------------------------------------------------------------

_NEVER = re.compile(
    r"(?:not (?:allowed|permitted|advised)(?: to)?|do not|don't|dont|must not|mustn't|may not|should not|shouldn't|shall not"
    r"|can ?not|can't|cant|no|not(?: to)?|never|nil|none|nothing|zero|avoid(?:ing)?|refrain from|forbidden|prohibited"
    r"|contraindicated|ci|banned|off limits|to be avoided|nope|unable|on hold|hold|defer(?:red)?)(?= |$)"
)
_BARRED = re.compile(
    r"(?:is |are )?(?:not (?:allowed|permitted|advised)|contraindicated|forbidden|prohibited|banned|barred|off limits|ci"
    r"|to be avoided|not|no|never|nil|none)(?= |$)"
)
_STILL = re.compile(
    r"(?:(?:fully |completely )?immobili[sz](?:ed|ation)|(?:in )?(?:hard |rigid |soft )?collar(?: on)?"
    r" (?:at all times|full[- ]time|day and night|always)|keep (?:still|straight|neutral)"
    r"|(?:complete |strict )?bed ?rest)(?= |$)"
)
_PRECAUTIONS = re.compile(r"(?:blt )?precautions(?= |$)|blt restrictions(?= |$)")
_SAYS_WHY = re.compile(r"(?:unless|except|apart from|other than|pending|ask|as per|per|because|due to) .+")


def _no(text: str, key: str, dates: Dates) -> Piece | None:
    """Return a plain no with what it closes and when it ends; it may begin with its time."""
    return _no_first(text, key, dates) or _no_after_moves(text, key, dates) or _no_after_time(text, key, dates)


def _no_first(text: str, key: str, dates: Dates) -> Piece | None:
    if match := _PRECAUTIONS.match(text):
        return _with_tail(frozenset({"bend", "twist", "lift", key}), text[match.end() :].strip(), dates)
    if match := _STILL.match(text):
        return _with_tail(frozenset({key}), text[match.end() :].strip(), dates)
    if not (match := _NEVER.match(text)):
        return None
    for moves, tail in splits(text[match.end() :]):
        if (closes := moves_in(moves, key)) is not None and (piece := _with_tail(closes, tail, dates)):
            return piece
    return None


def _no_after_moves(text: str, key: str, dates: Dates) -> Piece | None:
    for moves, rest in splits(text):
        if (match := _BARRED.match(rest)) and (closes := moves_in(moves, key)):
            return _with_tail(closes, rest[match.end() :].strip(), dates)
    return None


def _no_after_time(text: str, key: str, dates: Dates) -> Piece | None:
    for when, rest in splits(text):
        time, piece = time_alone(when, key, dates), _no_first(rest, key, dates)
        if time and time.when == "until" and piece:
            return replace(piece, end=None if piece.end else time.end)
    return None


def _with_tail(closes: frozenset[Closing], tail: str, dates: Dates) -> Piece | None:
    """Return the no, if what follows it is a time or a reason; None where it may be about something else."""
    if not tail or _SAYS_WHY.fullmatch(tail):
        return Piece("no", closes)
    if match := re.match(r"(?:until|till|til|before|prior to) ", tail):
        end = end_of(tail[match.end() :], dates)
        return Piece("no", closes, end=None if isinstance(end, NoTime) else end)
    if time := time_alone(tail, "", dates):
        return Piece("no", closes, end=time.end if time.when == "until" else None)
    return None


# Yes --------------------------------------------------------------------------------------------------------------------

_YES = (
    r"yes|ok|okay|fine|free|freely|allowed|permitted|cleared|unlimited|unrestricted|full|full (?:range|rom)|normal|as normal"
    r"|normally|as usual|to tolerance|as (?:tolerated|able|comfortable|desired|you like|(?:pain|comfort|symptoms) allows?)"
)
_FREE_OF = r"(?:no|nil|without|zero) (?:(?P<about>.+) )?(?:limits?|limitations?|restrictions?)"


def _free(text: str, key: str, dates: Dates) -> Piece | None:
    """Return a yes; "ok from week 6" is the time from which it holds, and a yes to another move is nothing to act on."""
    if text.startswith("since "):
        return FREE
    if match := re.fullmatch(_FREE_OF, text):
        return FREE if not match["about"] or moves_in(match["about"], key) == frozenset({key}) else SOFT
    for yes, rest in splits(text):
        if not (match := re.search(rf"(?:^| )(?:is |are )?(?:{_YES})$", yes)):
            continue
        about = moves_in(yes[: match.start()].strip(), key)
        if about is not None and (not rest or rest.startswith("since ")):
            return FREE if about <= {key} else SOFT
        if about is not None and (time := time_alone(rest, key, dates)) and time.when == "from":
            return time
    return None


# Words that change nothing ----------------------------------------------------------------------------------------------

_CHANGES_NOTHING = re.compile(
    r"thanks|ask(?: us| me)?(?: first)?|ask (?:surgeon|physio|therapist|doctor|consultant)|see me"
    r"|(?:surgeon|doctor)'?s orders"
    r"|(?:nothing|no|not) (?:too )?heavy(?: lifting| bags| loads| objects)?|light (?:things |objects |loads )?only|light"
    r"|use legs|bend knees|keep (?:it )?close(?: to (?:you|body))?|upright|firm chair|high chair|with lumbar roll|lumbar roll"
    r"|no (?:slouching|hills|low chairs|soft (?:chairs|sofas))|(?:on )?flat(?: only)?|with (?:a )?(?:stick|frame)|with care"
    r"|careful(?:ly)?|gently|slowly|stand(?: up)?|get up|walk(?: about| around)?|move(?: about| around)?|change position"
    r"|rest|lie down|(?:have |take )?(?:a )?break|build(?:ing)? up|build up slowly"
)


def _soft(text: str, key: str, dates: Dates) -> Piece | None:
    """Return a piece for words that loosen no limit beside them; alone they are no limit that a rule could act on."""
    return SOFT if not text or _CHANGES_NOTHING.fullmatch(text) or re.fullmatch(BOUTS, text) else None
