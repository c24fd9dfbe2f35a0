"""Write a cycling measurement as a text export of Neware (BTSDA) or Arbin (MITS Pro), as `text_dialect` reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Floats = NDArray[np.float64]

MARK = "Simulated by halfcell"
"""Head of a column of ones that these files have where halfcell simulated them: their formats have no comment."""
_BEGAN = "2024-01-01T00:00:00"
_NEWARE = (
    "DataPoint", "Cycle Index", "Step Index", "Step Type", "Time", "Cumulative Time", "Current(A)", "Voltage(V)",
    "Capacity(Ah)", "Chg. Cap.(Ah)", "DChg. Cap.(Ah)", "Energy(Wh)", "Chg. Energy(Wh)", "DChg. Energy(Wh)", "Date",
    "Power(W)",
)  # fmt: skip
_ARBIN = (
    "Data Point", "Date Time", "Test Time (s)", "Step Time (s)", "Cycle Index", "Step Index", "Current (A)",
    "Voltage (V)", "Power (W)", "Charge Capacity (Ah)", "Discharge Capacity (Ah)", "Charge Energy (Wh)",
    "Discharge Energy (Wh)",
)  # fmt: skip


class _Record(NamedTuple):
    """Columns that both exports share: numbers of records, steps and cycles, times, readings, amounts of each step."""

    step: NDArray[np.int64]
    cycle: NDArray[np.int64]
    first: NDArray[np.int64]  # of each record: the first record of its step
    second: Floats
    ampere: Floats
    volt: Floats
    charge: Floats  # Ah since the first record, signed
    energy: Floats  # Wh since the first record, signed
    held: NDArray[np.bool_]
    began: datetime

    def since_step(self, values: Floats) -> Floats:
        """Values less those at the first record of the step."""
        found: Floats = values - values[self.first]
        return found


def write_neware(measurement: Measurement) -> bytes:
    """Write a cycling test as BTSDA of Neware exports records: one row each, amounts of a step from 0.

    Times have milliseconds, currents and amounts eight decimals (A, Ah), voltages five.

    Raises
    ------
    InputError
        If it is no cycling test, or a column is missing.
    """
    record = _record(measurement)
    charge, energy = record.since_step(record.charge), record.since_step(record.energy)
    since = record.second - record.second[record.first]
    rows = [
        (
            f"{k + 1},{record.cycle[k]},{record.step[k]},{_neware_type(record, k)},"
            f"{_clock(since[k])},{_clock(record.second[k] - record.second[0])},"
            f"{record.ampere[k]:.8f},{record.volt[k]:.5f},{abs(charge[k]):.8f},{max(0.0, charge[k]):.8f},"
            f"{max(0.0, -charge[k]):.8f},{abs(energy[k]):.8f},{max(0.0, energy[k]):.8f},{max(0.0, -energy[k]):.8f},"
            f"{record.began + timedelta(seconds=float(record.second[k])):%Y-%m-%d %H:%M:%S},"
            f"{record.ampere[k] * record.volt[k]:.8f}"
        )
        for k in range(len(record.step))
    ]
    return _text(_NEWARE, rows, simulated=measurement.is_simulated)


def write_arbin(measurement: Measurement) -> bytes:
    """Write a cycling test as MITS Pro of Arbin exports records: one row each, amounts of the whole test.

    Raises
    ------
    InputError
        If it is no cycling test, or a column is missing.
    """
    record = _record(measurement)
    passed = {sign: np.cumsum(np.maximum(sign * np.diff(record.charge, prepend=0.0), 0.0)) for sign in (1, -1)}
    energy = {sign: np.cumsum(np.maximum(sign * np.diff(record.energy, prepend=0.0), 0.0)) for sign in (1, -1)}
    rows = []
    for k in range(len(record.step)):
        date = record.began + timedelta(seconds=float(record.second[k]))
        rows.append(
            f"{k + 1},\t{date:%m/%d/%Y %H:%M:%S}.{date.microsecond // 1000:03d},{record.second[k]:.4f},"
            f"{record.second[k] - record.second[record.first[k]]:.4f},{record.cycle[k]},{record.step[k]},"
            f"{record.ampere[k]:.9G},{record.volt[k]:.7G},{record.ampere[k] * record.volt[k]:.9G},"
            f"{passed[1][k]:.9G},{passed[-1][k]:.9G},{energy[1][k]:.9G},{energy[-1][k]:.9G}"
        )
    return _text(_ARBIN, rows, simulated=measurement.is_simulated)


def _record(measurement: Measurement) -> _Record:
    """The columns of a test; steps begin where the step, the cycle or the direction of the current changes."""
    if measurement.technique != "cycling":
        raise InputError(f"{measurement.technique} data cannot be written as a cycler's text export")
    columns = measurement.columns
    second, ampere, volt = (measurement[name] for name in ("test_time_second", "current_ampere", "voltage_volt"))
    zero = np.zeros(len(second))
    step, cycle = columns.get("step_id", zero), columns.get("cycle_count", zero + 1)
    new = (np.diff(step) != 0) | (np.diff(cycle) != 0) | (np.diff(np.sign(ampere)) != 0)
    first = np.maximum.accumulate(np.where(np.append(True, new), np.arange(len(second)), 0))
    charge = columns.get("net_capacity_ah")
    if charge is None:
        charge = np.append(0.0, np.cumsum(np.diff(second) * (ampere[1:] + ampere[:-1]) / 2)) / 3600
    energy = np.append(0.0, np.cumsum(np.diff(charge) * (volt[1:] + volt[:-1]) / 2))
    words, codes = measurement.meta.get("step_types", {}), columns.get("step_type_code", zero)
    holds = [float(code) for code, word in words.items() if str(word).upper().startswith("CV")]
    return _Record(
        step=np.append(1, 1 + np.cumsum(new)).astype(np.int64),
        cycle=np.asarray(cycle, dtype=np.int64),
        first=first,
        second=second,
        ampere=ampere,
        volt=volt,
        charge=charge - charge[0],
        energy=energy,
        held=np.isin(codes, holds),
        began=datetime.fromisoformat(str(measurement.meta.get("started", _BEGAN))),
    )


def _neware_type(record: _Record, k: int) -> str:
    """Neware's name of the step of a record."""
    if record.ampere[k] == 0:
        return "Rest"
    return f"{'CV' if record.held[k] else 'CC'} {'Chg' if record.ampere[k] > 0 else 'DChg'}"


def _clock(second: float) -> str:
    """Hours, minutes and seconds with milliseconds."""
    whole = round(second * 1000)
    minutes, milli = divmod(whole, 60000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{milli // 1000:02d}.{milli % 1000:03d}"


def _text(heads: Sequence[str], rows: Sequence[str], *, simulated: bool) -> bytes:
    more, entry = (f",{MARK}", ",1") if simulated else ("", "")
    return "\n".join([",".join(heads) + more, *(row + entry for row in rows), ""]).encode()
