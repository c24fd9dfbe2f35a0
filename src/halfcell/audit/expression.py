"""Expressions of printed numbers: evaluated with exact intervals, and written out with their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.interval import Interval, exactly

if TYPE_CHECKING:
    from halfcell.audit.readings import Reading

_COMPOSED = re.compile(r" (?:[+−=]|to) ")  # a sum, a definition or a range: in brackets inside an expression
IntervalOf = Callable[["Reading"], Interval]


@dataclass(frozen=True, slots=True)
class Given:
    """A printed number."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that the document does not print: a conversion factor, a constant of nature, an assumption.

    `of` are the printed numbers that it was calculated from, as the sine of a printed angle.
    """

    value: Interval
    text: str
    of: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, each with the power +1 or -1."""

    factors: tuple[tuple[Expression, int], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with the sign +1 or -1."""

    terms: tuple[tuple[Expression, int], ...]


Expression = Given | Constant | Product | Sum


def number(value: Fraction | int, text: str = "") -> Constant:
    """An exact constant."""
    return Constant(exactly(value), text or str(value))


def times(*factors: Expression | Reading) -> Product:
    """A product."""
    return Product(tuple((_expression(factor), 1) for factor in factors))


def over(above: Expression | Reading, below: Expression | Reading) -> Product:
    """A quotient."""
    return Product(((_expression(above), 1), (_expression(below), -1)))


def plus(*terms: Expression | Reading) -> Expression:
    """A sum; with a single term, that term."""
    made = tuple((_expression(term), 1) for term in terms)
    return made[0][0] if len(made) == 1 else Sum(made)


def minus(left: Expression | Reading, right: Expression | Reading) -> Sum:
    """A difference."""
    return Sum(((_expression(left), 1), (_expression(right), -1)))


def _expression(item: Expression | Reading) -> Expression:
    return item if isinstance(item, Given | Constant | Product | Sum) else Given(item)


def evaluate(expression: Expression, interval_of: IntervalOf) -> Interval | None:
    """The interval of an expression.

    It is exact if each reading occurs once; if one occurs twice, the interval is too wide, never too narrow.

    Parameters
    ----------
    expression
        What to evaluate.
    interval_of
        Gives the interval of each reading.

    Returns
    -------
    Interval or None
        The interval in SI base units; None if a divisor may be zero.
    """
    if isinstance(expression, Given):
        return interval_of(expression.reading)
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Sum):
        return _sum(expression, interval_of)
    result = exactly(1)
    for factor, power in expression.factors:
        part = evaluate(factor, interval_of)
        part = part.inverse() if part and power < 0 else part
        if part is None:
            return None
        result = result * part
    return result


def _sum(expression: Sum, interval_of: IntervalOf) -> Interval | None:
    total = exactly(0)
    for term, sign in expression.terms:
        part = evaluate(term, interval_of)
        if part is None:
            return None
        total = total + part if sign > 0 else total - part
    return total


def readings(expression: Expression) -> Iterator[Reading]:
    """The readings in an expression, in order."""
    if isinstance(expression, Given):
        yield expression.reading
    elif isinstance(expression, Product):
        for factor, _ in expression.factors:
            yield from readings(factor)
    elif isinstance(expression, Sum):
        for term, _ in expression.terms:
            yield from readings(term)


def sources(expression: Expression) -> Iterator[Reading]:
    """The readings in an expression, and those that its constants were calculated from."""
    if isinstance(expression, Constant):
        yield from expression.of
    elif isinstance(expression, Given):
        yield expression.reading
    else:
        for part, _ in expression.factors if isinstance(expression, Product) else expression.terms:
            yield from sources(part)


def exchanged(expression: Expression, old: Reading, new: Reading) -> Expression:
    """The expression with one reading in the place of another."""
    if isinstance(expression, Given):
        return Given(new) if expression.reading is old else expression
    if isinstance(expression, Product):
        return Product(tuple((exchanged(factor, old, new), power) for factor, power in expression.factors))
    if isinstance(expression, Sum):
        return Sum(tuple((exchanged(term, old, new), sign) for term, sign in expression.terms))
    return expression


def written_out(expression: Expression, inside: bool = False) -> str:
    """The expression with its printed numbers: ``12.18 mg × 179.0 mAh g–1 × 3.63 V``; bracketed `inside` another."""
    if isinstance(expression, Given):
        return expression.reading.text
    if isinstance(expression, Constant):
        bare = re.sub(r"\([^()]*\)", "", expression.text)
        return f"({expression.text})" if inside and _COMPOSED.search(bare) else expression.text
    if isinstance(expression, Sum):
        terms = ((" + " if sign > 0 else " − ") + written_out(term, True) for term, sign in expression.terms)
        text = "".join(terms).removeprefix(" + ")
    else:
        above = " × ".join(written_out(f, True) for f, power in expression.factors if power > 0)
        below = [written_out(f, True) for f, power in expression.factors if power < 0]
        text = " / ".join([above or "1", *below])
    return f"({text})" if inside and " " in text else text
