"""The mass fraction of an element follows from that of its oxide: Li = 2 M(Li) / M(Li2O) × Li2O."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree
from halfcell.audit.claims import Claim
from halfcell.audit.expression import Constant, times
from halfcell.audit.heads.materials import ELEMENTS
from halfcell.audit.heads.words import flat
from halfcell.audit.interval import Interval
from halfcell.materials.formulas import composition, molar_mass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts, Reading, Record

FORMULA = "w(E) = n M(E) / M(oxide) × w(oxide)"
LIMITS = "Columns called by an element and by its one oxide (or salt); it is compared where most rows agree."
SLACK = Fraction(1, 500)  # relative; factors are in use with three or four digits
_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d*){2,5}")
_BRACKETS = re.compile(r"\s*[(\[/,].*$")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Claim it for each element beside its oxide in each table."""
    for records in facts.by_table().values():
        labels = {name: label for r in records for x in r.readings if (label := x.label) and (name := _bare(label))}
        compounds = [name for name in labels if name not in ELEMENTS and _FORMULA.fullmatch(name)]
        for element in (name for name in labels if name in ELEMENTS):
            holding = [name for name in compounds if element in _parts(name)]
            if len(holding) == 1:
                claims = _claims(records, labels[element], labels[holding[0]], element, holding[0])
                yield from if_most_agree(claims, facts.settings.rounding)


def _bare(label: str) -> str:
    return _BRACKETS.sub("", flat(label)).strip()


def _parts(formula: str) -> dict[str, float]:
    """The elements of a formula and their numbers; empty if it is none."""
    symbols = re.findall(r"[A-Z][a-z]?", formula)
    return composition(formula) if all(symbol in ELEMENTS for symbol in symbols) else {}


def _claims(records: Sequence[Record], one: str, whole: str, element: str, formula: str) -> list[Claim]:
    factor = Fraction(_parts(formula)[element] * molar_mass(element) / molar_mass(formula)).limit_denominator(10**6)
    share = Constant(Interval(factor * (1 - SLACK), factor * (1 + SLACK)), f"{float(factor):.4f}")
    found = []
    for record in records:
        target, other = _only(record, one), _only(record, whole)
        if target and other and target.unit.fits(other.unit):
            found.append(
                Claim(
                    rule="oxides",
                    what=f"{element} of {record.name}",
                    target=target,
                    direct=times(other, share),
                    because=f"from {formula}",
                    severity="warning",
                    soft=True,
                    ask="Is one of the two numbers mistyped?",
                )
            )
    return found


def _only(record: Record, label: str) -> Reading | None:
    found = [r for r in record.readings if r.label == label and not r.sign and r.upper is None]
    return found[0] if len(found) == 1 else None
