"""Claims that rest on a reading of the words: they are made only where most rows of a table agree with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.expression import exchanged, readings
from halfcell.audit.typing_errors import typing_errors
from halfcell.audit.verdicts import agrees
from halfcell.core.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Reading
    from halfcell.core.printed import Rounding


def if_most_agree(claims: Sequence[Claim], rounding: Rounding) -> Sequence[Claim]:
    """The claims of one table, if at least half hold; a single one, if it holds or one typing error explains it."""
    holding = sum(agrees(claim, rounding) for claim in claims)
    if len(claims) == 1 and not holding:
        return claims if is_mistyped(claims[0], rounding) else ()
    return claims if holding and 2 * holding >= len(claims) else ()


def is_mistyped(claim: Claim, rounding: Rounding) -> bool:
    """Whether one typing error in the number that is checked, or in one that it is checked with, explains it."""
    for place, reading in enumerate(used_in(claim)):
        for text in typing_errors(reading.printed.text):
            if agrees(_with(claim, reading, Printed(text), is_target=place == 0), rounding):
                return True
    return False


def _with(claim: Claim, reading: Reading, printed: Printed, is_target: bool) -> Claim:
    new = replace(reading, printed=printed)
    if is_target:
        return replace(claim, target=new)
    return replace(claim, direct=exchanged(claim.direct, reading, new) if claim.direct else None)


def used_in(claim: Claim) -> list[Reading]:
    """The readings of a claim, its target first."""
    return [claim.target, *(r for route in (claim.direct, claim.stepwise) if route for r in readings(route))]


def best_agreeing(ways: Iterable[Sequence[Claim]], rounding: Rounding) -> Sequence[Claim]:
    """Of several ways to read a table, the claims of the one that agrees with the most rows, if it agrees with most."""
    scores: Mapping[int, tuple[int, Sequence[Claim]]] = {
        place: (sum(agrees(claim, rounding) for claim in claims), claims) for place, claims in enumerate(ways)
    }
    best = max(scores.values(), key=lambda score: score[0], default=(0, ()))
    return if_most_agree(best[1], rounding)


def closer_if_most_agree(pairs: Sequence[tuple[Claim, Claim]], rounding: Rounding) -> list[Claim]:
    """The closer of two claims for each row, as a question, where most of several rows agree; else the safe one.

    Where even the safe one does not hold, it stays.
    """
    closer = if_most_agree([claim for _, claim in pairs], rounding) if len(pairs) > 1 else ()
    keep = [safe for safe, _ in pairs] if not closer else []
    for safe, close in pairs if closer else ():
        keep.append(replace(close, soft=True, severity="warning") if agrees(safe, rounding) else safe)
    return keep
