"""A row does not break a relation between columns that all other rows of its table hold to the last digit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.claims import Finding, Verdict
from halfcell.audit.number_relations.broken import Broken, Rows, broken, chance, holds_in_all, in_rows, residual
from halfcell.audit.number_relations.columns import columns_of, span_of
from halfcell.audit.number_relations.forms import relations
from halfcell.audit.number_relations.natural import is_natural
from halfcell.audit.number_relations.spans import Span
from halfcell.audit.same_cell import is_own
from halfcell.audit.typing_errors import typing_errors
from halfcell.core.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.audit.claims import Claim
    from halfcell.audit.readings import Facts, Reading, Record
    from halfcell.core.printed import Rounding

FORMULA = (
    "if X = A·B, A/B, A·B/C, A + B, A − B, (A − B)/B, (A − B)/C, a mean, 100 % − A, a constant × A, A², A·B, A/B, or "
    "A + a constant in all rows but one, it holds there"
)
LIMITS = (
    "Found by the numbers, not by the words: it needs at least two other rows (three, if a constant is open) whose "
    "agreement by chance is improbable, counting all relations of its kind that the units allow, and one wrong digit, "
    "two swapped ones or a shifted point in one number of the row must explain it: a row of another batch deviates "
    "otherwise."
)
NAME = "other_rows"
ROWS = 60  # of a table that are compared, chosen: each with each takes the square of the time
EXPLAINED = 1e-3  # chance below which a relation that all rows hold explains a number
SURE = 1e-9  # chance below which a row that is off by one last digit is asked about
LIMIT = {  # that the other rows of a table agree by chance in any relation of a group that was tried
    "ratio": 1e-3, "product": 1e-3, "sum": 1e-3, "change": 1e-3, "mean": 1e-3, "whole": 1e-3, "long": 3e-4,
    "factor": 1e-4, "term": 1e-4, "natural": 3e-2,
}  # fmt: skip


NAMED = 1e-1  # that two rows agree in a quotient that the words name, where the third is off by more than `FAR`
FAR = 0.2  # natural logarithm


class _Tried(NamedTuple):
    """A relation in the rows of a table, and what it is counted among."""

    rows: Rows
    kind: str


def check(facts: Facts) -> Iterator[Claim | Finding]:
    """Look for relations in the document's own rows of each table."""
    for records in facts.by_table().values():
        rows = [record for record in records if is_own(record)][:ROWS]
        if len(rows) > 2:
            yield from _of_table(rows, facts.settings.rounding)


def _of_table(records: Sequence[Record], rounding: Rounding) -> Iterator[Finding]:
    columns = columns_of(records, rounding)
    tried: Counter[str] = Counter()
    near: list[_Tried] = []
    for relation in relations(columns):
        kind = "natural" if is_natural(relation, columns) else relation.group
        tried[kind if kind != "natural" else f"{relation.target.place}"] += 1
        if (rows := in_rows(relation)) is not None:
            near.append(_Tried(rows, kind))
    suspects: dict[int, list[Broken]] = {}
    for item in near:
        found = broken(item.rows, natural=item.kind == "natural")
        count = tried[item.kind if item.kind != "natural" else f"{item.rows.relation.target.place}"]
        if found and found.chance * (1 if _is_named(found) else count) < _limit(item, found):
            suspects.setdefault(found.row, []).append(found)
    for row, several in suspects.items():
        for found in sorted(several, key=lambda one: one.chance):
            mended = [] if any(_explains(item, found) for item in near) else _mended(found, rounding)
            if mended:
                yield _finding(records[row], found, mended)
                break


def _limit(item: _Tried, found: Broken) -> float:
    """The chance that is allowed: more where the words name a constant quotient and one row is far from it."""
    far = item.rows.is_log and abs(item.rows.spans[found.row].middle - found.constant) > FAR
    return NAMED if item.kind == "natural" and item.rows.relation.free and far else LIMIT[item.kind]


def _used(found: Broken) -> list[Reading]:
    relation = found.rows.relation
    return [column.cells[found.row] for column in (relation.target, *relation.inputs)]


def _mended(found: Broken, rounding: Rounding) -> list[str]:
    """The numbers with which a row keeps a relation, if one typing error in one of its numbers explains it."""
    used, mended = _used(found), []
    spans = [span_of(reading, rounding) for reading in used]
    if _is_rounded(found, used[0], spans):
        return []
    for place, reading in enumerate(used):
        for text in typing_errors(reading.printed.text):
            tried = [*spans[:place], span_of(replace(reading, printed=Printed(text)), rounding), *spans[place + 1 :]]
            span = residual(found.rows, tried)
            if span and span.holds(found.constant):
                mended.append(f"{text} for {reading.printed.text}")
    return mended


def _is_rounded(found: Broken, target: Reading, spans: Sequence[Span]) -> bool:
    """Whether a target that is one last digit higher or lower keeps the relation: it may be rounded otherwise."""
    by = float(target.printed.last_digit * target.unit.scale)
    wider = residual(found.rows, [Span(spans[0].low - by, spans[0].high + by), *spans[1:]])
    return found.chance > SURE and wider is not None and wider.holds(found.constant)


def _is_named(found: Broken) -> bool:
    """Whether the head of the target consists of those of the others: ``AD/AG`` beside ``AD`` and ``AG``."""
    target, *others = (column.label for column in (found.rows.relation.target, *found.rows.relation.inputs))
    return len(others) > 1 and all(other and other in target for other in others)


def _explains(item: _Tried, found: Broken) -> bool:
    """Whether another relation holds in all rows and explains the target of a broken one, or all of its columns."""
    one, other = item.rows.relation, found.rows.relation
    if one.free or found.row not in item.rows.spans:
        return False
    all_columns = {column.place for column in (one.target, *one.inputs)}
    held = {column.place for column in (other.target, *other.inputs)} <= all_columns and one is not other
    if one.target is not other.target and not held:
        return False
    natural = item.kind == "natural"
    return holds_in_all(item.rows) and chance(item.rows, [*item.rows.spans], natural) < EXPLAINED


def _finding(record: Record, found: Broken, mended: Sequence[str]) -> Finding:
    used = _used(found)
    target, count = used[0], len(found.rows.spans) - 1
    return Finding(
        rule=NAME,
        verdict=Verdict.SEEN,
        severity="warning",
        what=f"{target.label} of {record.name} and the other rows",
        explain=f"in the other {count} rows {target.label} is {found.rows.relation.words}; here it is not: "
        f"{', '.join(reading.text for reading in used)}; it would be with {' or '.join(mended[:3])}",
        places=tuple(reading.place for reading in used),
        printed=target.text,
        ask=f"Is one of the {len(used)} numbers mistyped?",
    )
