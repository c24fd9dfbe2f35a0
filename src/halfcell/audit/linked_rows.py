"""Rows of one sample in several tables: joined by its name, and checked together as one row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.audit.agreeing_rows import if_most_agree, is_mistyped, used_in
from halfcell.audit.last_digit_check import Judged
from halfcell.audit.run_rules import run_rules
from halfcell.audit.same_cell import own
from halfcell.audit.verdicts import agrees, judge
from halfcell.core import material_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim, Finding
    from halfcell.audit.readings import Facts, Record
    from halfcell.core.printed import Rounding

RULES = {
    "areal_capacity", "coating_density", "coulombic_efficiency", "fade_per_cycle", "irreversible_capacity",
    "loading_of_disc", "mass_fraction", "np_ratio", "pellet_density", "retention",
}  # fmt: skip # rules that compare the numbers of one row
BY_NUMBERS = "other_rows"  # the rule that finds relations between the columns of several tables, too
MOST_TABLES = 4  # that one sample is joined over
SHORTEST = 3  # letters and digits of a name; A, B and S1 are other samples in each table
STEPS = {"cycle", "c_rate", "current_density", "temperature"}  # what tells rows of one sample apart


def linked_findings(facts: Facts) -> list[Finding]:
    """The findings on relations between rows of several tables that have the same name.

    Where several samples stand in the same tables, most of them must agree. A full cell that stands there alone, whose
    parts both tables name, is asked about if one typing error explains the difference.
    """
    records = _joined(facts)
    if not records:
        return []
    outcomes = run_rules(replace(facts, records=tuple(records), statements=()))
    claims = [one.claim for outcome in outcomes for one in outcome.judged if one.claim.rule in RULES]
    across = [claim for claim in claims if len({r.where for r in used_in(claim)}) > 1]
    groups: dict[tuple[str, frozenset[str]], list[Claim]] = {}
    for claim in across:
        groups.setdefault((claim.rule, frozenset(r.where for r in used_in(claim))), []).append(claim)
    rounding = facts.settings.rounding
    kept = [claim for group in groups.values() for claim in _kept(group, rounding)]
    numbers = [f for outcome in outcomes for f in outcome.findings if f.rule == BY_NUMBERS]
    across_tables = [f for f in numbers if len({place.where for place in f.places}) > 1]
    return [*(_judged(claim, rounding).finding for claim in kept), *across_tables]


def _judged(claim: Claim, rounding: Rounding) -> Judged:
    tables = ", ".join(sorted({r.where for r in used_in(claim)}))
    because = f"{claim.because}; " if claim.because else ""
    asked = replace(claim, soft=True, severity="warning", because=f"{because}rows of one name in {tables}")
    return Judged(claim=asked, finding=judge(asked, rounding))


def _kept(group: Sequence[Claim], rounding: Rounding) -> Sequence[Claim]:
    if len(group) > 1:
        return if_most_agree(group, rounding)
    return group if agrees(group[0], rounding) or ("|" in group[0].what and is_mistyped(group[0], rounding)) else ()


def _joined(facts: Facts) -> list[Record]:
    """One record per name that stands once in each of several tables."""
    found: dict[object, list[Record]] = {}
    shared = _shared_names(facts)
    for record in own(facts):
        key = record.cell if record.anode and record.cathode else material_names.key(record.subject)
        if key and any(sign.isalpha() for sign in str(key)) and (len(str(key)) >= SHORTEST or key in shared):
            found.setdefault(key, []).append(record)
    return [joined for rows in found.values() for joined in _of_name(rows)]


def _shared_names(facts: Facts) -> set[str]:
    """The short names (G1, G2, G3) that two tables share, all of them, where one table names the other."""
    names = {
        name: {material_names.key(record.subject) for record in records} for name, records in facts.by_table().items()
    }
    found: set[str] = set()
    for table in facts.paper.tables:
        for other, own_names in names.items():
            named = re.search(rf"\b{re.escape(other)}\b(?![\w.])", table.caption) and other != table.name
            if named and names.get(table.name) == own_names and len(own_names) >= SHORTEST:
                found |= own_names
    return found


def _of_name(rows: Sequence[Record]) -> Iterator[Record]:
    tables = [row.table for row in rows]
    once = len(set(tables)) == len(tables) and not any(row.one(step) for row in rows for step in STEPS)
    if not once or not 1 < len(rows) <= MOST_TABLES:
        return
    seen: set[tuple[str, str, str]] = set()
    merged = []
    for reading in (r for row in rows for r in row.readings):
        same = (reading.quantity, reading.printed.text, reading.unit.text)
        merged += [reading] if same not in seen else []
        seen.add(same)
    kinds = {row.kind for row in rows}
    first = next((row for row in rows if row.anode and row.cathode), rows[0])
    kind = first.kind if len(kinds) == 1 else next((row.kind for row in rows if row.kind), None)
    yield replace(first, table=" and ".join(tables), readings=tuple(merged), kind=kind)
