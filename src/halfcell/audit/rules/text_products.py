"""Three numbers of one sentence whose units multiply (loading, capacity, areal capacity) are a product."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import is_mistyped
from halfcell.audit.claims import Claim
from halfcell.audit.expression import over, times
from halfcell.audit.readings import Reading
from halfcell.audit.statements import split
from halfcell.audit.text_numbers import read
from halfcell.audit.verdicts import agrees
from halfcell.core.printed_cells import read_cell
from halfcell.core.units import PLAIN, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Finding
    from halfcell.audit.readings import Facts

FORMULA = (
    "areal capacity = loading × specific capacity; energy = capacity × voltage; charge = current × time; "
    "loading = density × thickness; N/P = areal capacity of the anode / of the cathode"
)
LIMITS = (
    "Sentences with exactly one number in each of the three units; if they do not agree, one typing error in one of "
    "them must explain it. Sentences about others' results, and with about, over or nearly, are left out."
)
LONGEST = 4_000  # characters of a paragraph that is read
MOST = 6  # numbers of a sentence
_OTHERS = re.compile(
    r"\bet al\b|\breported\b|\bliterature\b|\bprevious|\bsimulat|\bpredict|\bexpect|\babout\b|\bnearly\b"
    r"|\bover \d|\bup to\b|\bapprox|\bca\.|[~≈><≥≤]"
)
_RESULT = re.compile(
    r"\b(?:areal|area|energy|total|cell|passed|charge|corresponds?|corresponding|equals?|gives?|giving|yield(?:s|ing)?"
    r"|thus|hence|therefore|results?|resulting|density)\b|\bi\.e\.|\bi\. e\."
)


_NP = re.compile(r"\bN\s?[/:]\s?P\b(?: capacity)?(?: ratio)?\s*(?:of|is|was|=|:)?\s*(\d\.\d+)")
_SIDE = re.compile(r"\b(?:anode|cathode|negative|positive)\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Check it for each such sentence."""
    for place, text in enumerate(facts.paper.paragraphs, start=1):
        for start, sentence in split(text) if len(text) <= LONGEST else ():
            if not _RESULT.search(sentence) and not _NP.search(sentence):
                continue  # before its numbers are read, which takes long
            numbers = [r for r in read(f"paragraph {place}", sentence) if _counts(r)]
            yield from _np_ratio(numbers, sentence, start)
            if 3 <= len(numbers) <= MOST and not _OTHERS.search(sentence) and _RESULT.search(sentence):
                yield from _products(numbers, start, facts)


def _np_ratio(numbers: Sequence[Reading], sentence: str, start: int) -> Iterator[Claim]:
    """An N/P ratio beside the areal capacities of an anode and a cathode."""
    areal = [r for r in numbers if (unit := parse("mAh/cm2")) and r.unit.dimension == unit.dimension]
    said = [*_NP.finditer(sentence)]
    if len(areal) != 2 or len(said) != 1 or _OTHERS.search(sentence) or read_cell(said[0][1]).number is None:
        return
    sides = [[*_SIDE.finditer(sentence[: r.column])] for r in areal]
    named = [found[-1][0].lower() if found else "" for found in sides]
    negative = [r for r, name in zip(areal, named, strict=True) if name in {"anode", "negative"}]
    positive = [r for r, name in zip(areal, named, strict=True) if name in {"cathode", "positive"}]
    printed = read_cell(said[0][1]).number
    if len(negative) == len(positive) == 1 and printed:
        where, place = negative[0].where, start + said[0].start(1)
        yield Claim(
            rule="text_products",
            what=f"N/P ratio in {where} (sign {start + 1})",
            target=Reading(quantity="np_ratio", printed=printed, unit=PLAIN, where=where, column=place),
            direct=over(negative[0], positive[0]),
            severity="warning",
            soft=True,
            ask="Do the capacities belong to the cell of this ratio?",
        )


def _counts(reading: Reading) -> bool:
    return reading.upper is None and not reading.unit.kind and any(reading.unit.dimension) and reading.point > 0


def _products(numbers: Sequence[Reading], start: int, facts: Facts) -> Iterator[Claim]:
    """The products among some numbers: each of the three is the only one in its unit."""
    of_unit = [sum(other.unit.dimension == one.unit.dimension for other in numbers) for one in numbers]
    single = [one for one, count in zip(numbers, of_unit, strict=True) if count == 1]
    for target, one, other in permutations(single, 3):
        made = tuple(a + b for a, b in zip(one.unit.dimension, other.unit.dimension, strict=True))
        if made != target.unit.dimension or one.column > other.column:
            continue
        claim = Claim(
            rule="text_products",
            what=f"{target.text} in {target.where} (sign {start + 1})",
            target=target,
            direct=times(one, other),
            because="the units of one sentence multiply",
            severity="warning",
            soft=True,
            ask="Do the three numbers belong to one electrode or cell?",
        )
        rounding = facts.settings.rounding
        if agrees(claim, rounding) or is_mistyped(claim, rounding):
            yield claim
