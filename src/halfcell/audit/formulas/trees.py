"""A formula as a tree of names and numbers, and what it measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.expression import Expression, Product, Sum, number

if TYPE_CHECKING:
    from halfcell.core.units import Dimension

NONE: Dimension = (0, 0, 0, 0, 0, 0, 0)  # a number without a unit
Lookup = Callable[[str], Expression]


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a formula."""

    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A symbol in a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Factors:
    """Factors with their powers."""

    parts: tuple[tuple[Tree, int], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with their signs."""

    parts: tuple[tuple[Tree, int], ...]


Tree = Number | Name | Factors | Terms


def names(tree: Tree) -> Iterator[str]:
    """The symbols of a formula, in order."""
    if isinstance(tree, Name):
        yield tree.text
    elif isinstance(tree, Factors | Terms):
        for part, _ in tree.parts:
            yield from names(part)


def renamed(tree: Tree, new: Mapping[str, str]) -> Tree:
    """The formula with other names for some symbols."""
    if isinstance(tree, Number):
        return tree
    if isinstance(tree, Name):
        return Name(new.get(tree.text, tree.text))
    parts = tuple((renamed(part, new), power) for part, power in tree.parts)
    return Factors(parts) if isinstance(tree, Factors) else Terms(parts)


def filled(tree: Tree, lookup: Lookup) -> Expression:
    """The formula with what its symbols stand for; a power is a repeated factor."""
    if isinstance(tree, Number):
        return number(tree.value, tree.text)
    if isinstance(tree, Name):
        return lookup(tree.text)
    if isinstance(tree, Terms):
        return Sum(tuple((filled(part, lookup), sign) for part, sign in tree.parts))
    made = ((filled(part, lookup), power) for part, power in tree.parts)
    return Product(tuple((part, 1 if power > 0 else -1) for part, power in made for _ in range(abs(power))))


def dimension(tree: Tree, of: Mapping[str, Dimension]) -> Dimension | None:
    """What a formula measures (powers of A, V, s, kg, m, K, mol); None if it adds what cannot be added."""
    if isinstance(tree, Number):
        return NONE
    if isinstance(tree, Name):
        return of[tree.text]
    found = [(dimension(part, of), power) for part, power in tree.parts]
    known = [(part, power) for part, power in found if part is not None]
    if len(known) < len(found):
        return None
    if isinstance(tree, Terms):
        return known[0][0] if len({part for part, _ in known}) == 1 else None
    total = [sum(power * part[place] for part, power in known) for place in range(7)]
    a, v, s, kg, m, k, mol = total
    return (a, v, s, kg, m, k, mol)
