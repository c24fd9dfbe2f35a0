"""Sorption isotherms in the Adsorption Information File (.aif)."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.isotherm import MARK, adsorptive_name, isotherm, loading_factor, pascals
from halfcell.readers.common.text_files import decode, lines_as_lf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".aif",)

_BRANCHES = (("_adsorp_", 0.0), ("_desorp_", 1.0))


def recognises(raw: RawFile) -> bool:
    """Whether it is a CIF-like file with a loop of adsorption points."""
    return b"_adsorp_pressure" in raw.head and b"loop_" in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one isotherm with both branches; units are those stated in the file."""
    values, loops = _read(decode(lines_as_lf(raw.read()), "cp1252"))
    mass = _float(values.get("_adsnt_sample_mass"))
    factor = loading_factor(values.get("_units_loading", ""), mass)
    parts = [part for prefix, number in _BRANCHES for part in _branch(loops, prefix, number)]
    if not parts:
        raise InputError(
            "no loop of adsorption points", hint="expected loop_ with _adsorp_pressure, _adsorp_p0 and _adsorp_amount"
        )
    pressure, loading, branch = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    meta: dict[str, Json] = {
        "title": values.get("_adsnt_material_id", ""),
        "instrument": values.get("_exptl_instrument", ""),
        "started": values.get("_exptl_date", ""),
        "adsorptive": adsorptive_name(values.get("_exptl_adsorptive", "")),
        "vendor": {},
    }
    temperature = _float(values.get("_exptl_temperature"))
    if temperature is not None:
        meta["temperature_kelvin"] = temperature
    if mass:
        meta["sample_mass_gram"] = mass
    saturation = list(_saturations(loops))
    if saturation and (unit := values.get("_units_pressure", "")):
        meta["saturation_pascal"] = float(np.median(saturation)) * pascals(unit)
    if any(MARK in value for value in values.values()):
        meta["simulated"] = True
    return (isotherm(pressure, loading * factor, meta, branch),)


def _read(text: str) -> tuple[dict[str, str], list[tuple[list[str], list[list[str]]]]]:
    """The single values, and the loops with their names and rows."""
    values: dict[str, str] = {}
    loops: list[tuple[list[str], list[list[str]]]] = []
    inside = False
    for number, words in _lines(text):
        if words[0] == "loop_":
            loops.append(([], []))
            inside = True
        elif words[0].startswith("_") and inside and len(words) == 1 and not loops[-1][1]:
            loops[-1][0].append(words[0])
        elif words[0].startswith("_"):
            inside = False
            values[words[0]] = " ".join(words[1:])
        elif inside:
            if len(words) != len(loops[-1][0]):
                hint = "a row of a loop has one value for each name: export the file again"
                raise InputError(f"{len(words)} values for {len(loops[-1][0])} names", f"line {number}", hint)
            loops[-1][1].append(words)
    return values, loops


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith(("data_", "#", ";")):
            continue
        try:
            words = shlex.split(line)
        except ValueError:
            words = line.split()
        if words:
            yield number, words


def _branch(
    loops: list[tuple[list[str], list[list[str]]]], prefix: str, number: float
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Relative pressure, loading and branch from the loop whose names start with `prefix`."""
    for names, rows in loops:
        if f"{prefix}pressure" in names and f"{prefix}amount" in names and rows:
            try:
                table = dict(zip(names, np.array(rows, dtype=float).T, strict=True))
            except ValueError as error:
                raise InputError(f"unknown layout: {error}", prefix, "expected numbers in the loop") from error
            if f"{prefix}p0" not in table:
                raise InputError("the saturation pressure is missing", prefix)
            with np.errstate(divide="ignore", invalid="ignore"):
                relative = table[f"{prefix}pressure"] / table[f"{prefix}p0"]
            return [(relative, table[f"{prefix}amount"], np.full(len(rows), number))]
    return []


def _saturations(loops: list[tuple[list[str], list[list[str]]]]) -> Iterator[float]:
    """The saturation pressures in the loop of adsorption."""
    name = f"{_BRANCHES[0][0]}p0"
    for names, rows in loops:
        if name in names:
            yield from (value for row in rows if (value := _float(row[names.index(name)])))


def _float(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
