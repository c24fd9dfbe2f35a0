"""A text dialect of a cycler as data: one small TOML file each in `dialects/`, and how its heads become our columns."""

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
    """How one instrument's export is recognised and what its column heads mean.

    Parameters
    ----------
    name, instrument, technique
        The TOML file's name; who makes the instrument; what the records are.
    sniff, unless
        Regular expressions (multi-line) that the file's beginning must and must not contain, all separators as commas.
    header
        Matches the line with the heads of the columns, likewise; empty: the line that `sniff` matches.
    columns
        Our name -> regular expressions of heads, matched whole and without regard to case. ``(?P<unit>...)`` names the
        unit's place. The first there is, is taken.
        Besides our names: ``step_type`` (words), ``amount_capacity_ah`` and ``amount_energy_wh`` (amounts without sign
        that go back to zero by step or by half cycle: which, the data show).
    charge, discharge
        Words of ``step_type`` that mean charging and discharging.
    unsigned
        The instrument writes currents without sign.
    day_first
        Of 03/04/2024 the 3 is the day.
    meta
        What else the head holds: name -> regular expression with one group.
    layout
        How records lie: ``flat``, or ``levels`` (Neware: lines of cycles, steps and records interleaved).
    refuse
        Why a file of this kind is recognised but not read.
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
        """Whether a file that begins so is of this dialect."""
        text = with_commas(text)
        found = re.search(self.sniff, text, re.MULTILINE)
        return bool(found) and not (self.unless and re.search(self.unless, text, re.MULTILINE))


def with_commas(text: str) -> str:
    """The text of the same length with commas for tabs and semicolons: one expression fits every separator."""
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
    """The one dialect of a file that begins with `text`, or None.

    Raises
    ------
    InputError
        If several dialects claim it.
    """
    fitting = [dialect for dialect in dialects() if dialect.fits(text)]
    if len(fitting) > 1:
        raise InputError(f"several dialects claim the text: {', '.join(d.name for d in fitting)}")
    return fitting[0] if fitting else None


def assign(dialect: Dialect, heads: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Match the heads of a file: our name -> (place of the column, factor into our unit)."""
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
