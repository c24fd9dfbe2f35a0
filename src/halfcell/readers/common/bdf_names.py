"""Column headers of BDF (Battery Data Format): machine names, labels like ``Voltage / V``, old names, other units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.vocabulary import vocabulary
from halfcell.readers.common import column_units

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {
    "second": "s",
    "volt": "V",
    "ampere": "A",
    "ah": "Ah",
    "wh": "Wh",
    "watt": "W",
    "ohm": "ohm",
    "celsius": "degC",
    "pa": "Pa",
    "hertz": "Hz",
    "degree": "deg",
    "count": "1",
    "index": "1",
    "code": "1",
}
_LABELS = {"step_id": "Step ID", "step_type": "Step Type"}
_WORDS = {"dc": "DC", "ac": "AC", "t1": "T1", "t2": "T2", "t3": "T3", "t4": "T4", "t5": "T5"}
_OLD = {  # names of earlier versions and of other converters -> present name, factor
    "test_time_millisecond": ("test_time_second", 1e-3),
    "unix_time_millisecond": ("unix_time_second", 1e-3),
    "date_time_millisecond": ("unix_time_second", 1e-3),
    "cycle_dimensionless": ("cycle_count", 1.0),
    "step_capacity_ah": ("step_cumulative_capacity_ah", 1.0),
    "step_energy_wh": ("step_cumulative_energy_wh", 1.0),
    "charge_capacity_ah": ("charging_capacity_ah", 1.0),
    "discharge_capacity_ah": ("discharging_capacity_ah", 1.0),
    "charge_energy_wh": ("charging_energy_wh", 1.0),
    "discharge_energy_wh": ("discharging_energy_wh", 1.0),
    "temperature_celsius": ("temperature_t1_celsius", 1.0),
    "surface_temperature_t1_celsius": ("temperature_t1_celsius", 1.0),
    "surface_temperature_t2_celsius": ("temperature_t2_celsius", 1.0),
    "surface_temperature_t3_celsius": ("temperature_t3_celsius", 1.0),
    "step_index": ("step_index", 1.0),
    "step_type": ("step_type", 1.0),
}
_NOT_DEFINED = {
    "half_cycle_count",
    "half_cycle_net_capacity_ah",
    "counter_electrode_volt",
    "auxiliary_voltage_1_volt",
    "auxiliary_voltage_2_volt",
    "impedance_std_ohm",
}


def is_defined(name: str) -> bool:
    """Whether BDF (ontology 1.3.0 of 2026-07-17) defines a column; others of ours have labels of the same form."""
    return name == "step_type_code" or name not in _NOT_DEFINED


def has_label(name: str) -> bool:
    """Whether a column's name ends in a unit that BDF has a label for."""
    return name in _LABELS or name.rsplit("_", maxsplit=1)[-1] in _UNITS


def label(name: str) -> str:
    """The preferred label of a column: ``voltage_volt`` -> ``Voltage / V``, ``cycle_count`` -> ``Cycle Count / 1``."""
    if name in _LABELS:
        return _LABELS[name]
    *words, last = name.split("_")
    if last in {"count", "index", "code"}:
        words.append(last)
    title = " ".join(_WORDS.get(word, word.capitalize()) for word in words)
    return f"{title} / {_UNITS[last]}"


def places(headers: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Match column headers: canonical name -> (index of the column, factor).

    Besides canonical names there are ``step_index`` and ``step_type``. Of two columns of one name the first is taken.
    """
    known = {**vocabulary()["column"]["cycling"], **vocabulary()["column"]["impedance"]}
    found: dict[str, tuple[int, float]] = {}
    for place, header in enumerate(headers):
        match = _named(header.strip().strip('"').strip(), known)
        if match and match[0] not in found:
            found[match[0]] = (place, match[1])
    return found


def _named(header: str, known: dict[str, object]) -> tuple[str, float] | None:
    if header in known or header in _OLD:
        return _OLD.get(header, (header, 1.0))
    base, slash, unit = (part.strip() for part in header.partition(" / "))
    slug = re.sub(r"[^a-z0-9]+", "_", base.lower()).strip("_")
    if slug in {"step_id", "step_type"}:
        return slug, 1.0
    endings = ("", *(f"_{suffix}" for suffix in _UNITS)) if slash else ()
    name = next((slug + ending for ending in endings if slug + ending in known or slug + ending in _OLD), None)
    factor = column_units.factor(unit)
    if factor is None:
        return None
    now, old = _OLD.get(name or "", (name, 1.0))
    return (now, factor * old) if now else None
