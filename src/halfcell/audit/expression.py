"""Expressions over readings: evaluated with exact intervals or points, and written out in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.interval import Interval, exactly

if TYPE_CHECKING:
    from halfcell.audit.readings import Reading

Look = Callable[["Reading"], Interval]


@dataclass(frozen=True, slots=True)
class Given:
    """A printed number."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is not printed in the document: a conversion, a constant of nature, an assumption."""

    value: Interval
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, each with a power of +1 or -1."""

    factors: tuple[tuple[Expression, int], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """Terms, each with a sign of +1 or -1."""

    terms: tuple[tuple[Expression, int], ...]


Expression = Given | Constant | Product | Total


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
    """A sum (of one term: the term)."""
    made = tuple((_expression(term), 1) for term in terms)
    return made[0][0] if len(made) == 1 else Total(made)


def minus(left: Expression | Reading, right: Expression | Reading) -> Total:
    """A difference."""
    return Total(((_expression(left), 1), (_expression(right), -1)))


def _expression(item: Expression | Reading) -> Expression:
    return item if isinstance(item, Given | Constant | Product | Total) else Given(item)


def evaluate(expression: Expression, look: Look) -> Interval | None:
    """The interval of an expression where each reading has the interval that `look` gives; None on division by zero.

    Exact where each reading stands once; where one stands twice the interval is too wide, never too narrow.
    """
    if isinstance(expression, Given):
        return look(expression.reading)
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Total):
        parts = [(evaluate(term, look), sign) for term, sign in expression.terms]
        total = exactly(0)
        for part, sign in parts:
            if part is None:
                return None
            total = total + part if sign > 0 else total - part
        return total
    result = exactly(1)
    for factor, power in expression.factors:
        part = evaluate(factor, look)
        part = part.inverse() if part and power < 0 else part
        if part is None:
            return None
        result = result * part
    return result


def readings(expression: Expression) -> Iterator[Reading]:
    """The readings in an expression, in order."""
    if isinstance(expression, Given):
        yield expression.reading
    elif isinstance(expression, Product):
        for factor, _ in expression.factors:
            yield from readings(factor)
    elif isinstance(expression, Total):
        for term, _ in expression.terms:
            yield from readings(term)


def words(expression: Expression, inside: bool = False) -> str:
    """The expression with its printed numbers: ``12.18 mg × 179.0 mAh g–1 × 3.63 V``."""
    if isinstance(expression, Given):
        return expression.reading.text
    if isinstance(expression, Constant):
        return expression.text
    if isinstance(expression, Total):
        text = "".join((" + " if sign > 0 else " − ") + words(term, True) for term, sign in expression.terms)
        text = text.removeprefix(" + ")
    else:
        above = " × ".join(words(f, True) for f, power in expression.factors if power > 0)
        below = [words(f, True) for f, power in expression.factors if power < 0]
        text = " / ".join([above or "1", *below])
    return f"({text})" if inside and " " in text else text
