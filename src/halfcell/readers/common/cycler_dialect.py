"""Text formats of cyclers as data: one small TOML file per dialect in `dialects/`, and how headers become columns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from halfcell.core.errors import InputError
from halfcell.readers.common import column_units

_FOLDER = Path(__file__).with_name("dialects")


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How the export of one instrument is recognised and what its column headers mean.

    Parameters
    ----------
    name, instrument, technique
        Name of the TOML file; manufacturer; kind of data.
    sniff, unless
        Regular expressions (multi-line) that the start of the file must and must not contain; separators are commas.
    header
        Matches the line with the column headers, likewise; if empty, the line that `sniff` matches.
    columns
        Canonical name -> regular expressions of column headers, matched as a whole and ignoring case. The group
        ``unit`` is the unit. The first header found is taken. Besides canonical names: ``step_type`` (text),
        ``specific_capacity`` (mAh/g, of which only the mass behind it is used),
        ``amount_capacity_ah`` and ``amount_energy_wh`` (unsigned, reset with each step or each half cycle; the data
        show which).
    charge, discharge
        Values of ``step_type`` that mean charging and discharging.
    unsigned
        Whether the instrument writes currents without a sign.
    day_first
        Whether 03/04/2024 is the third of April.
    meta
        What else the header contains: name -> regular expression with one group.
    layout
        ``flat``, or ``levels`` (Neware: lines of cycles, steps and records interleaved).
    refuse
        Why files of this kind are recognised but not read.
    """

    name: str
    summary: str
    instrument: str
    sniff: str
    technique: str = "cycling"
    unless: str = ""
    header: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    charge: tuple[str, ...] = ()
    discharge: tuple[str, ...] = ()
    unsigned: bool = False
    day_first: bool = False
    meta: Mapping[str, str] = field(default_factory=dict)
    layout: str = "flat"
    refuse: str = ""

    def fits(self, text: str) -> bool:
        """Whether a file that starts with `text` is of this dialect."""
        text = with_commas(text)
        found = re.search(self.sniff, text, re.MULTILINE)
        return bool(found) and not (self.unless and re.search(self.unless, text, re.MULTILINE))


def with_commas(text: str) -> str:
    """Replace tabs and semicolons by commas, so that one expression matches every separator."""
    return text.replace("\t", ",").replace(";", ",")


@cache
def dialects() -> tuple[Dialect, ...]:
    """All dialects, by name."""
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        with path.open("rb") as file:
            found.append(_read(path.stem, tomllib.load(file)))
    return tuple(found)


def _read(name: str, table: dict[str, Any]) -> Dialect:
    columns = {key: tuple(heads) for key, heads in table.pop("columns", {}).items()}
    lists = {key: tuple(table.pop(key)) for key in ("charge", "discharge") if key in table}
    fields: dict[str, Any] = {"name": name, "columns": columns} | lists | table
    return Dialect(**fields)


def find(text: str) -> Dialect | None:
    """The dialect of a file that starts with `text`, or None.

    Raises
    ------
    InputError
        If several dialects match.
    """
    fitting = [dialect for dialect in dialects() if dialect.fits(text)]
    if len(fitting) > 1:
        raise InputError(f"several dialects match: {', '.join(d.name for d in fitting)}")
    return fitting[0] if fitting else None


def assign(dialect: Dialect, heads: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Match the column headers of a file: canonical name -> (index of the column, factor)."""
    found: dict[str, tuple[int, float]] = {}
    cleaned = [head.strip().strip('"').strip() for head in heads]
    for name, choices in dialect.columns.items():
        for expression in choices:
            place = _place(cleaned, expression, {taken for taken, _ in found.values()})
            if place is not None:
                found[name] = place
                break
    return found


def _place(heads: Sequence[str], expression: str, taken: set[int]) -> tuple[int, float] | None:
    pattern = re.compile(expression, re.IGNORECASE)
    for place, head in enumerate(heads):
        match = pattern.fullmatch(head)
        if match and place not in taken:
            factor = column_units.factor(match.groupdict().get("unit") or "")
            if factor is not None:
                return place, factor
    return None
