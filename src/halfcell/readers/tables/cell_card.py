"""Cell cards of halfcell (.toml): the values of a cell with their sources, for predictions in a study."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".toml",)
EXACT = True  # no other file has these three tables
_TABLES = tuple(re.compile(rf"^\[{name}\]\s*(#.*)?$".encode(), re.MULTILINE) for name in ("cell", "anode", "cathode"))
_SERIES = "measured"  # what the card was fitted to: no part of the cell


def recognises(raw: RawFile) -> bool:
    """Whether it has the tables of a cell, an anode and a cathode."""
    return raw.suffix == ".toml" and all(table.search(raw.head) for table in _TABLES)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the values; the whole card, without its measured series, is in ``meta["card"]``.

    Raises
    ------
    InputError
        If it is no TOML.
    """
    try:
        facts = tomllib.loads(raw.read().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"no TOML: {error}", hint="look at its quotes and brackets") from None
    card = {name: part for name, part in facts.items() if name != _SERIES}
    values = list(_values(card))
    columns = {
        "value": np.array([float(entry["value"]) for _, entry in values]),
        "std": np.array([float(entry.get("std", "nan")) for _, entry in values]),
    }
    meta = {"title": str(facts.get("title", "")), "card": card, "paths": [path for path, _ in values]}
    return (Measurement(technique="cell_card", columns=columns, meta=meta),)


def _values(part: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every value below a table with its path; phases are listed by their name."""
    for name, entry in part.items():
        if isinstance(entry, dict) and isinstance(entry.get("value"), int | float):
            yield f"{path}{name}", entry
        elif isinstance(entry, dict):
            yield from _values(entry, f"{path}{name}.")
        elif isinstance(entry, list):
            for one in (each for each in entry if isinstance(each, dict)):
                yield from _values(one, f"{path}{one.get('name', one.get('material', '?'))}.")
