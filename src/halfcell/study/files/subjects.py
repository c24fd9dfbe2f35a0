"""Samples and cells from the tables that people write: columns, units, and every mistake with its cell."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Literal

from halfcell.core.errors import InputError
from halfcell.core.number_texts import instead_of
from halfcell.core.plugins import did_you_mean
from halfcell.core.sample import Cell, CellKind, Sample
from halfcell.core.units import Conversion, conversion
from halfcell.study.files.patterns import name_key
from halfcell.study.files.sheets import Row, Sheet
from halfcell.study.files.unit_heads import accepted, slug, split_field, split_head, unit_named

Problems = list[InputError]

_WORDS = {"cell": "name", "cell_name": "name", "cell_id": "name", "type": "kind", "cell_kind": "kind", "1c": "one_c"}
_SAMPLE_WORDS = {"sample": "name", "sample_name": "name", "material": "name"}
_FRACTION = re.compile(r"^(.+?)[\s_]*(?:\(|\[)?\s*(?:wt|mass)[\s._]*(?:%|percent)\s*(?:\)|\])?$", re.IGNORECASE)
_SHARE = re.compile(
    r"\s*(?:([A-Za-z][\w\-/()]*)\s*[:=]?\s*([\d.]+)\s*(?:wt)?\s*%?|([\d.]+)\s*(?:wt)?\s*%?\s*([A-Za-z][\w\-/()]*))\s*"
)
_SAME = Conversion()


@dataclass(frozen=True)
class _Head:
    """What a column means: a field, a mass fraction of the composition, or a remark; with its unit conversion."""

    text: str
    role: Literal["text", "number", "share", "remark"]
    name: str
    convert: Conversion = _SAME


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """The samples and cells of a study by name; `places` has the place of each name and of each of its fields."""

    samples: Mapping[str, Sample] = field(default_factory=dict)
    cells: Mapping[str, Cell] = field(default_factory=dict)
    places: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    remark_heads: tuple[tuple[str, str], ...] = ()  # columns that are no field, with their place

    def place(self, kind: str, name: str, item: str = "") -> str:
        """The place of a cell's or a sample's value: ``cells.csv:4 (active_mass_mg)``."""
        return self.places.get((kind, name, item)) or self.places.get((kind, name), "")


def read_subjects(samples: Sheet | None, cells: Sheet | None) -> tuple[Subjects, Problems]:
    """Make samples and cells from the two tables.

    Problems found: misspelt heads, missing or wrong units, names that appear twice or differ only in punctuation,
    values that are not numbers, negative or zero masses and sizes, unknown kinds, cells of unknown samples. Rows with
    more cells than heads are not checked, since it is unknown which cell belongs to which head.
    """
    problems: Problems = []
    places: dict[tuple[str, ...], str] = {}
    remarks: list[tuple[str, str]] = []
    found_samples = _records("sample", samples, places, remarks, problems) if samples else {}
    found_cells = _records("cell", cells, places, remarks, problems) if cells else {}
    made = Subjects(
        samples={name: Sample(**values) for name, values in found_samples.items()},
        cells={name: Cell(**values) for name, values in found_cells.items()},
        places=places,
        remark_heads=tuple(remarks),
    )
    if found_samples:
        problems.extend(_orphans(made))
    sheets = [sheet for sheet in (samples, cells) if sheet]
    uneven = {sheet.place(row, head) for sheet in sheets for row in sheet.uneven for head in ("", *sheet.heads)}
    return made, [problem for problem in problems if problem.where not in uneven]


def _records(
    kind: str, sheet: Sheet, places: dict[tuple[str, ...], str], remarks: list[tuple[str, str]], problems: Problems
) -> dict[str, dict[str, Any]]:
    """Field values by name, from the rows of one table."""
    heads = _heads(kind, sheet, problems)
    remarks.extend((head.name, sheet.head_place) for head in heads.values() if head.role == "remark")
    by_name = next((head.text for head in heads.values() if head.name == "name"), None)
    if by_name is None:
        problems.append(InputError(f"no column {kind!r}", sheet.head_place, f"it has: {', '.join(sheet.heads)}"))
        return {}
    found: dict[str, dict[str, Any]] = {}
    alike: dict[str, str] = {}
    for row in sheet.rows:
        name = row.cells.get(by_name, "")
        where = sheet.place(row.number, by_name)
        problem = _name_problem(kind, name, alike, places, where)
        if problem is not None:
            problems.append(problem)
            continue
        alike[name_key(name)] = name
        places[kind, name] = where
        found[name], cell_places = _values(kind, row, sheet, heads, problems)
        places.update({(kind, name, item): place for item, place in cell_places.items()})
    return found


def _name_problem(
    kind: str, name: str, alike: Mapping[str, str], places: Mapping[tuple[str, ...], str], where: str
) -> InputError | None:
    """What is wrong with the name of a row: missing, given before, or different from another only in punctuation."""
    if not name:
        return InputError(f"row without a {kind} name", where)
    other = alike.get(name_key(name))
    if other is None:
        return None
    first = places[kind, other]
    if other == name:
        return InputError(f"{kind} {name!r} appears twice", where, f"first in {first}")
    return InputError(
        f"{kind} {name!r} differs from {other!r} only in punctuation",
        where,
        f"{first}; file names cannot tell them apart",
    )


def _heads(kind: str, sheet: Sheet, problems: Problems) -> dict[str, _Head]:
    record = Cell if kind == "cell" else Sample
    words = _WORDS if kind == "cell" else _SAMPLE_WORDS
    numbers: dict[str, tuple[str, ...]] = {}
    for item in dataclasses.fields(record):
        stem, unit = split_field(item.name)
        if unit:
            numbers[stem] = (*numbers.get(stem, ()), item.name)
    texts = {"name", "label"} | ({"sample", "kind", "group"} if kind == "cell" else set())
    heads = {}
    for text in (head for head in sheet.heads if head):
        made = _head(text, words, numbers, texts, kind)
        if isinstance(made, InputError):
            problems.append(InputError(made.what, sheet.place(sheet.head_number, text), made.hint))
        else:
            heads[text] = made
    return heads


def _head(
    text: str, words: Mapping[str, str], numbers: Mapping[str, tuple[str, ...]], texts: set[str], kind: str
) -> _Head | InputError:
    """Understand one column's head."""
    share = _FRACTION.match(text)
    if share and kind == "sample":
        return _Head(text, "share", share[1].strip(" _"))
    stem, unit = split_head(text)
    stem = words.get(stem, stem)
    if stem in texts:
        return _Head(text, "text", stem)
    if unit is None:
        stem, unit = _split_ending(stem, numbers)
        stem = words.get(stem, stem)
    if stem in numbers:
        return _number_head(text, numbers[stem], unit)
    known = sorted(texts | {name for names in numbers.values() for name in names} | set(words))
    near = did_you_mean(slug(text), known) if kind == "cell" and _near(slug(text), known) else ""
    return InputError(f"unknown column {text!r}", hint=near) if near else _Head(text, "remark", slug(text))


def _near(word: str, known: list[str]) -> bool:
    return bool(get_close_matches(word, known, n=1, cutoff=0.88))


def _split_ending(stem: str, numbers: Iterable[str]) -> tuple[str, str | None]:
    """``active_mass_g`` -> ``("active_mass", "g")``."""
    for known in sorted({*numbers, "1c"}, key=len, reverse=True):
        if stem == known:
            return known, None
        if stem.startswith(known + "_"):
            return known, stem.removeprefix(known + "_")
    return stem, None


def _number_head(text: str, names: Sequence[str], unit: str | None) -> _Head | InputError:
    """A column of numbers: it needs a unit of the right dimension (1C may be a current or a current per mass)."""
    wanted = [split_field(name)[1] for name in names]
    units = ", ".join(accepted(one) for one in wanted)
    if unit is None:
        return InputError(f"column {text!r} has no unit", hint=f"write {names[0]} (or another unit: {units})")
    given = unit_named(unit)
    for name, one in zip(names, wanted, strict=True):
        convert = conversion(given, one) if given else None
        if convert is not None:
            return _Head(text, "number", name, convert)
    stem = split_field(names[0])[0]
    return InputError(f"column {text!r}: {unit!r} is not a unit of {stem}", hint=f"use one of {units}")


def _values(
    kind: str, row: Row, sheet: Sheet, heads: Mapping[str, _Head], problems: Problems
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of one row, and the place of each."""
    values: dict[str, Any] = {}
    shares: dict[str, float] = {}
    remarks: dict[str, str] = {}
    places: dict[str, str] = {}
    for text, written in row.cells.items():
        head, where = heads.get(text), sheet.place(row.number, text)
        if head is None:
            continue
        places[head.name] = where
        try:
            if head.role == "share":
                shares[head.name] = _number(written, head, sheet.comma)
            elif head.role == "remark":
                remarks[head.name] = written
            else:
                values[head.name] = _field(written, head, sheet.comma)
        except ValueError as error:
            problems.append(InputError(str(error), where))
    if kind == "sample":
        shares = shares or _composition(remarks.get("composition", ""))
        problems.extend(_too_much(shares, sheet.place(row.number)))
        values["composition_wt_percent"] = shares
    return values | {"meta": remarks}, places


def _field(written: str, head: _Head, comma: bool) -> object:
    if head.name == "kind":
        choices = [str(item.value) for item in CellKind]
        if written.lower() not in choices:
            raise ValueError(f"{written!r} is not a kind of cell; {did_you_mean(written.lower(), choices)}")
        return CellKind(written.lower())
    return _number(written, head, comma) if head.role == "number" else written


def _number(written: str, head: _Head, comma: bool) -> float:
    """Read and convert a number; masses and sizes must be positive.

    Raises
    ------
    ValueError
        If it is not a number, not finite, or not possible.
    """
    text = written.replace(",", ".") if comma else written
    try:
        value = head.convert(Fraction(text))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{written!r} is not a number{_hint_on_number(written)}") from None
    if head.role == "share":
        if not 0 <= value <= 100:
            raise ValueError(f"{written} wt% is not between 0 and 100")
    elif head.name == "temperature_degc":
        if value < -273.15:
            raise ValueError(f"{written} is below absolute zero")
    elif value <= 0 and not (value == 0 and head.name == "pressure_mpa"):
        raise ValueError(f"{head.name} is {written}; it must be positive")
    return value


def _hint_on_number(written: str) -> str:
    """What to write instead of a text that is no number."""
    with_unit = re.fullmatch(r"([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*([^\d\s].*)", written)
    if with_unit and unit_named(with_unit[2]):
        return f"; write {with_unit[1]}, the unit belongs into the head of the column: (... {with_unit[2]})"
    hint = instead_of(written, empty="leave the cell empty")
    return f"; {hint}" if hint else ""


def _composition(text: str) -> dict[str, float]:
    """Shares in free text (``Si 80, Sn 10, C 10`` or ``80 % Si + 20 % Sn``); other text stays a remark."""
    shares: dict[str, float] = {}
    for part in re.split(r"[,;+]", text):
        match = _SHARE.fullmatch(part)
        if match is None:
            return {}
        shares[match[1] or match[4]] = float(match[2] or match[3])
    return shares if math.isclose(sum(shares.values()), 100, abs_tol=0.6) else {}


def _too_much(shares: Mapping[str, float], where: str) -> Problems:
    total = sum(shares.values())
    return [InputError(f"the composition adds up to {total:g} wt%", where, "at most 100")] if total > 100.5 else []


def _orphans(made: Subjects) -> Problems:
    """Cells of samples that are not in the table of samples."""
    return [
        InputError(
            f"unknown sample {cell.sample!r}",
            made.place("cell", name, "sample"),
            "; ".join(filter(None, [did_you_mean(cell.sample, made.samples), "or add its row to samples.csv"])),
        )
        for name, cell in made.cells.items()
        if cell.sample and cell.sample not in made.samples
    ]
