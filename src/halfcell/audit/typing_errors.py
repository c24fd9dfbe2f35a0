"""Typing errors: the numbers that one wrong digit, two swapped digits or a shifted point make of a printed number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 12  # digits; numbers of a computer are not typed


def typing_errors(text: str) -> Iterator[str]:
    """Each number that one typing error makes of a printed one.

    Parameters
    ----------
    text
        The number as printed.
    """
    typed, power, rest = text.partition("e")
    if power and "." in typed:  # the digits of 9.43 × 10^-14
        yield from (f"{other}e{rest}" for other in typing_errors(typed))
        return
    digits = [index for index, sign in enumerate(text) if sign.isdigit()]
    if len(digits) > LONGEST or "e" in text.lower():
        return
    for index in digits:
        yield from (f"{text[:index]}{other}{text[index + 1 :]}" for other in "0123456789" if other != text[index])
    for one, other in pairwise(digits):
        if text[one] != text[other]:
            swapped = list(text)
            swapped[one], swapped[other] = text[other], text[one]
            yield "".join(swapped)
    yield from _shifted(text)


def _shifted(text: str) -> Iterator[str]:
    """The point one place to the left and to the right."""
    whole, point, part = text.partition(".")
    sign, whole = ("", whole) if whole[:1].isdigit() else (whole[:1], whole[1:])
    if point and part:
        yield f"{sign}{whole}{part[0]}{'.' if part[1:] else ''}{part[1:]}"
    if len(whole) > 1:
        yield f"{sign}{whole[:-1]}.{whole[-1]}{part}"
