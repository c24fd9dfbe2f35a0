"""Reported results: those bundled with halfcell, and those in a user's CSV or BibTeX file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from halfcell.core.errors import InputError, StudyError
from halfcell.core.units import parse
from halfcell.literature.schema import Record, Schema, problems_of, schema, schemas

_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s]+)\s*,", re.DOTALL)
_FIELD = re.compile(r'(\w+)\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|"([^"]*)"|(\d+))')
_PLAIN = re.compile(r"[^a-z0-9]")
ABOUT = ("comparison", "carrier", "document", "table", "row")  # what `halfcell audit --to-records` writes beside
_OPERATORS = {">=": "__ge__", "<=": "__le__", ">": "__gt__", "<": "__lt__"}


class _Row(NamedTuple):
    """The texts of one record and its line in the file."""

    line: int
    values: Mapping[str, str]


def load(name: str) -> tuple[Record, ...]:
    """The records of a comparison that are bundled with halfcell.

    They are the rows of Tables S4, S6 and S8 of the supplementary information of a study of a Si/a-Sn/CoSi2/G/C anode;
    the reference numbers are those of that document, and ``SI`` is the document itself. They were read there, not in
    the papers that they refer to: no row was checked against its paper, which is why none has a DOI. They are drawn and
    listed beside a result, and no number is doubted because of them.
    """
    kind = schema(name)
    path = Path(__file__).parent / "records" / kind.records
    return _checked(_csv_rows(path.read_text(encoding="utf-8")), kind, path.name)


def read_csv(path: Path, name: str, *, own: bool = False) -> tuple[Record, ...]:
    """A user's records from a CSV file whose header holds the column keys of the schema, or the heads as printed.

    Cells may be separated by commas, semicolons or tabs.

    Raises
    ------
    StudyError
        With all mistakes at once, each with its line: unknown columns, missing names, numbers out of range.
    """
    if not path.is_file():
        raise InputError("no such file", str(path), "check the path")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read as a UTF-8 CSV file", str(path), "save it as CSV UTF-8") from error
    kind = schema(name)
    return _checked(_of_comparison(_csv_rows(text, kind), kind), kind, str(path), own=own)


def read_bib(path: Path, name: str) -> tuple[Record, ...]:
    """A user's records from BibTeX: entries carry the schema's keys as extra fields.

    ``@article{key, doi = {...}, anode = {Si/C}, capacity_mah_per_g = {512}, cycle = {100}}``: the citation key becomes
    the reference of an entry that gives none.

    Raises
    ------
    StudyError
        As `read_csv`; entries without any field of the schema are skipped.
    """
    kind = schema(name)
    known = {column.key for column in kind.columns}
    rows = []
    for entry in _entries(path.read_text(encoding="utf-8-sig")):
        values = {field: value for field, value in entry.fields.items() if field in known}
        if set(values) - {"doi"}:
            rows.append(_Row(entry.line, {"reference": entry.key, **values}))
    if not rows:
        keys = ", ".join(sorted(known - {"doi", "reference"}))
        hint = f"add the results to the entries as fields, e.g. anode = {{Si/C}}; the fields are {keys}"
        raise InputError("no entry holds a reported result, only bibliography", str(path), hint)
    return _checked(rows, kind, str(path))


def bib_entries(path: Path) -> dict[str, Mapping[str, str]]:
    """Citation key -> fields of each entry of a BibTeX file, for the list of references."""
    return {entry.key: entry.fields for entry in _entries(path.read_text(encoding="utf-8-sig"))}


def bib_without_results(path: Path, name: str) -> int:
    """How many entries of a BibTeX file hold no result of a comparison, only bibliography."""
    known = {column.key for column in schema(name).columns} - {"doi"}
    return sum(not known & set(entry.fields) for entry in _entries(path.read_text(encoding="utf-8-sig")))


def has_known_heads(path: Path, name: str) -> bool:
    """Whether the heads of a CSV file are the column keys of a comparison, or its heads as printed."""
    kind = schema(name)
    known = {column.key for column in kind.columns} | {
        column.key for one in schemas().values() for column in one.columns
    }
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    head = text.lstrip("\n").split("\n", 1)[0]
    cells = next(csv.reader([head], delimiter=max(",;\t", key=head.count)), [])
    return all(_key(cell, kind) in known | set(ABOUT) for cell in cells if cell.strip())


def from_rows(rows: Iterable[Mapping[str, str]], name: str, place: str, *, own: bool = False) -> tuple[Record, ...]:
    """Records from rows that were read elsewhere, such as the tables of a document.

    Raises
    ------
    StudyError
        As `read_csv`.
    """
    made = [_Row(number, values) for number, values in enumerate(rows, start=1)]
    return _checked(_of_comparison(made, schema(name)), schema(name), place, own=own)


class _Entry(NamedTuple):
    """One BibTeX entry: the line where it begins, its citation key and fields."""

    line: int
    key: str
    fields: Mapping[str, str]


def _entries(text: str) -> Iterable[_Entry]:
    """The entries of a BibTeX file."""
    starts = [*_ENTRY.finditer(text)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        body = text[match.end() : end]
        fields = {f[1].lower(): (f[2] or f[3] or f[4] or "").strip() for f in _FIELD.finditer(body)}
        yield _Entry(text.count("\n", 0, match.start()) + 1, match[2], fields)


def _of_comparison(rows: Sequence[_Row], kind: Schema) -> list[_Row]:
    """The rows of one comparison, of a file that holds several and says where each row comes from."""
    known = {column.key for column in kind.columns}
    other = {column.key for one in schemas().values() for column in one.columns} | set(ABOUT)
    found = []
    for row in rows:
        if row.values.get("comparison", kind.name) == kind.name:
            kept = {key: text for key, text in row.values.items() if key in known or (text and key not in ABOUT)}
            found.append(_Row(row.line, {key: text for key, text in kept.items() if key in known or key not in other}))
    return found


def without_doubles(records: Sequence[Record]) -> tuple[Record, ...]:
    """The records, each once: what equals a record before it, or an own one, in all that both state is left out."""
    own = [_stated(record) for record in records if record.own]
    seen: list[dict[str, str]] = []
    kept = []
    for record in records:
        values = _stated(record)
        known = seen if record.own else [*seen, *own]
        if values in known:
            continue
        seen.append(values)
        kept.append(record)
    return tuple(kept)


def _stated(record: Record) -> dict[str, str]:
    return {k: v.strip() for k, v in record.values.items() if v.strip() and k not in {"reference", "doi"}}


def _csv_rows(text: str, kind: Schema | None = None) -> list[_Row]:
    """The rows of a table; its separator is the one that its head holds most of."""
    head = text.lstrip("\n").split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    keys = {name: _key(name, kind) for name in reader.fieldnames or () if name}
    return [_Row(reader.line_num, {keys[k]: (v or "").strip() for k, v in row.items() if k}) for row in reader]


def _key(head: str, kind: Schema | None) -> str:
    """The key of a column that is headed by its key or as printed: ``Current density (mA g-1)``; else the head itself.

    A unit in the head must be that of the column, since numbers are kept as printed.
    """
    words, _, unit = head.strip().partition("(")
    bare = _PLAIN.sub("", words.lower())
    for column in kind.columns if kind else ():
        same = (
            not unit
            or (given := parse(unit.rstrip(") "))) == (wanted := parse(_plain(column.unit)))
            or bool(given and wanted and given.fits(wanted) and given.scale == wanted.scale)
        )
        if head.strip() == column.key or (same and bare == _PLAIN.sub("", column.label.lower())):
            return column.key
    return head.strip()


def _plain(unit: str) -> str:
    return re.sub(r"[{}^]", "", unit)


def _checked(rows: Iterable[_Row], kind: Schema, place: str, *, own: bool = False) -> tuple[Record, ...]:
    """Validate all rows; raise once with all mistakes."""
    problems, records = [], []
    for row in rows:
        where = f"{place}:{row.line}"
        errors, doubts = problems_of(row.values, kind, where)
        problems += errors
        records.append(Record(schema=kind.name, values=dict(row.values), place=where, own=own, doubts=tuple(doubts)))
    if problems:
        raise StudyError(str(problems[0]), hint=f"{len(problems)} problems in total", problems=tuple(problems))
    return tuple(records)


def keep(records: Sequence[Record], conditions: Sequence[str]) -> tuple[Record, ...]:
    """Filter by ``cathode=NCM811``, ``reference!=41`` (text, ignoring case) or ``cycle>=100`` (number).

    Own records are always kept.

    Raises
    ------
    InputError
        If a condition does not have this form or names no column.
    """
    kept = tuple(records)
    for condition in conditions:
        match = re.fullmatch(r"\s*(\w+)\s*(>=|<=|!=|=|>|<)\s*(.+?)\s*", condition)
        if match is None:
            raise InputError(f"{condition!r} is not a valid filter", hint="write cathode=NCM811 or cycle>=100")
        if kept:
            schema(kept[0].schema).column(match[1])
        kept = tuple(r for r in kept if r.own or _holds(r, match[1], match[2], match[3]))
    return kept


def _holds(record: Record, key: str, sign: str, wanted: str) -> bool:
    if sign in {"=", "!="}:
        return (record.values.get(key, "").casefold() == wanted.casefold()) is (sign == "=")
    value = record.number(key)
    try:
        limit = float(wanted)
    except ValueError:
        raise InputError(f"{wanted!r} is not a number", hint=f"write {key}{sign}100") from None
    return value is not None and bool(getattr(value, _OPERATORS[sign])(limit))
