"""Sorption isotherms as measurements: units converted (STP or an error), branches separated, values checked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.units import UnitSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]

MARK = "simulated by halfcell"
MOLAR_VOLUME_STP = 22413.96954  # cm3/mol at 273.15 K and 101325 Pa

_PRESSURE = UnitSet(("kPa", "Pa", "bar", "mbar", "torr", "mmHg", "atm"), into=("Pa",))
_VOLUME = re.compile(r"(cm3|cm³|cc|ml|mL|cm\^3)", re.IGNORECASE)
_MOLES = UnitSet(("mmol", "mol", "umol", "kmol"), into=("mol",))
_GASES = ("N2 nitrogen", "Ar argon", "Kr krypton", "CO2 dioxide", "O2 oxygen", "Xe xenon", "H2 hydrogen", "CH4 methane")
_GAS_NAMES = {word.lower(): words.split()[0] for words in (*_GASES, "H2O water") for word in words.split()}
_GAS_ALONE = re.compile(r"(?:carbon )?([a-z]+\d?)(?:[\s@(,]*(?:at\s*)?[\d.]+\s*k?\)?)?")
_GAS_CALLED = re.compile(r"(?:adsorptive|adsorbate|(?<!de)(?<!out)gas)\s*[:=,;]?\s*(?:carbon )?([a-z]+\d?)")
_COLDEST, _WARMEST = 60.0, 400.0  # K
_FEWEST = 5
_LOWEST, _HIGHEST = -0.01, 1.2  # p/p0; a gauge's zero may be a little below, a saturation pressure a little off


def adsorptive_name(word: str) -> str:
    """The adsorptive's formula: ``Nitrogen @ 77K`` is N2."""
    words = word.strip().lower().removeprefix("carbon ")
    first = re.split(r"[\s@(_,;]", words)[0]
    return _GAS_NAMES.get(first, word.strip())


def named_gas(cell: str) -> str | None:
    """The adsorptive that a cell names: ``Kr``, ``argon @ 87 K``, ``Analysis gas: nitrogen``; None for other words.

    A gas in a sample's name ("milled in Ar", "degassed in N2") is no adsorptive.
    """
    words = cell.strip().lower()
    match = _GAS_ALONE.fullmatch(words) or _GAS_CALLED.search(words)
    return _GAS_NAMES.get(match[1]) if match else None


def named_kelvin(words: str) -> float | None:
    """A temperature (K) between 60 and 400 K in words such as ``Kr at 77.3 K``; None where there is none."""
    found = re.search(r"(?<![\d.])(\d{2,3}(?:\.\d+)?)\s*K(?![a-zA-Z])", words)
    kelvin = float(found[1]) if found else 0.0
    return kelvin if _COLDEST <= kelvin <= _WARMEST else None


def pascals(unit: str) -> float:
    """Factor from a unit of pressure to pascals.

    Raises
    ------
    InputError
        If the unit is not known.
    """
    factor = _PRESSURE.factor(unit)
    if factor is None:
        raise InputError(f"unknown unit of pressure: {unit!r}", hint=f"known: {', '.join(_PRESSURE.units)}")
    return factor


def loading_factor(unit: str, mass_gram: float | None = None) -> float:
    """Factor from a unit of loading to cm3 (STP)/g.

    Volumes must be STP; a loading without "/g" is that of the whole sample and is divided by its mass.

    Raises
    ------
    InputError
        If a volume is not stated to be STP, or the unit or the mass of the sample is missing.
    """
    text = unit.strip().replace("^3", "3")
    per_gram = _per_mass(text, mass_gram)
    match = re.match(r"\(?\s*(mmol|kmol|umol|µmol|mol)", text, re.IGNORECASE)
    moles = _MOLES.factor(match[1]) if match else None
    if moles is not None:
        return moles * MOLAR_VOLUME_STP * per_gram
    if _VOLUME.search(text):
        if "stp" not in text.lower():
            raise InputError(
                f"a gas volume in {unit!r} is not stated to be STP",
                hint="at another temperature the area would be wrong severalfold: convert it, or write cm3(STP)/g",
            )
        return per_gram
    raise InputError(f"unknown unit of loading: {unit!r}", hint="known: cm3(STP)/g, mmol/g, cc(STP) with a mass")


def _per_mass(text: str, mass_gram: float | None) -> float:
    """1 for a unit per gram, 1e-3 per kilogram, one over the mass of the sample otherwise."""
    if re.search(r"(/\s*kg|kg-1|kg\^-1)", text):
        return 1e-3
    if re.search(r"(/\s*g|\bg-1|g\^-1)", text):
        return 1.0
    if not mass_gram or mass_gram <= 0:
        raise InputError(f"a loading in {text!r} is that of the whole sample, and its mass is missing")
    return 1.0 / mass_gram


def isotherm(
    pressure: Array,
    loading: Array,
    meta: Mapping[str, Json],
    branch: Array | None = None,
    notes: tuple[Note, ...] = (),
) -> Measurement:
    """A measurement from relative pressure and loading (cm3 STP/g); `branch` is 0 or 1 (desorption).

    Raises
    ------
    InputError
        If there are too few points, or values out of range.
    """
    if len(pressure) != len(loading) or len(pressure) < _FEWEST:
        raise InputError(f"{len(pressure)} pressures and {len(loading)} loadings", hint=f"{_FEWEST} of each are needed")
    if not (np.all(np.isfinite(pressure)) and np.all(np.isfinite(loading))):
        place = int(np.argmin(np.isfinite(pressure) & np.isfinite(loading))) + 1
        raise InputError(f"pressure or loading is not a number at point {place}", hint="export it again, or correct it")
    if pressure.max() > _HIGHEST:
        place = int(np.argmax(pressure > _HIGHEST)) + 1
        what = f"relative pressure {pressure[place - 1]:g} at point {place}; gas condenses near 1"
        hint = "a percentage, an absolute pressure, or a wrong digit: export p/p0, or correct the file"
        raise InputError(what, hint=hint)
    if pressure.min() < _LOWEST or np.max(np.abs(loading)) > 1e6 or loading.max() <= 0:
        what = (
            f"p/p0 from {pressure.min():.3g}, loadings from {loading.min():.3g} to {loading.max():.3g} cm3(STP)/g:"
            " out of range for an isotherm"
        )
        raise InputError(what, hint="check the units, or whether the columns are others")
    if branch is None:
        top = int(np.argmax(pressure))
        branch = (np.arange(len(pressure)) > top).astype(float)
    columns = {
        "relative_pressure": np.asarray(pressure, dtype=float),
        "loading_cm3_stp_per_gram": np.asarray(loading, dtype=float),
        "branch": np.asarray(branch, dtype=float),
    }
    return Measurement(technique="sorption", columns=columns, meta=dict(meta), notes=notes)
