"""Resistances and diffusion coefficients from pulses: a sphere of known diffusion coefficient with a known resistance.

The truth is a finite-volume solution of Fick's second law in a sphere, not the formula of the analysis.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

RADIUS, OHM = 5e-6, 4.0  # m, ohm
SLOPE = -1.2  # V per unit of filling, of the open-circuit voltage
HALF = Settings(kind=CellKind.CATHODE_HALF)


def _titration(diffusion: float, pulse_s: float, rest_s: float, noise_v: float = 0.0, steps: int = 12) -> Measurement:
    """A spherical particle that is filled by pulses of 1 mA; each adds 1 % of its capacity."""
    shells, dt = 60, 2.0
    edge = np.linspace(0.0, RADIUS, shells + 1)
    volume, area = np.diff(edge**3) / 3.0, edge**2
    width = np.diff(0.5 * (edge[1:] + edge[:-1]))
    conduct = np.concatenate(([0.0], area[1:-1] / width, [0.0])) * diffusion
    matrix = np.diag(-(conduct[1:] + conduct[:-1])) + np.diag(conduct[1:-1], 1) + np.diag(conduct[1:-1], -1)
    inverse = np.linalg.inv(np.eye(shells) - dt * matrix / volume[:, None])
    filling, rows = np.full(shells, 0.2), []
    flux = 0.01 * volume.sum() / pulse_s
    for _ in range(steps):
        for lasts, on in ((rest_s, 0.0), (pulse_s, 1.0)):
            for _ in range(round(lasts / dt)):
                gained = np.zeros(shells)
                gained[-1] = on * flux / volume[-1]
                filling = inverse @ (filling + dt * gained)
                surface = filling[-1] + on * flux / area[-1] * 0.5 * (edge[-1] - edge[-2]) / diffusion
                rows.append((-1e-3 * on, 4.0 + SLOPE * surface - 1e-3 * OHM * on))
    current, voltage = np.array(rows).T
    voltage = voltage + np.random.default_rng(0).normal(0.0, noise_v, len(voltage))
    columns = {"test_time_second": dt * np.arange(len(rows)), "current_ampere": current, "voltage_volt": voltage}
    return Measurement(technique="cycling", columns=columns)


def _analysed(diffusion: float, pulse_s: float, rest_s: float, noise_v: float = 0.0) -> CyclingResult:
    settings = dataclasses.replace(HALF, diffusion_length_um=1e6 * RADIUS / 3.0, pulse_after_s=2.0)
    return cycling.analyse(_titration(diffusion, pulse_s, rest_s, noise_v), settings)


@pytest.mark.parametrize("diffusion", [1e-16, 3e-16])
@pytest.mark.parametrize("noise_v", [0.0, 5e-5])
def test_the_diffusion_coefficient_is_found(diffusion: float, noise_v: float) -> None:
    """Within a factor of 1.5: the formula is that of a plane, the particle a sphere (Weppner and Huggins 1977)."""
    result = _analysed(diffusion, 300.0, 14400.0, noise_v)
    assert result["diffusion_coefficient"].value == pytest.approx(1e4 * diffusion, rel=0.5)
    assert result["diffusion_coefficient"].unit == "cm2/s"


def test_the_resistance_is_that_after_the_stated_time() -> None:
    result = _analysed(3e-15, 600.0, 7200.0)
    assert result["pulse_resistance"].value == pytest.approx(OHM, rel=0.25)
    assert result["pulse_count"].value == 12


def test_pulses_that_are_too_long_or_rests_that_are_too_short_give_none() -> None:
    """D t / L2 far above one: the particle is filled evenly, and the formula would print its own artefact."""
    fast = _analysed(1e-13, 1200.0, 7200.0)
    assert "diffusion_coefficient" not in fast.quantities
    assert {n.code: n.level for n in fast.notes}["diffusion_refused"] == "refused"
    hasty = _analysed(1e-16, 300.0, 300.0)
    assert "diffusion_coefficient" not in hasty.quantities


def _thinned(full: Measurement, rest_every_s: float, *, step_time: bool) -> Measurement:
    """The record with rests read every so many seconds, counted from their beginning, and without their last record."""
    time, live = full["test_time_second"], full["current_ampere"] != 0
    begins = np.flatnonzero(np.append(True, live[1:] != live[:-1]))
    since = time - np.append(0.0, time)[begins][np.cumsum(np.append(True, live[1:] != live[:-1])) - 1]
    keep = live | (np.abs(since / rest_every_s - np.round(since / rest_every_s)) < 1e-9)
    columns = {name: values[keep] for name, values in full.columns.items()}
    return dataclasses.replace(full, columns=columns | ({"step_time_second": since[keep]} if step_time else {}))


@pytest.mark.parametrize("step_time", [True, False])
def test_rests_that_are_read_rarely_do_not_move_the_beginning_of_a_pulse(step_time: bool) -> None:
    """The last reading of a rest is 398 s older than the pulse: taken as its beginning, D was 23 times too small."""
    record = _thinned(_titration(1e-16, 300.0, 14398.0), 1000.0, step_time=step_time)
    found = cycling.analyse(record, dataclasses.replace(HALF, diffusion_length_um=1e6 * RADIUS / 3.0))
    assert found["diffusion_coefficient"].value == pytest.approx(1e-12, rel=0.5)


def test_rests_that_read_noise_are_rests() -> None:
    """0.3 uA of noise in the rests, 1 % in the pulses, and a first record at 70 % of the current."""
    true, rng = _titration(1e-16, 300.0, 14400.0), np.random.default_rng(0)
    current = true["current_ampere"].copy()
    live = current != 0
    current[live] *= 1.0 + rng.normal(0.0, 0.01, int(live.sum()))
    current[np.flatnonzero(live & ~np.append(False, live[:-1]))] *= 0.7
    current += np.where(live, 0.0, rng.normal(0.0, 3e-7, len(current)))
    noisy = dataclasses.replace(true, columns={**true.columns, "current_ampere": current})
    found = cycling.analyse(noisy, dataclasses.replace(HALF, diffusion_length_um=1e6 * RADIUS / 3.0))
    assert found["pulse_count"].value == 12
    assert found["diffusion_coefficient"].value == pytest.approx(1e-12, rel=0.5)


@pytest.mark.parametrize(("diffusion", "rest_s"), [(1e-17, 14400.0), (3e-17, 3600.0), (1e-16, 900.0)])
def test_rests_in_which_the_voltage_does_not_come_to_rest_give_none(diffusion: float, rest_s: float) -> None:
    """Values would be 2 to 60 times too large: the relaxed voltages are those of a surface that is still filled."""
    result = _analysed(diffusion, 300.0, rest_s)
    assert "diffusion_coefficient" not in result.quantities
    assert "diffusion_refused" in {note.code for note in result.notes}


def _hybrid_pulses(rest_every_s: float) -> Measurement:
    """A discharge in nine steps of 10 %, each after pulses of 10 s in both directions (HPPC), and no charge at all.

    An equivalent circuit of 50 mohm and 30 mohm with 20 s in series, 5 Ah, solved exactly; 5 A and 3.75 A.
    """
    ohm, slow, tau, whole = 0.05, 0.03, 20.0, 5.0 * 3600.0
    at, filling, beside, rows = 0.0, 1.0, 0.0, []
    step = (
        (10, -5.0, 1.0),
        (40, 0.0, 1.0),
        (10, 3.75, 1.0),
        (60, 0.0, 10.0),
        (360, -5.0, 10.0),
        (3600, 0.0, rest_every_s),
    )
    for lasts, current, every in ((600, 0.0, rest_every_s), *(9 * step)):
        for second in range(1, lasts + 1):
            beside = beside * np.exp(-1.0 / tau) + current * slow * (1.0 - np.exp(-1.0 / tau))
            filling, at = filling + current / whole, at + 1.0
            if second % every == 0:
                rows.append((at, current, 3.0 + 1.2 * filling + current * ohm + beside))
    time, amps, volts = np.array(rows).T
    columns = {"test_time_second": time, "current_ampere": amps, "voltage_volt": volts}
    return Measurement(technique="cycling", columns=columns)


@pytest.mark.parametrize("after_s", [1.0, 5.0, 10.0])
def test_pulses_without_a_charge_are_one_discharge(after_s: float) -> None:
    """2 % of each step flow back in the pulses: they were half cycles, with a retention of 104 %, and no pulses."""
    full = dataclasses.replace(HALF, kind=CellKind.FULL, pulse_after_s=after_s)
    result = cycling.analyse(_hybrid_pulses(30.0), full)
    true = 0.05 + 0.03 * (1.0 - np.exp(-after_s / 20.0)) + 1.2 * after_s / 18000.0
    assert result["pulse_resistance"].value == pytest.approx(true, rel=0.01)
    assert result["pulse_count"].value == 27
    assert result["cycle_count"].value == 0
    assert "capacity_retention" not in result.quantities


def test_ordinary_cycling_has_no_pulses() -> None:
    test = cycling.simulate(cycling.Parameters(cycles=3), np.random.default_rng(0))
    assert "pulse_count" not in cycling.analyse(test, Settings(kind=CellKind.HALF)).quantities


def test_the_table_has_one_row_per_pulse() -> None:
    result = dataclasses.replace(_analysed(1e-16, 300.0, 14400.0), label="NCM811")
    table = cycling.TABLES["pulses"]([result])
    assert len(table.rows) == 12
    assert [column.unit for column in table.columns][-1] == "cm^{2} s^{-1}"
    plain = cycling.analyse(_titration(1e-16, 300.0, 3000.0), HALF)
    assert [column.key for column in cycling.TABLES["pulses"]([plain]).columns][-1] == "pulse_resistance"
    with pytest.raises(Refused, match="no pulses"):
        cycling.TABLES["pulses"]([dataclasses.replace(plain, pulses=())])


def test_the_figure_shows_resistances_and_diffusion_over_voltage() -> None:
    titration = dataclasses.replace(_analysed(1e-16, 300.0, 14400.0), label="NCM811")
    figure = cycling.FIGURES["pulses"]([titration])
    ohms, spread = (panel.layers[0] for panel in figure.panels)
    assert len(ohms.x) == 12
    assert figure.panels[1].y.log
    assert float(np.median(spread.y)) == pytest.approx(1e-12, rel=0.5)
    pulsed = cycling.analyse(_hybrid_pulses(30.0), dataclasses.replace(HALF, kind=CellKind.FULL, pulse_after_s=5.0))
    (panel,) = cycling.FIGURES["pulses"]([pulsed]).panels
    assert [layer.label for layer in panel.layers] == ["discharge", "charge"]  # dots on rings
    with pytest.raises(Refused, match="no pulses"):
        cycling.FIGURES["pulses"]([dataclasses.replace(titration, pulses=())])


def test_the_charge_of_a_titration_is_uncertain_by_the_beginnings_of_its_pulses() -> None:
    """Rests recorded every 60 s, pulses every 10 s: the first 10 s of each pulse are in no record."""
    time, current, at, pulses = [0.0], [0.0], 0.0, 30
    for _ in range(pulses):
        time += [at + 60.0 * k for k in range(1, 31)]
        current += [0.0] * 30
        at = time[-1]
        time += [at + 10.0 * k for k in range(1, 61)]
        current += [1e-3] * 60
        at = time[-1]
    voltage = np.linspace(3.0, 4.2, len(time))
    columns = {"test_time_second": np.array(time), "current_ampere": np.array(current), "voltage_volt": voltage}
    known = dataclasses.replace(HALF, current_accuracy_percent=0.0, current_offset_a=0.0)
    result = cycling.analyse(Measurement(technique="cycling", columns=columns), known)
    quantity, true = result["initial_charge_capacity"], pulses * 600.0 / 3600.0
    assert quantity.std is not None
    assert abs(quantity.value - true) < 2.0 * quantity.std
    assert quantity.std < 0.03 * true


def test_half_cycles_beside_a_far_longer_one_are_no_pulses() -> None:
    """A formation of 5 mAh, then twenty half cycles of 1 mAh between rests: a fifth of the longest, but all others."""
    blocks = [(0.0, 100), (5.0, 360)]  # mA, times 10 s
    for number in range(20):
        blocks += [(0.0, 100), (1.0 if number % 2 else -1.0, 360)]
    blocks.append((0.0, 100))
    current = np.concatenate([np.full(count, 1e-3 * milliampere) for milliampere, count in blocks])
    charge = np.cumsum(current) * 10.0
    voltage = 3.5 + 0.05 * charge + 4.0 * current
    columns = {"test_time_second": 10.0 * np.arange(len(current)), "current_ampere": current, "voltage_volt": voltage}
    result = cycling.analyse(Measurement(technique="cycling", columns=columns), HALF)
    assert result["complete_cycle_count"].value >= 10
    assert "pulse_count" not in result.quantities
