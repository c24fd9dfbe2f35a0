"""The printed numbers of a study with their origins, as numbers.csv, settings.json and study.lock state them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import InputError
from halfcell.study.items.numbers_file import COLUMNS

if TYPE_CHECKING:
    from halfcell.study.cache.lock_file import Lock, StepEntry


@dataclass(frozen=True, kw_only=True)
class Records:
    """What a study states of its numbers: rows of numbers.csv by id, settings by their key, and study.lock."""

    numbers: Mapping[str, Mapping[str, str]]
    settings: Mapping[str, Mapping[str, Any]]
    lock: Lock

    def settings_of(self, row: Mapping[str, str]) -> Mapping[str, Any]:
        """The settings of a number's result."""
        return self.settings.get(row["settings"], {})

    def step_of(self, row: Mapping[str, str]) -> StepEntry | None:
        """The step in study.lock that a number's result comes from, if it is one."""
        return self.lock.get("steps", {}).get(row["result"].split("-")[0])


def read_records(numbers: bytes, settings: bytes, lock: Lock) -> Records:
    """The records from the contents of numbers.csv and settings.json.

    Raises
    ------
    InputError
        If numbers.csv lacks a column or a row has too few cells.
    """
    reader = csv.DictReader(io.StringIO(numbers.decode("utf-8-sig", errors="replace")))
    lacking = [name for name in COLUMNS if name not in (_fields(reader) or ())]
    if lacking:
        raise InputError(f"no column {lacking[0]!r}", "out/numbers.csv", "it is of another version, or was edited")
    rows = _rows(reader)
    short = [row for row in rows if any(row[name] is None for name in COLUMNS)]
    if short:
        raise InputError("a row has too few cells", f"out/numbers.csv: {short[0]['id']}", "it was edited")
    found: dict[str, dict[str, str]] = {}
    for place, row in enumerate(rows, start=2):
        found[f"{row['id']} (again in row {place})" if row["id"] in found else row["id"]] = row
    return Records(numbers=found, settings=_settings(settings), lock=lock)


def _fields(reader: csv.DictReader[str]) -> Sequence[str] | None:
    try:
        return reader.fieldnames
    except csv.Error as error:
        raise InputError(f"not a table: {error}", "out/numbers.csv", "it was edited") from error


def _rows(reader: csv.DictReader[str]) -> list[dict[str, str]]:
    try:
        return list(reader)
    except csv.Error as error:
        raise InputError(f"not a table: {error}", "out/numbers.csv", "it was edited") from error


def _settings(content: bytes) -> dict[str, dict[str, Any]]:
    """The settings by their key; none where the file is not as halfcell writes it."""
    try:
        found = json.loads(content)["settings"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, dict)} if isinstance(found, dict) else {}
