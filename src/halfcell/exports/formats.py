"""The formats, which one a file name asks for, and a measurement written with its description."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.atomic_files import write_named
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean, load
from halfcell.core.sidecar import KEY, path_beside
from halfcell.exports import laboratory, plain_tables
from halfcell.exports.about import about, beside

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

Writer = Callable[["Measurement", dict[str, Any]], bytes]


@dataclass(frozen=True)
class Format:
    """A format: the suffixes of its files (the first is the usual one), what it is of, which columns it holds.

    `techniques` is empty for any; `columns` is empty for all columns.
    """

    summary: str
    suffixes: tuple[str, ...]
    write: Writer
    techniques: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def _bdf(form: str) -> Writer:
    def write_bdf(measurement: Measurement, own: dict[str, Any]) -> bytes:
        own["meta"].pop("step_types", None)  # the types stand in the table, in words
        key_values = {KEY: json.dumps(own, ensure_ascii=False)} if form == "parquet" else None
        return bytes(load("readers", "bdf").write(measurement, form, key_values))

    return write_bdf


_CYCLER = ("cycling", "impedance", "polarisation", "voltammetry")
_SPECTRUM = ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm")
_XRD = ("two_theta_degree", "intensity_count", "intensity_std_count")
_XAS = ("energy_electronvolt", "absorption", "reference_absorption")
_GAS = ("relative_pressure", "loading_cm3_stp_per_gram", "branch")
_EDX = ("energy_kiloelectronvolt", "count")
_DRIVE = ("test_time_second", "current_ampere")

FORMATS: dict[str, Format] = {
    "csv": Format("comma-separated text", (".csv",), plain_tables.csv),
    "parquet": Format("parquet", (".parquet",), plain_tables.parquet),
    "xlsx": Format("workbook", (".xlsx",), plain_tables.xlsx),
    "bdf": Format("Battery Data Format", (".bdf.csv",), _bdf("csv"), _CYCLER),
    "bdf.parquet": Format("Battery Data Format, parquet", (".bdf.parquet",), _bdf("parquet"), _CYCLER),
    "xye": Format("powder pattern (TOPAS, GSAS-II, FullProf)", (".xye", ".xy"), laboratory.xye, ("diffraction",), _XRD),
    "xdi": Format("X-ray absorption (Larch, Athena)", (".xdi",), laboratory.xdi, ("xas",), _XAS),
    "aif": Format("isotherm, adsorption information file", (".aif",), laboratory.aif, ("sorption",), _GAS),
    "impedance.py": Format(
        "f, Z', Z'' without heads (impedance.py)", (".csv",), laboratory.impedance_py, ("impedance",), _SPECTRUM
    ),
    "pyimpspec": Format("f, Z', Z'' (pyimpspec)", (".csv",), laboratory.pyimpspec, ("impedance",), _SPECTRUM),
    "pybamm": Format("drive cycle (PyBaMM's sign)", (".csv",), laboratory.drive_cycle, ("cycling",), _DRIVE),
    "emsa": Format("X-ray spectrum, EMSA/MAS", (".msa", ".emsa"), laboratory.emsa, ("edx",), _EDX),
}


def chosen(name: str | None, file_name: str) -> str:
    """The format that is asked for by its name, by the suffix of a file, or both.

    Raises
    ------
    InputError
        If the format is unknown, the suffix is that of none, or the two contradict each other.
    """
    if name is not None and name not in FORMATS:
        raise InputError(f"unknown format {name!r}", hint=did_you_mean(name, FORMATS))
    if not file_name:
        return name or "csv"
    by_suffix = _by_suffix(file_name)
    if name is None:
        if not by_suffix:
            known = ", ".join(dict.fromkeys(s for one in FORMATS.values() for s in one.suffixes))
            raise InputError(f"no format has the suffix of {file_name!r}", hint=f"known: {known}")
        return by_suffix[0]
    if name == "bdf" and "bdf.parquet" in by_suffix:
        return "bdf.parquet"
    if name not in by_suffix:
        usual = FORMATS[name].suffixes[0]
        hint = f"name it {Path(file_name).stem}{usual}, or leave out --to and let the suffix decide"
        raise InputError(f"--to {name} writes {usual}, but the name is {file_name!r}", hint=hint)
    return name


def _by_suffix(file_name: str) -> list[str]:
    """The formats whose suffix a name has; the longest suffix decides."""
    lower = file_name.lower()
    fitting = {
        name: max((len(s) for s in one.suffixes if lower.endswith(s)), default=0) for name, one in FORMATS.items()
    }
    longest = max(fitting.values())
    return [name for name, length in fitting.items() if length == longest and length]


def write(measurement: Measurement, path: Path, form: str) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write a measurement, and its description beside it.

    Returns
    -------
    paths, left_out
        What was written, and the columns that the format has no place for.

    Raises
    ------
    InputError
        If the format is not for this kind of measurement, or lacks a column that it needs.
    """
    own_format = FORMATS[form]
    if own_format.techniques and measurement.technique not in own_format.techniques:
        text = f"{form} is for {' or '.join(own_format.techniques)}, not for {measurement.technique}"
        raise InputError(text, measurement.where, "choose csv, parquet or xlsx")
    left_out = tuple(name for name in measurement.columns if not _holds(form, name))
    kept = {name: values for name, values in measurement.columns.items() if name not in left_out}
    own = about(measurement, form, left_out)
    content = own_format.write(dataclasses.replace(measurement, columns=kept), own)
    write_named(path, content)
    titles = content.split(b"\n", 1)[0].decode().split(",") if form in {"csv", "bdf"} else []
    write_named(path_beside(path), beside(path.name, content, own, titles))
    return (path, path_beside(path)), left_out


def _holds(form: str, column: str) -> bool:
    if form.startswith("bdf"):
        from halfcell.readers.common.bdf_names import is_defined

        return is_defined(column)
    return not FORMATS[form].columns or column in FORMATS[form].columns
