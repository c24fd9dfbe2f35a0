"""Sorption isotherms as JSON, saved by pyGAPS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.isotherm import adsorptive_name, isotherm, loading_factor, pascals

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".json",)

_N2_SATURATION_PASCAL = 101325.0  # at 77.355 K, the normal boiling point


def recognises(raw: RawFile) -> bool:
    """Whether there are isotherm data and an adsorbate."""
    return b'"isotherm_data"' in raw.head and b'"adsorbate"' in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one isotherm. Absolute pressures are only read for nitrogen at its normal boiling point."""
    try:
        held = json.loads(raw.text())
        points = held["isotherm_data"]
        pressure = np.array([point["pressure"] for point in points], dtype=float)
        loading = np.array([point["loading"] for point in points], dtype=float)
    except json.JSONDecodeError as error:
        raise InputError(f"the JSON is not complete: {error.msg}", f"line {error.lineno}", "save it again") from error
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        hint = "expected isotherm_data, a list of points, each with a number for pressure and for loading"
        raise InputError(f"unknown layout: {error}", hint=hint) from error
    basis = "cm3 at temperature" if held.get("loading_basis") == "volume_gas" else str(held.get("loading_unit"))
    factor = loading_factor(f"{basis}/{held.get('material_unit')}")
    temperature = float(held.get("temperature", 0.0))
    name = adsorptive_name(str(held["adsorbate"]))
    meta: dict[str, Json] = {
        "title": str(held.get("material", "")),
        "instrument": str(held.get("instrument", "")),
        "adsorptive": name,
        "temperature_kelvin": temperature,
        "vendor": {},
    }
    return (isotherm(pressure * _relative(held, name, temperature), loading * factor, meta),)


def _relative(held: dict[str, Json], name: str, temperature: float) -> float:
    """Factor from the pressure in the file to the relative pressure."""
    mode = str(held.get("pressure_mode", "absolute"))
    if mode.startswith("relative"):
        return 0.01 if mode.endswith("%") else 1.0
    if name != "N2" or abs(temperature - 77.355) > 0.2:
        raise InputError("the saturation pressure is missing", hint="save the relative pressure")
    return pascals(str(held.get("pressure_unit", ""))) / _N2_SATURATION_PASCAL
