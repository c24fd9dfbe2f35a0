"""Random full cells with counters of every habit, and slips of units and signs: right, refused or doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.errors import HalfcellError
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

Floats = NDArray[np.float64]

FULL = Settings(kind=CellKind.FULL)
SLIPS = ("none", "charge", "energy", "energy halved", "both", "time", "no sign", "constant voltage")
SAID = {"counter_unit", "energy_counters_differ", "counters_differ", "voltage_constant", "sign_doubtful"}


def _cell(rng: np.random.Generator) -> tuple[dict[str, Floats], list[tuple[float, float]]]:
    """Columns of a random test, and charge (Ah) and energy (Wh) of each half cycle."""
    dt, ampere = float(rng.choice([5.0, 20.0])), 10 ** rng.uniform(-4, 0.5)
    low, high, points = rng.uniform(2.5, 3.1), rng.uniform(3.6, 4.4), int(rng.integers(200, 500))
    parts: list[tuple[Floats, Floats]] = []
    truth = []
    for half in range(2 * int(rng.integers(2, 5))):
        sign = 1.0 if half % 2 == 0 else -1.0
        voltage, current = np.linspace(low, high, points)[:: int(sign)], np.full(points, sign * ampere)
        if sign > 0 and rng.random() < 0.6:
            hold = int(rng.integers(10, 60))
            voltage = np.append(voltage, np.full(hold, high))
            current = np.append(current, ampere * np.exp(-2.0 * np.arange(1, hold + 1) / hold))
        size, time = np.abs(current), dt * np.arange(len(current))
        truth.append((float(np.trapezoid(size, time)) / 3600.0, float(np.trapezoid(size * voltage, time)) / 3600.0))
        rest = int(rng.integers(3, 15))
        relaxed = voltage[-1] - 0.03 * sign * (1.0 - np.exp(-np.arange(1, rest + 1) / 3.0))
        parts.append((np.append(voltage, relaxed), np.append(current, np.zeros(rest))))
    voltage, current = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    columns = {"test_time_second": dt * np.arange(len(voltage)), "current_ampere": current}
    columns["voltage_volt"] = voltage + rng.normal(0.0, 2e-4, len(voltage))
    columns["step_id"] = np.concatenate([np.full(len(v), float(i)) for i, (v, _) in enumerate(parts)])
    return columns, truth


def _counted(columns: dict[str, Floats], rng: np.random.Generator) -> dict[str, Floats]:
    """The columns with counters: never reset or with each half cycle; for both directions, or one without sign."""
    time, current, voltage, step = (columns[name] for name in columns)
    per_step = rng.random() < 0.5

    def summed(flow: Floats) -> Floats:
        total = np.append(0.0, np.cumsum(0.5 * (flow[1:] + flow[:-1]) * np.diff(time) * (np.diff(step) == 0))) / 3600.0
        return total - total[np.searchsorted(step, step)] if per_step else total

    pre = "step_" if per_step else ""
    ways = {"charging": np.maximum(current, 0.0), "discharging": np.maximum(-current, 0.0)}
    if rng.random() < 0.4:
        ways = {"cumulative": np.abs(current)}
    made = dict(columns)
    for way, flow in ways.items():
        made[f"{pre}{way}_capacity_ah"], made[f"{pre}{way}_energy_wh"] = summed(flow), summed(flow * voltage)
    return made


def _slipped(columns: dict[str, Floats], slip: str, rng: np.random.Generator) -> dict[str, Floats]:
    factor = float(rng.choice([60.0, 1000.0, 3600.0, 1 / 60.0, 1e-3, 1 / 3600.0]))
    made = dict(columns)
    for name, values in columns.items():
        if name.endswith("_ah") and slip in {"charge", "both"}:
            made[name] = factor * values
        if name.endswith("_wh") and slip in {"energy", "both", "energy halved"}:
            made[name] = (0.5 if slip == "energy halved" else factor) * values
    if slip == "time":
        made["unix_time_second"] = 1.7e9 + columns["test_time_second"]
        made["test_time_second"] = columns["test_time_second"] / factor
    if slip == "no sign":
        made["current_ampere"] = np.abs(columns["current_ampere"])
    if slip == "constant voltage":
        made["voltage_volt"] = np.full(len(columns["voltage_volt"]), float(rng.choice([0.0, 3.7])))
    return made


def _is_right(result: CyclingResult, truth: Sequence[tuple[float, float]]) -> bool:
    """Charges, and energies where they are given, within 2 %."""
    found = [(row[f"{way}_capacity"], row[f"{way}_energy"]) for row in result.rows for way in ("charge", "discharge")]
    if len(found) != len(truth):
        return False
    charges = [abs(float(q or 0) / (1e3 * right) - 1.0) for (q, _), (right, _) in zip(found, truth, strict=True)]
    energies = [abs(float(e) / (1e3 * right) - 1.0) for (_, e), (_, right) in zip(found, truth, strict=True) if e]
    return max((*charges, *energies)) < 0.02


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("with_counters", [True, False])
def test_right_or_said(slip: str, with_counters: bool) -> None:
    outcome: Counter[str] = Counter()
    for seed in range(20):
        rng = np.random.default_rng(seed)
        columns, truth = _cell(rng)
        given = _slipped(_counted(columns, rng) if with_counters else columns, slip, rng)
        try:
            result = cycling.analyse(Measurement(technique="cycling", columns=given), FULL)
        except HalfcellError:
            outcome["refused"] += 1
            continue
        codes = {note.code for note in result.notes if note.level in {"doubt", "refused"}}
        outcome["right" if _is_right(result, truth) else "said" if codes & SAID else "wrong"] += 1
    assert outcome["wrong"] == 0
    if slip in {"none", "energy", "energy halved", "constant voltage"}:
        assert outcome == {"right": 20}
