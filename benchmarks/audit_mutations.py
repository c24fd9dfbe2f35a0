"""Mutation study of the audit: change single digits of a document's tables and see which changes are found.

Every printed number that an equation of the audit covers (as the checked number or as an input) is changed in every way
that a single typing error could: each digit to each other digit, and each pair of neighbouring unequal digits swapped.
The changed document is audited, and a change counts as found if there is an alarm that the unchanged document does not
raise. "By intervals" counts alarms from exact rounding intervals (row by row and jointly), "with strict checks" also
those that check a number to its last digit because all other rows of its table are exact.

    python benchmarks/audit_mutations.py DOCUMENT [--sample 1000] [--write docs/audit-mutations.md]
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from halfcell.audit import Report, audit
from halfcell.audit.claims import Verdict
from halfcell.audit.extract import extract
from halfcell.audit.settings import Settings
from halfcell.core.printed_document import Paper, PrintedTable

ROLES = ("checked by an equation", "only an input of one")
KINDS = ("last digit by 1", "last digit by 5", "other wrong last digit", "other wrong digit", "neighbours swapped")


class Mutant(NamedTuple):
    """One change."""

    kind: str
    table: str
    row: int
    column: int
    text: str


def covered(report: Report) -> list[tuple[str, int, int]]:
    """The cells that equations cover."""
    found = {
        (place.where, place.row, place.column)
        for finding in report.findings
        if finding.exact is not None
        for place in finding.places
        if place.row >= 0
    }
    return sorted(found)


def mutants(paper: Paper, cells: list[tuple[str, int, int]]) -> list[Mutant]:
    """All single-digit changes and all swaps of neighbours in the covered cells."""
    found = []
    for table, row, column in cells:
        whole = next(t for t in paper.tables if t.name == table).at[row, column].text
        match = re.search(r"\d[\d.]*", whole)
        if match is None:
            continue
        places = [i for i in range(match.start(), match.end()) if whole[i].isdigit()]
        for i in places:
            for digit in "0123456789":
                if digit != whole[i]:
                    new = whole[:i] + digit + whole[i + 1 :]
                    found.append(Mutant(_kind(i == places[-1], whole[i], digit), table, row, column, new))
        for i, j in pairwise(places):
            if whole[i] != whole[j]:
                new = whole[:i] + whole[j] + whole[i + 1 : j] + whole[i] + whole[j + 1 :]
                found.append(Mutant("neighbours swapped", table, row, column, new))
    return found


def _kind(last: bool, before: str, after: str) -> str:
    apart = abs(int(before) - int(after))
    if not last:
        return "other wrong digit"
    return {1: "last digit by 1", 5: "last digit by 5"}.get(apart, "other wrong last digit")


def alarms(report: Report, strict: bool) -> set[tuple[object, ...]]:
    """What the report raises; without `strict` only what intervals raise."""
    return {
        (f.rule, f.what, f.places[:1], f.verdict)
        for f in report.findings
        if f.is_alarm and (strict or f.verdict is not Verdict.INEXACT)
    }


def changed(paper: Paper, mutant: Mutant) -> Paper:
    """The document with one change."""
    tables = (_changed_table(t, mutant) if t.name == mutant.table else t for t in paper.tables)
    return dataclasses.replace(paper, tables=tuple(tables))


def _changed_table(table: PrintedTable, mutant: Mutant) -> PrintedTable:
    """The table with another text in one cell."""
    place = (mutant.row, mutant.column)
    cells = tuple(
        dataclasses.replace(cell, text=mutant.text, markup="") if (cell.row, cell.column) == place else cell
        for cell in table.cells
    )
    return dataclasses.replace(table, cells=cells)


def found(paper: Paper, mutant: Mutant, before: dict[bool, set[tuple[object, ...]]]) -> tuple[bool, bool]:
    """Whether a change is found by intervals, and with strict checks; jointly only where rows are silent."""
    document = changed(paper, mutant)
    report = audit(document, Settings(joint=False, checklist="none"))
    by_rows = bool(alarms(report, strict=False) - before[False])
    by_strict = by_rows or bool(alarms(report, strict=True) - before[True])
    if not by_rows:
        report = audit(document, Settings(checklist="none"))
        by_rows = bool(alarms(report, strict=False) - before[False])
    return by_rows, by_rows or by_strict


class Study(NamedTuple):
    """Counts (tried, by intervals, with strict) by kind and by role, misses by column, covered cells, population."""

    kinds: dict[str, list[int]]
    roles: dict[str, list[int]]
    missed: Counter[str]
    cells: int
    population: int


def study(paper: Paper, sample: int, seed: int = 1) -> Study:
    """Try a sample of all changes (0: all of them)."""
    report = audit(paper, Settings(checklist="none"))
    before = {strict: alarms(report, strict) for strict in (False, True)}
    cells = covered(report)
    population = mutants(paper, cells)
    chosen = population if sample <= 0 else random.Random(seed).sample(population, min(sample, len(population)))
    counts = {kind: [0, 0, 0] for kind in KINDS}
    roles = {role: [0, 0, 0] for role in ROLES}
    judged = {(f.places[0].where, f.places[0].row, f.places[0].column) for f in report.findings if f.exact is not None}
    missed: Counter[str] = Counter()
    for mutant in chosen:
        intervals, strict = found(paper, mutant, before)
        role = ROLES[0 if (mutant.table, mutant.row, mutant.column) in judged else 1]
        for index, hit in enumerate((True, intervals, strict)):
            counts[mutant.kind][index] += hit
            roles[role][index] += hit
        if not strict:
            missed[f"{mutant.table}, column {mutant.column + 1}"] += 1
    return Study(counts, roles, missed, len(cells), len(population))


def page(path: Path, result: Study, alarm_lines: list[str]) -> str:
    """The page of docs."""
    counts, roles, missed, cells, population = result
    total = [sum(row[i] for row in counts.values()) for i in range(3)]
    made = (
        f"Made by `benchmarks/audit_mutations.py` on `{path.name}`: {cells} printed numbers are covered by equations. "
        f"A single error (one wrong digit, or two swapped) can change them in {population} ways, of which {total[0]} "
        "were tried."
    )
    unchanged = (
        f"The unchanged document raises {len(alarm_lines)} alarms, listed here. None of them is false, and none "
        "counts as a change that was found:"
    )
    beyond = (
        "Missed changes by column. An efficiency with three digits cannot verify a capacity with five: no check of "
        "printed numbers can find a change of its last digit."
    )
    head = ["| change | tried | found by intervals | found with strict checks |", "|--|--:|--:|--:|"]
    table = [*head, *(_line(kind, row) for kind, row in counts.items() if row[0]), _line("**all**", total)]
    weights = "".join(
        f"{name} {sum(row[i] / row[0] for row in counts.values() if row[0]) / len(counts):.1%}{end}"
        for name, i, end in (("by intervals", 1, ", "), ("with strict checks", 2, ""))
    )
    table += [
        "",
        f"Here every change has the same weight; if every kind of change has the same weight, it is {weights}.",
        "",
    ]
    table += [head[0].replace("change", "changed number"), head[1], *(_line(role, row) for role, row in roles.items())]
    listed = [f"- {line}" for line in alarm_lines]
    misses = [f"- {where}: {count}" for where, count in missed.most_common(12)]
    lines = [
        "# Mutation study of the audit",
        "",
        made,
        "",
        *table,
        "",
        unchanged,
        "",
        *listed,
        "",
        beyond,
        "",
        *misses,
        "",
    ]
    return "\n".join(lines)


def _line(kind: str, row: list[int]) -> str:
    return f"| {kind} | {row[0]} | {row[1]} ({row[1] / row[0]:.1%}) | {row[2]} ({row[2] / row[0]:.1%}) |"


def main() -> None:
    """Run the study and print (or write) its page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("document", type=Path)
    parser.add_argument("--sample", type=int, default=1000, help="how many changes to try; 0 tries all")
    parser.add_argument("--write", type=Path, help="write the page here")
    args = parser.parse_args()
    paper = extract(args.document)
    start = time.perf_counter()
    result = study(paper, args.sample)
    lines = [f"{f.rule}: {f.what} ({f.places[0].where})" for f in audit(paper, Settings(checklist="none")).alarms]
    text = page(args.document, result, lines)
    print(text)
    print(f"{time.perf_counter() - start:.0f} s")
    if args.write:
        args.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
