"""BioLogic's columns as canonical columns: what .mpr and .mpt files have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import impedance_spectra, record_checks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[Any]  # floats or integers

MODES = {"1": "galvanostatic", "2": "potentiostatic", "3": "open circuit"}
_WORDS = (  # a word in the name of EC-Lab's technique -> ours
    ("impedance", "impedance"),
    ("voltammetry", "voltammetry"),
    ("sweep", "voltammetry"),
    ("polarization", "voltammetry"),
    ("chronoamperometry", "polarisation"),
    ("galvanostatic", "cycling"),
    ("chronopotentiometry", "cycling"),
    ("modulo bat", "cycling"),
    ("open circuit", "cycling"),
    ("battery", "cycling"),
    ("constant", "cycling"),
)
_FIRST_OF: dict[
    str, tuple[tuple[str, float], ...]
] = {  # canonical name -> BioLogic's names and factor; the first found is taken
    "test_time_second": (("time/s", 1.0),),
    "voltage_volt": (("Ewe/V", 1.0), ("<Ewe>/V", 1.0), ("<Ewe/V>", 1.0), ("Ecell/V", 1.0), ("<Ecell>/V", 1.0)),
    "current_ampere": (("I/mA", 1e-3), ("<I>/mA", 1e-3), ("<I/mA>", 1e-3), ("I/A", 1.0), ("<I>/A", 1.0)),
    "cycle_count": (("cycle number", 1.0),),
    "half_cycle_count": (("half cycle", 1.0),),
    "step_id": (("Ns", 1.0),),
    "step_type_code": (("mode", 1.0),),
    "net_capacity_ah": (("(Q-Qo)/mA.h", 1e-3), ("(Q-Qo)/C", 1 / 3600)),
    "half_cycle_net_capacity_ah": (("Q charge/discharge/mA.h", 1e-3),),
    "counter_electrode_volt": (("Ece/V", 1.0), ("<Ece>/V", 1.0), ("<Ecv>/V", 1.0)),
}
_KEPT = {  # columns kept for techniques other than cycling, which keeps all
    "voltammetry": ("test_time_second", "voltage_volt", "current_ampere", "cycle_count", "net_capacity_ah"),
    "polarisation": ("test_time_second", "voltage_volt", "current_ampere", "cycle_count", "net_capacity_ah"),
}
_HEADS = re.compile(rb"^(?:mode\tox/red\terror\t|freq/Hz\tRe\(Z\)/Ohm\t-Im\(Z\)/Ohm\t)")
_KEPT_BY_ALL = ("step_id", "counter_electrode_volt")


def begins_with_heads(head: bytes) -> bool:
    """Whether a text begins with EC-Lab's column heads, without its header."""
    return bool(_HEADS.match(head))


def technique_of(protocol: str, names: tuple[str, ...]) -> str:
    """The technique of a file, from EC-Lab's name of the protocol; if that is unknown, from the columns."""
    low = protocol.lower()
    for word, technique in _WORDS:
        if word in low:
            return technique
    if "freq/Hz" in names and "half cycle" not in names:
        return "impedance"
    return "cycling" if "half cycle" in names or "dq/mA.h" in names else "voltammetry"


def measurements(
    table: Mapping[str, Array], protocol: str, meta: Mapping[str, Json], notes: tuple[Note, ...] = ()
) -> tuple[Measurement, ...]:
    """Make the measurements of one BioLogic file from its columns.

    Parameters
    ----------
    table
        EC-Lab's column names -> values; ``mode`` is 1 galvanostatic, 2 potentiostatic, 3 open circuit.
    protocol
        EC-Lab's name of the technique.
    meta, notes
        What else the file states; what the reader noted.

    Raises
    ------
    InputError
        If a required column is missing, there are no records, or values are out of any range.
    """
    technique = technique_of(protocol, tuple(table))
    shared = {"protocol": protocol, "instrument": "BioLogic", **meta}
    spectra = _impedance(table, shared, notes, technique == "impedance")
    if technique == "impedance":
        return spectra
    columns, more = _columns(table)
    checked = record_checks.check(columns, ("test_time_second", "voltage_volt"))
    kept = {n: c for n, c in columns.items() if technique == "cycling" or n in (*_KEPT[technique], *_KEPT_BY_ALL)}
    if "step_type_code" in kept:
        shared = {**shared, "step_types": MODES}
    return (Measurement(technique=technique, columns=kept, meta=shared, notes=(*notes, *more, *checked)), *spectra)


def _columns(table: Mapping[str, Array]) -> tuple[dict[str, Array], list[Note]]:
    columns: dict[str, Array] = {}
    for name, choices in _FIRST_OF.items():
        for given, factor in choices:
            if given in table:
                values = np.asarray(table[given], dtype=np.float64)
                columns[name] = values if factor == 1.0 else values * factor
                break
    notes = []
    if "cycle_count" not in columns and "half_cycle_count" in columns:
        columns["cycle_count"] = columns["half_cycle_count"] // 2
        text = "no cycle number in the file; derived as half-cycle number // 2, as EC-Lab does"
        notes.append(Note("info", "cycle_number_derived", text))
    if "current_ampere" not in columns and "voltage_volt" in columns:
        columns["current_ampere"], note = _current(table, len(columns["voltage_volt"]))
        notes.append(note)
    if "counter_electrode_volt" in columns:
        text = "a counter electrode was recorded: the voltage is Ewe versus the reference, not the cell voltage"
        notes.append(Note("info", "reference_electrode", text))
    return columns, notes


def _current(table: Mapping[str, Array], count: int) -> tuple[Array, Note]:
    """Calculate the current: I = dq / dt, as EC-Lab does when it exports; zero at open circuit."""
    for name, factor in (("dq/mA.h", 3.6), ("dQ/C", 1.0)):
        if name in table and "time/s" in table:
            step = np.diff(table["time/s"], prepend=np.nan)
            charge = np.asarray(table[name], dtype=np.float64) * factor
            current = np.divide(charge, step, out=np.zeros(count), where=step > 0)
            return current, Note(
                "correction",
                "current_rebuilt",
                f"no current in the file; calculated from {name} and the time since the previous record",
            )
    mode = table.get("mode")
    if mode is None or bool(np.all(np.asarray(mode) == 3)):
        return np.zeros(count), Note("info", "current_at_rest", "no current in the file (open circuit); set to zero")
    text = "the file contains neither current nor charge"
    return np.full(count, np.nan), Note("doubt", "current_absent", text)


def _impedance(
    table: Mapping[str, Array], meta: Mapping[str, Json], notes: tuple[Note, ...], wanted: bool
) -> tuple[Measurement, ...]:
    """The impedance spectra in a file: the records with a frequency, split where a new sweep begins."""
    if "freq/Hz" not in table:
        if wanted:
            raise InputError("an impedance file without a frequency column", hint="export it with freq/Hz")
        return ()
    rows = np.flatnonzero(np.asarray(table["freq/Hz"]) > 0)
    if not len(rows) and not wanted:
        return ()
    columns = _spectrum_columns({name: np.asarray(values)[rows] for name, values in table.items()})
    checked = record_checks.check(columns, ("frequency_hertz", "real_impedance_ohm", "imaginary_impedance_ohm"))
    name = next((n for n in ("z cycle", "cycle number") if n in table), None)
    counter = np.asarray(table[name])[rows] if name else None
    parts = impedance_spectra.split(columns["frequency_hertz"], counter)
    return tuple(
        Measurement(
            technique="impedance",
            columns={n: c[part] for n, c in columns.items()},
            meta={**meta, "spectrum": number + 1, "spectra": len(parts)},
            notes=(*notes, *checked),
        )
        for number, part in enumerate(parts)
    )


def _spectrum_columns(table: Mapping[str, Array]) -> dict[str, Array]:
    columns = {"frequency_hertz": np.asarray(table["freq/Hz"], dtype=np.float64)}
    if "Re(Z)/Ohm" in table and "-Im(Z)/Ohm" in table:
        columns["real_impedance_ohm"] = np.asarray(table["Re(Z)/Ohm"], dtype=np.float64)
        columns["imaginary_impedance_ohm"] = -np.asarray(table["-Im(Z)/Ohm"], dtype=np.float64)
    elif "|Z|/Ohm" in table and "Phase(Z)/deg" in table:
        phase = np.deg2rad(np.asarray(table["Phase(Z)/deg"], dtype=np.float64))
        columns["real_impedance_ohm"] = table["|Z|/Ohm"] * np.cos(phase)
        columns["imaginary_impedance_ohm"] = table["|Z|/Ohm"] * np.sin(phase)
    for name in ("test_time_second", "voltage_volt", "current_ampere"):
        for given, factor in _FIRST_OF[name]:
            if given in table:
                columns[name] = np.asarray(table[given], dtype=np.float64) * factor
                break
    return columns
