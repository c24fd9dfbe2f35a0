"""Workbooks of Micromeritics, BELSORP and 3P, and text of Quantachrome: isotherms, read with adsorption-file-parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require
from halfcell.core.units import UnitSet
from halfcell.readers.common import micromeritics_report
from halfcell.readers.common.isotherm import MARK, adsorptive_name, isotherm, loading_factor, pascals
from halfcell.readers.common.spreadsheets import damaged, mentions, number, quiet_xlrd, sheets

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "5"
SUFFIXES = (".xls", ".xlsx", ".txt")

_3P = {
    "bet_surface_area:": "bet_area",
    "c:": "bet_c",
    "vm:": "monolayer",
    "micropore_volume:": "micropore_volume",
    "external_surface_area:": "external_area",
    "bjh_adsorption_cumulative_pore_volume:": "bjh_volume_adsorption",
    "bjh_desorption_cumulative_pore_volume:": "bjh_volume_desorption",
}
_MASS = UnitSet(("g", "mg", "kg"), into=("g",), any_case=False)


def recognises(raw: RawFile) -> bool:
    """Whether it is an export of one of these manufacturers."""
    return sniff(raw) is not None


def sniff(raw: RawFile) -> tuple[str, str, dict[str, str]] | None:
    """Manufacturer, format and options for adsorption-file-parser; None if the file is not one of these exports."""
    head = raw.head
    if head.startswith((b"\xd0\xcf\x11\xe0", b"PK\x03\x04")):
        return _sniff_workbook(raw)
    if b"Quantachrome" in head and (b"Volume @ STP" in head or b"Raw Analysis" in head):
        return "qnt", "txt-raw", {}
    return None


def _sniff_workbook(raw: RawFile) -> tuple[str, str, dict[str, str]] | None:
    if mentions(raw, "Isotherm Tabular Report"):
        return "mic", "xl", {}
    if mentions(raw, "Charge Name", "Adsorbate"):
        return "3p", "xl", {}
    if mentions(raw, "[Adsorption / desorption isotherm]", "Saturated vapor pressure"):
        return "bel", "xl", {}
    return None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one isotherm. The loading of a whole sample is divided by its mass."""
    quiet_xlrd()  # before the parser imports it
    afp = require("adsorption_file_parser", "sorption")
    afp.logger.handlers.clear()  # its own handler prints to standard output
    found = sniff(raw)
    if found is None:
        raise InputError("unknown manufacturer")
    maker, kind, options = found
    with damaged("report", raw.read()):
        try:
            with raw.on_disk() as path:
                meta, data = afp.read(str(path), manufacturer=maker, fmt=kind, **options)
            return (_measurement(raw, maker, meta, data),)
        except afp.ParsingError as error:
            raise InputError(f"the report cannot be read: {error}", hint="export it again") from error


def _measurement(raw: RawFile, maker: str, meta: dict[str, Json], data: dict[str, Json]) -> Measurement:
    mass = _mass(meta)
    unit = f"{meta.get('loading_unit', '')}/{meta['material_unit']}" if maker != "qnt" else str(meta["loading_unit"])
    loading = np.array(data["loading"], dtype=float) * loading_factor(unit, mass)
    pressure = _pressure(meta, data)
    branch = np.array(data["branch"], dtype=float) if "branch" in data else None
    kept_rows = _measured(data)
    pressure, loading = pressure[kept_rows], loading[kept_rows]
    branch = branch[kept_rows] if branch is not None else None
    kept: dict[str, Json] = {
        "title": str(meta.get("material", "") or ""),
        "instrument": str(meta.get("apparatus", maker)),
        "started": str(meta.get("date", "")),
        "adsorptive": adsorptive_name(str(meta.get("adsorbate", ""))),
        "vendor": _vendor(raw, maker, meta),
    }
    if (saturation := _saturation(meta, data)) is not None:
        kept["saturation_pascal"] = saturation
    temperature = _kelvin(meta)
    if temperature is not None:
        kept["temperature_kelvin"] = temperature
    if mass:
        kept["sample_mass_gram"] = mass
    if any(MARK in str(value) for value in meta.values()):
        kept["simulated"] = True
    return isotherm(pressure, loading, kept, branch)


def _measured(data: dict[str, Json]) -> np.ndarray:
    """Which rows are points: the row of zeros that ends a branch is none."""
    columns = [
        np.array(data[name], dtype=float) for name in ("pressure", "pressure_saturation", "loading") if name in data
    ]
    return np.asarray(np.any(np.stack(columns) != 0, axis=0))


def _mass(meta: dict[str, Json]) -> float | None:
    """The mass of the sample in grams."""
    for key in ("material_mass", "試料重量"):
        value = micromeritics_report.first_number(meta.get(key))
        if value is not None and value > 0:
            return value * (_MASS.factor(str(meta.get("material_mass_unit", "g"))) or 1.0)
    return None


def _kelvin(meta: dict[str, Json]) -> float | None:
    """The temperature of the bath in K; a negative one is in degC whatever the unit."""
    value = number(meta.get("temperature"))
    if value is None:
        return None
    return value + 273.15 if "C" in str(meta.get("temperature_unit", "K")) or value < 0 else value


def _saturation(meta: dict[str, Json], data: dict[str, Json]) -> float | None:
    """The median of the saturation pressures (Pa) that the file has."""
    values = np.array(data.get("pressure_saturation", ()), dtype=float)
    values = values[values > 0]
    if not len(values) or not meta.get("pressure_unit"):
        return None
    return float(np.median(values)) * pascals(str(meta["pressure_unit"]))


def _pressure(meta: dict[str, Json], data: dict[str, Json]) -> np.ndarray:
    """Relative pressure from the file, or pressure over saturation pressure."""
    if "pressure_relative" in data:
        return np.array(data["pressure_relative"], dtype=float)
    pressure = np.array(data["pressure"], dtype=float)
    if meta.get("pressure_mode") == "relative":
        return pressure
    if "pressure_saturation" in data:
        saturation = np.array(data["pressure_saturation"], dtype=float)
        return np.asarray(pressure / np.where(saturation > 0, saturation, np.nan))
    pascals(str(meta.get("pressure_unit", "")))
    raise InputError("the saturation pressure is missing", hint="export the relative pressure")


def _vendor(raw: RawFile, maker: str, meta: dict[str, Json]) -> dict[str, Json]:
    """Results of the instrument."""
    if maker == "3p":
        return {key: value for word, key in _3P.items() if (value := number(meta.get(word))) is not None}
    if maker == "mic":
        return {
            key: value for rows in sheets(raw).values() for key, value in micromeritics_report.derived(rows).items()
        }
    return {}
