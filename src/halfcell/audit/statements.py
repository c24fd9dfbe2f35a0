"""Results that sentences state, such as "Si delivered 1147.4 mAh/g after 100 cycles": a strict grammar reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from halfcell.audit.extract.common.document_counts import check_count
from halfcell.audit.heads.conditions import conditions
from halfcell.audit.readings import Reading, Sentence, fits
from halfcell.audit.text_heads import text_head
from halfcell.audit.text_numbers import unit_after
from halfcell.audit.text_subjects import Subjects
from halfcell.core.errors import InputError
from halfcell.core.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.printed_document import Paper
    from halfcell.core.units import Unit

STATED = frozenset(
    {
        *("initial_discharge_capacity", "initial_charge_capacity", "discharge_capacity", "charge_capacity"),
        *("reversible_capacity", "capacity", "areal_capacity", "initial_capacity", "energy_density"),
        *("initial_coulombic_efficiency", "coulombic_efficiency", "capacity_retention"),
    }
)
MOST_GROUPS = 12  # numbers with a unit in one sentence: more are a list of data
_MOST = 4_000  # sentences that state results, which takes 2 s; a thesis of 200 pages has some 1,000
LONGEST = 4_000  # characters of a paragraph that is read: a longer one is no prose
_END = re.compile(r"(?<=[a-z0-9%)\]])[.;](?:\s*\[[\d,–-]+\])?\s+(?=[A-Z(])")
_ABBREVIATED = re.compile(r"(?:\b(?:Figs?|Refs?|Eqs?|vs|al|ca|approx|resp|No|i\.e|e\.g|Tab)|\b[A-Z])$")
_FOREIGN = re.compile(
    r"\bet al\b|\breport(?:ed|s)?\b|\bliterature\b|\bprevious|\bothers\b|\btheor|\bsimulat|\bpredict|\bcalculated\b"
    r"|\bexpect|\btarget|\bmodel|\bassum|\bcommerciali[sz]ed\b|\bstate[- ]of[- ]the[- ]art\b",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GROUP = re.compile(
    rf"(?<![\w.,/@|^−–-])(?P<all>(?:{_NUMBER})(?:(?:\s*%)?(?:\s*,\s*|\s*,?\s+and\s+|\s*/\s*)(?:{_NUMBER}))*)"
    r"(?=\s*(?P<rest>[^\d\s(),;][^(),;]{0,24}))"
)
_ONE = re.compile(_NUMBER)
_VAGUE = re.compile(
    r"(?:\babout|\bapproximately|\bapprox\.?|\bca\.?|\bcirca|\baround|\bnearly|\balmost|\bclose to|\bover|\babove"
    r"|\bbelow|\bmore than|\bless than|\bat least|\bup to|\bexceed\w*|\bsome|\broughly|[~≈><≥≤∼])\s*$",
    re.IGNORECASE,
)
_DELIVERS = re.compile(
    r"\b(?:deliver|exhibit|show|retain|maintain|provid|display|achiev|reach|yield|giv|gave|remain)\w*(?:\s+an?)?\s*$",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"\b(?:retain|maintain|keep|kept|preserv|hold|held)\w*(?:\s+(?:a|an|still|only))?\s*$", re.IGNORECASE
)
_BEHIND = (
    ("capacity_retention", re.compile(r"^\s*%\s*(?:capacity\s+)?retention\b", re.IGNORECASE)),
    ("initial_coulombic_efficiency", re.compile(r"^\s*%\s*(?:initial coulombic efficiency|ICE)\b", re.IGNORECASE)),
)
_OF_INITIAL = re.compile(
    r"\s*%\s*of (?:its|the|their) (?:initial|original|first)\s+(?:\w+\s+)?capacity\b", re.IGNORECASE
)
_KEPT_ALONE = re.compile(r"^\s*%\s*(?:[.;,]|$)")  # "while the bare one keeps only 74.2 %."
_CYCLES = re.compile(
    r"\b(?:after|over|at|for|in|upon|within)\s+(?:the\s+)?(\d[\d,]*)(?:st|nd|rd|th)?[\s-]*(?:cycles?|cycling)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;]\s|\s(?:and|while|whereas|but|with|which)\s", re.IGNORECASE)


def sentences(paper: Paper, subjects: Subjects) -> tuple[Sentence, ...]:
    """The sentences of the running text that state results of the document's own samples, or pairs of numbers."""
    found = []
    for index, text in enumerate(paper.paragraphs, start=1):
        if len(text) > LONGEST or not any(map(str.isdigit, text)):
            continue
        named = frozenset(f"Table {name}" for name in re.findall(r"\bTables?\s+([A-Z]{0,2}\d[\d.]*\w?)\b", text))
        for start, sentence in split(text):
            one = Sentence(where=f"paragraph {index}", start=start, text=sentence, named=named)
            readings = () if _FOREIGN.search(sentence) else tuple(_readings(one, subjects))
            if readings:
                found.append(replace(one, readings=readings))
                check_count(len(found), _MOST, "sentences that state results")
    return tuple(found)


def split(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a paragraph with their places; a full stop behind an abbreviation does not end one."""
    start = 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[start : match.start()]):
            yield start, text[start : match.end()]
            start = match.end()
    if text[start:].strip():
        yield start, text[start:]


def _readings(sentence: Sentence, subjects: Subjects) -> Iterator[Reading]:
    """The numbers of a sentence of which quantity, cycle and rate are certain."""
    groups = [match for match in _GROUP.finditer(sentence.text) if unit_after(match["rest"]) is not None]
    end = 0
    for place, match in enumerate(groups if len(groups) <= MOST_GROUPS else ()):
        following = groups[place + 1].start() if place + 1 < len(groups) else len(sentence.text)
        before, behind = sentence.text[end : match.start()], sentence.text[match.end() : following]
        yield from _of_group(sentence, match, before, behind, subjects)
        end = match.end()


def _of_group(
    sentence: Sentence, match: re.Match[str], before: str, behind: str, subjects: Subjects
) -> Iterator[Reading]:
    unit = unit_after(match["rest"])
    if unit is None or _VAGUE.search(before):
        return
    numbers = [
        one[0].replace(",", "") if len(one[0].split(",")[-1]) >= 3 else one[0] for one in _ONE.finditer(match["all"])
    ]
    names = _quantities(sentence.text, before, behind, unit, len(numbers))
    cycle, certain = _cycle(sentence.text, behind, names)
    if not names or not certain:
        return
    whom = subjects.of(sentence.text, before, len(numbers))
    at = _rate(sentence.text, behind)
    places = [sentence.start + match.start("all") + one.start() for one in _ONE.finditer(match["all"])]
    for number, quantity, subject, place in zip(numbers, names, whom, places, strict=True):
        printed = _printed(number)
        if printed is not None:
            yield Reading(
                quantity=quantity, printed=printed, unit=unit, where=sentence.where, subject=subject, cycle=cycle,
                at=at, column=place, label=" ".join(before.split()[-8:]),
                spread=_rounded(number),
            )  # fmt: skip


def _quantities(text: str, before: str, behind: str, unit: Unit, count: int) -> tuple[str, ...]:
    """What the numbers of a group are; empty where it is not certain."""
    for name, pattern in _BEHIND:
        if count == 1 and pattern.search(behind):
            return (name,)
    again = unit.kind == "%" and _KEPT_ALONE.match(behind) and _OF_INITIAL.search(text)
    if count == 1 and (_OF_INITIAL.match(behind) or again) and _KEEPS.search(before):
        return ("capacity_retention",)
    if count == 1 and _DELIVERS.search(before):
        return ("capacity",) if unit.text and _is_specific(unit) else ()
    head = text_head(before, unit)
    if count == 2 and head.pair:
        return head.pair if all(name in STATED for name in head.pair) else ()
    return (head.quantity,) * count if head.quantity in STATED and not head.pair else ()


def _is_specific(unit: Unit) -> bool:
    return fits(unit, "mAh/g")


def _cycle(text: str, behind: str, names: Sequence[str]) -> tuple[int | None, bool]:
    """The number of cycles that the number is stated for, and whether that is certain."""
    if names and all(name.startswith("initial") for name in names):
        return 1, True
    part = _PARTS.split(behind, maxsplit=1)[0]
    near = _CYCLES.search(part)
    whole = {int(found.replace(",", "")) for found in _CYCLES.findall(text)}
    if near:
        return int(near[1].replace(",", "")), True
    return (next(iter(whole)), True) if len(whole) == 1 else (None, not whole)


def _rate(text: str, behind: str) -> str:
    """The rate beside a number, else the only one of the sentence."""
    near, whole = _rates(_PARTS.split(behind, maxsplit=1)[0]), _rates(text)
    return near[0] if near else whole[0] if len(whole) == 1 else "; ".join(whole)


@lru_cache(maxsize=256)
def _rates(text: str) -> tuple[str, ...]:
    """The rates and current densities in a text; temperatures and voltages do not count. A sentence is asked often."""
    return tuple(found for found in conditions(text).at if "A" in found or ("C" in found and "°" not in found))


def _printed(number: str) -> Printed | None:
    try:
        return Printed(number)
    except InputError:
        return None


def _rounded(number: str) -> Printed | None:
    """By how much a whole number with zeros at its end may be rounded: 3900 is 3850 to 3950."""
    zeros = len(number) - len(number.rstrip("0"))
    return Printed("5" + "0" * (zeros - 1)) if zeros and number.isdigit() else None
