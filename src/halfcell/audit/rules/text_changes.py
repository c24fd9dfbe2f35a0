"""The change that a sentence states follows from the two numbers between which it says something changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Claim
from halfcell.audit.expression import Expression, minus, number, over
from halfcell.audit.readings import Reading
from halfcell.audit.statements import split
from halfcell.audit.text_numbers import unit_after
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import PLAIN, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts
    from halfcell.core.units import Unit

FORMULA = (
    "from a to b: retention b/a, loss (a − b)/a, gain (b − a)/a; retained x % of its initial capacity (a) ... (b); b, "
    "x % of a"
)
LIMITS = (
    "Sentences with one pair 'from a to b' in one unit and one retention, loss or gain in per cent; voltages, "
    "temperatures, sentences about others' results, and numbers with about, over or nearly, are left out."
)
LONGEST = 4_000  # characters of a paragraph that is read
_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNIT = r"[^\d\s(),;][^(),;\d]{0,16}(?:[-−–⁻]?\d)?"
_WHEN = r"(?:\s+(?:in|at|after|for)\s+(?:the\s+)?[\w ]{1,24}?)?"
_FROM_TO = re.compile(
    rf"\bfrom\s+{_NUMBER}(?:\s*({_UNIT}))?{_WHEN}\s+to\s+{_NUMBER}\s*(?=([^\d\s(),;][^(),;]{{0,24}}))"
)
_SHARE = r"(\d+(?:\.\d+)?)\s*%"
_KEPT = re.compile(
    r"\b(?:retain|maintain|keep|kept|preserv)\w*\s+(\d+(?:\.\d+)?)\s*%\s+of\s+(?:its|the|their)\s+"
    rf"(?:initial|original|first)[^().;]{{0,30}}\({_NUMBER}\s*([^()\d][^()]{{0,20}})\)[^().;]{{0,40}}"
    rf"\({_NUMBER}\s*([^()\d][^()]{{0,20}})\)"
)
_OF = re.compile(
    rf"{_NUMBER}\s*(?=(m?[AW] ?h[^(),;]{{0,24}}))[^.;%]{{1,60}}?[\s(]{_SHARE}\s+of\s+(?:the\s+|its\s+)?"
    rf"(?:initial\s+|first\s+|original\s+)?(?:[a-z]+\s+){{0,2}}?(?:of\s+)?{_NUMBER}\s*(?=(m?[AW] ?h[^(),;]{{0,24}}))"
)
_STATED = (
    ("retention", re.compile(rf"\bretention\s+(?:rate\s+)?(?:of|is|was|=)\s*{_SHARE}")),
    ("retention", re.compile(rf"{_SHARE}\s+(?:capacity\s+)?retention\b")),
    ("loss", re.compile(rf"\b(?:loss|decreas\w*|decay|fad\w+|drop\w*|reduc\w+|declin\w+)\s+(?:of|by)\s+{_SHARE}")),
    ("gain", re.compile(rf"\b(?:gain|increas\w*|rise|growth|improve\w*)\s+(?:of|by)\s+{_SHARE}")),
)
_OTHERS = re.compile(r"\bet al\b|\breported\b|\bliterature\b|\bprevious|\bcalculated\b|\bsimulat|\bpredict|\bexpect")
_VAGUE = re.compile(r"(?:about|approximately|ca\.|around|nearly|almost|over|above|below|than|least|up to|[~≈><≥≤])\s*$")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each such sentence."""
    for place, text in enumerate(facts.paper.paragraphs, start=1):
        for start, sentence in split(text) if len(text) <= LONGEST else ():
            if " from " in sentence:
                yield from _of_sentence(f"paragraph {place}", start, sentence)
            yield from _of_brackets(f"paragraph {place}", start, sentence)
            yield from _of_share(f"paragraph {place}", start, sentence)


def _of_brackets(where: str, start: int, sentence: str) -> Iterator[Claim]:
    """``retained 92.4 % of its initial capacity (195.2 mAh g-1) after 200 cycles (180.4 mAh g-1)``."""
    found = [*_KEPT.finditer(sentence)]
    if len(found) != 1 or _OTHERS.search(sentence) or _VAGUE.search(sentence[: found[0].start(1)]):
        return
    match = found[0]
    first, unit = unit_after(match[3]), unit_after(match[5])
    before, after = _reading(where, start + match.start(2), match[2], first), _reading(where, 0, match[4], unit)
    target = _reading(where, start + match.start(1), match[1], parse("%"))
    if first and unit and first.fits(unit) and before and after and target and _may_change("retention", unit):
        yield _claim("retention", where, match[0].strip(), target, _change("retention", before, after))


def _of_share(where: str, start: int, sentence: str) -> Iterator[Claim]:
    """``1310 mAh g-1 remained, that is 81.8 % of 1601 mAh g-1``."""
    found = [*_OF.finditer(sentence)]
    if len(found) != 1 or _OTHERS.search(sentence) or _VAGUE.search(sentence[: found[0].start(3)]):
        return
    match = found[0]
    unit, whole = unit_after(match[2]), unit_after(match[5])
    after, before = _reading(where, start + match.start(1), match[1], unit), _reading(where, 0, match[4], whole)
    target = _reading(where, start + match.start(3), match[3], parse("%"))
    if unit and whole and unit.fits(whole) and before and after and target and before.point > 0:
        yield _claim("share", where, match[0].strip(), target, _change("retention", before, after))


def _of_sentence(where: str, start: int, sentence: str) -> Iterator[Claim]:
    pairs = [*_FROM_TO.finditer(sentence)]
    stated = [(kind, match) for kind, pattern in _STATED for match in pattern.finditer(sentence)]
    if len(pairs) != 1 or len(stated) != 1 or _OTHERS.search(sentence) or _is_vague(sentence, stated[0][1]):
        return
    pair, (kind, share) = pairs[0], stated[0]
    unit = unit_after(pair[4])
    first = unit_after(pair[2]) if pair[2] else unit
    before = _reading(where, start + pair.start(1), pair[1], first)
    after = _reading(where, start + pair.start(3), pair[3], unit)
    target = _reading(where, start + share.start(1), share[1], parse("%"))
    fits = unit is not None and first is not None and first.fits(unit) and _may_change(kind, unit)
    if fits and before and after and target and before.point > 0:
        yield _claim(kind, where, pair[0].strip(), target, _change(kind, before, after))


def _claim(kind: str, where: str, words: str, target: Reading, direct: Expression) -> Claim:
    return Claim(
        rule="text_changes",
        what=f"{kind} in {where}",
        target=target,
        direct=direct,
        because=f"'{words}'",
        severity="warning",
        soft=True,
        ask="Which of these numbers was measured?",
    )


def _may_change(kind: str, unit: Unit) -> bool:
    """Whether a number of this unit is a result: a retention is one of a charge or an energy; voltages are set."""
    volt, charge, energy = (known.dimension for text in ("V", "mAh", "Wh") if (known := parse(text)))
    if kind == "retention":
        return unit.dimension[0] == charge[0] and unit.dimension[2] in {charge[2], energy[2]}
    return not unit.kind and unit.dimension != volt


def _is_vague(sentence: str, share: re.Match[str]) -> bool:
    return bool(_VAGUE.search(sentence[: share.start(1)]))


def _reading(where: str, place: int, text: str, unit: Unit | None) -> Reading | None:
    """A number of a sentence; one without a unit has no dimension."""
    printed = read_cell(text).number
    if printed is None:
        return None
    return Reading(quantity="", printed=printed, unit=unit or PLAIN, where=where, column=place, label=text)


def _change(kind: str, before: Reading, after: Reading) -> Expression:
    whole = number(1, "100 %")
    if kind == "retention":
        return over(after, before)
    return minus(whole, over(after, before)) if kind == "loss" else minus(over(after, before), whole)
