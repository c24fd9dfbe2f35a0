"""Arbin binary files (.res, an Access database) of MITS 4 to 8: cycling, with the counters of the schedule."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import access_database, record_checks

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".res",)

_NAMES = {
    "record_index": "Data_Point",
    "test_time_second": "Test_Time",
    "step_time_second": "Step_Time",
    "cycle_count": "Cycle_Index",
    "step_id": "Step_Index",
    "voltage_volt": "Voltage",
    "current_ampere": "Current",
    "schedule_charging_capacity_ah": "Charge_Capacity",
    "schedule_discharging_capacity_ah": "Discharge_Capacity",
    "schedule_charging_energy_wh": "Charge_Energy",
    "schedule_discharging_energy_wh": "Discharge_Energy",
    "internal_resistance_ohm": "Internal_Resistance",
    "ac_internal_resistance_ohm": "ACR",
}
_NEEDED = ("record_index", "test_time_second", "voltage_volt", "current_ampere", "cycle_count")
_WHOLE = {"record_index", "cycle_count", "step_id"}
_VENDOR = {"mass_g": "MASS", "specific_capacity_ah_per_g": "Specific_Capacity", "schedule": "Schedule_File_Name"}
_DAY, _EPOCH = 86400.0, 25569.0  # Access counts days since 1899-12-30; 1970-01-01 is day 25569


def recognises(raw: RawFile) -> bool:
    """Whether the file is an Access database (only Arbin uses .res for one); `parse` checks for Arbin's tables."""
    return raw.head[4:19] in {b"Standard Jet DB", b"Standard ACE DB"}


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read all tests in the file, sorted by record number (Access does not keep the order).

    Raises
    ------
    InputError
        If the file is truncated or damaged, or not from an Arbin cycler.
    """
    with raw.on_disk() as path:
        table = access_database.tables(path)
        rows, about, auxiliary = (table(n) for n in ("Channel_Normal_Table", "Global_Table", "Auxiliary_Table"))
    if any(values.dtype == object for name, values in rows.items() if name in (*_NAMES.values(), "Test_ID")):
        raise InputError("unknown layout of the table Channel_Normal_Table", hint="export it as .csv or .xlsx")
    if not rows:
        text = "the database has no rows in Arbin's Channel_Normal_Table"
        raise InputError(text, hint="the test was stopped before its first record, or this is not an Arbin file")
    tests = np.unique(rows["Test_ID"]) if "Test_ID" in rows else np.zeros(1)
    return tuple(_test(_of(rows, test), _of(about, test), _of(auxiliary, test)) for test in tests)


def _of(table: access_database.Table, test: float) -> access_database.Table:
    """The rows of one test."""
    if "Test_ID" not in table:
        return table
    own = table["Test_ID"] == test
    return table if own.all() else {name: values[own] for name, values in table.items()}


def _test(rows: access_database.Table, about: access_database.Table, auxiliary: access_database.Table) -> Measurement:
    columns: access_database.Table = {}
    with np.errstate(all="ignore"):  # overflows of a damaged file; checked below
        for name, theirs in _NAMES.items():
            if theirs in rows:
                columns[name] = rows[theirs] if name in _WHOLE else rows[theirs].astype(np.float64)
        if "DateTime" in rows:
            columns["unix_time_second"] = (rows["DateTime"].astype(np.float64) - _EPOCH) * _DAY
    for name in ("internal_resistance_ohm", "ac_internal_resistance_ohm"):
        if name in columns and not np.any(columns[name]):
            del columns[name]
    notes = []
    index = columns.get("record_index", np.zeros(0))
    if back := int(np.count_nonzero(index[1:] < index[:-1])):
        order = np.argsort(index, kind="stable")
        columns = {name: values[order] for name, values in columns.items()}
        text = f"{back} of {len(index)} records were out of order; sorted by record number"
        notes.append(Note("correction", "rows_sorted", text))
    columns |= _auxiliary(auxiliary, columns.get("record_index"))
    checked = record_checks.check(columns, _NEEDED)
    return Measurement(technique="cycling", columns=columns, meta=_meta(about, columns), notes=(*notes, *checked))


def _auxiliary(table: access_database.Table, index: access_database.Values | None) -> access_database.Table:
    """Auxiliary channels, joined by record number: type 0 are voltages, type 1 temperatures."""
    if index is None or not table or "Auxiliary_Index" not in table:
        return {}
    found: access_database.Table = {}
    kinds = ((1, "temperature_t{}_celsius", 5), (0, "auxiliary_voltage_{}_volt", 2))
    for kind, pattern, most in kinds:
        channels = np.unique(table["Auxiliary_Index"][table["Data_Type"] == kind])
        channels = channels[np.isfinite(channels)][:most]
        for number, channel in enumerate(channels, start=1):
            own = (table["Data_Type"] == kind) & (table["Auxiliary_Index"] == channel)
            order = np.argsort(table["Data_Point"][own])
            points, values = table["Data_Point"][own][order], table["X"][own][order].astype(np.float64)
            places = np.clip(np.searchsorted(points, index), 0, len(points) - 1)
            found[pattern.format(number)] = np.where(points[places] == index, values[places], np.nan)
    return found


def _meta(about: access_database.Table, columns: access_database.Table) -> dict[str, Json]:
    meta: dict[str, Json] = {"instrument": "Arbin"}
    title, day = access_database.first(about, "Test_Name"), access_database.first(about, "Start_DateTime")
    if title:
        meta["title"] = str(title)
    second = (float(day) - _EPOCH) * _DAY if day else None
    if second is None and "unix_time_second" in columns:
        second = float(columns["unix_time_second"][0])
    if second is not None and 0 < second < 4e9:  # years 1970 to 2096
        meta["started"] = datetime.fromtimestamp(round(second, 3), UTC).replace(tzinfo=None).isoformat()
    vendor = {ours: access_database.first(about, theirs) for ours, theirs in _VENDOR.items()}
    return meta | {"vendor": {name: value for name, value in vendor.items() if value}}
