"""Each thing has one name, and each name means one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.document_place import Place
from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Record

FORMULA = (
    "names that differ only in punctuation or by an alias mean the same thing; rows with one name, one source and the "
    "same conditions have the same results"
)
LIMITS = (
    "It looks only at tables with a caption, and does not decide which of two names is right. Where several names "
    "recur in a table, or one more than twice, something else tells its rows apart."
)
CONDITIONS = {
    "current_density", "c_rate", "temperature", "pressure", "loading", "cycle", "average_voltage", "time", "scan_rate",
}  # fmt: skip
_SIDE = re.compile(r"\b(?:cathode|anode|positive|negative)\b")


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for two names of one thing, and for one name of two rows that contradict each other."""
    yield from _two_names(facts)
    yield from _one_name(facts)


def _captioned(facts: Facts) -> set[str]:
    """The names of the tables with a caption."""
    return {table.name for table in facts.paper.tables if table.caption}


def _spellings(facts: Facts) -> dict[str, Place]:
    """Every name of a material, with its first place."""
    found: dict[str, Place] = {}
    captioned = _captioned(facts)
    for record in (r for r in facts.records if r.table in captioned):
        where = Place(where=record.table, row=record.row)
        for name in (record.subject, record.anode, record.electrolyte, record.cathode):
            if name and len(name) > 2 and _bare(name):  # nothing is left of Cathode and Anode, which name no material
                found.setdefault(material_names.tidy(name), where)
    return found


def _two_names(facts: Facts) -> Iterator[Finding]:
    """Names that differ only in punctuation or by an alias."""
    groups: dict[str, list[tuple[str, Place]]] = {}
    for name, where in _spellings(facts).items():
        groups.setdefault(_bare(name), []).append((name, where))
    for (one, here), *rest in groups.values():
        for other, there in rest:
            if one.lower() != other.lower() and not _told_apart(one, other):
                yield Finding(
                    rule="names",
                    verdict=Verdict.SEEN,
                    severity="note",
                    what=f"{one} and {other}",
                    explain=f"{one} ({here.where}) and {other} ({there.where}) look like two names of one thing",
                    places=(here, there),
                    ask="Are they the same material?",
                )


def _told_apart(one: str, other: str) -> bool:
    """Whether the words that are left out of a name make two things of it: Cathode coating and Anode coating."""
    sides = [set(_SIDE.findall(name.lower())) for name in (one, other)]
    return "pristine" in f"{one} {other}".lower() or (all(sides) and sides[0] != sides[1])


def _bare(name: str) -> str:
    """The name without punctuation."""
    return re.sub(r"[^a-z0-9]", "", material_names.key(name))


def _one_name(facts: Facts) -> Iterator[Finding]:
    """Rows of one table with the same name, source and conditions; where several names recur, other words tell them."""
    captioned = _captioned(facts)
    for table, records in ((n, r) for n, r in facts.by_table().items() if n in captioned):
        groups: dict[tuple[object, ...], list[Record]] = {}
        for record in records:
            if record.name and not record.name.startswith("row "):
                key = (record.subject, record.name, record.words.get("reference"), _conditions(record))
                groups.setdefault(key, []).append(record)
        again = [group for group in groups.values() if len(group) > 1]
        for before, record in again if len(again) == 1 and len(again[0]) == 2 else ():
            yield Finding(
                rule="names",
                verdict=Verdict.SEEN,
                severity="note",
                what=f"{record.name} twice in {table}",
                explain=f"two rows of {table} have the same name and conditions but different results",
                places=tuple(r.place for r in (before.readings[0], record.readings[0])),
                ask="How do the two differ?",
            )


def _conditions(record: Record) -> tuple[tuple[str, str], ...]:
    """What tells rows of one name apart: conditions, and where the name is not that of the row, its first number."""
    named = record.subject != record.table.removeprefix("Table ")
    first = () if named else record.readings[:1]
    return tuple((r.quantity, r.printed.text) for r in record.readings if r.quantity in CONDITIONS or r in first)
