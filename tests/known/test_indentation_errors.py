"""What spoils the energies of an indentation, on a test whose exact energies are known; and that the analysis mends it.

Load, hold, unload in 20, 5 and 10 s to 5000 uN: W_t 848333, W_e 300000, W_p 548333 uN nm. The errors (in %) were
measured on a prototype; integrating as naively as it did gives them again.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.maths import load_work
from halfcell.techniques import indentation
from halfcell.techniques.indentation import Settings

Array = NDArray[np.float64]
PEAK, DEPTH, CREEP, BACK = 5000.0, 500.0, 3.0, 150.0
EXACT = np.array([848333.333, 300000.0, 548333.333])


def record(count: int = 35001) -> tuple[Array, Array, Array]:
    time = np.linspace(0.0, 35.0, count)
    load = np.interp(time, [0.0, 20.0, 25.0, 35.0], [0.0, PEAK, PEAK, 0.0])
    creep = CREEP * np.clip((time - 20.0) / 5.0, 0.0, 1.0)
    rise = DEPTH * np.sqrt(load / PEAK) + creep
    fall = DEPTH + CREEP - BACK * (1.0 - (load / PEAK) ** (1.0 / 1.5))
    return time, load, np.where(time <= 25.0, rise, fall)


def naive(load: Array, depth: Array, split: int, stop: int | None = None, start: int = 0) -> Array:
    """Errors (%) of total, elastic and plastic work by plain integrals divided at `split`."""
    total = load_work.work(load[start : split + 1], depth[start : split + 1])
    elastic = -load_work.work(load[split:stop], depth[split:stop])
    return (np.array([total, elastic, total - elastic]) / EXACT - 1.0) * 100.0


TIME, LOAD, CURVE = record()
HOLD_ENDS = int(np.searchsorted(TIME, 25.0 - 1e-9))


def test_without_a_fault_the_integrals_are_exact() -> None:
    assert np.abs(naive(LOAD, CURVE, HOLD_ENDS)) == pytest.approx(0.0, abs=0.002)


@pytest.mark.parametrize(
    ("count", "worst"), [(2000, (0.015, 0.045, 0.015)), (200, (0.135, 0.045, 0.205)), (50, (1.045, 0.445, 1.475))]
)
def test_few_points_do_no_more_harm_than_this(count: int, worst: tuple[float, ...]) -> None:
    time, load, depth = record(count)
    errors = naive(load, depth, int(np.argmin(np.abs(time - 25.0))))
    assert np.all(np.abs(errors) <= worst)


def test_the_unloading_taken_from_98_percent() -> None:
    split = HOLD_ENDS + int(np.argmax(LOAD[HOLD_ENDS:] <= 0.98 * PEAK))
    assert naive(LOAD, CURVE, split) == pytest.approx([-1.14, -3.23, 0.01], abs=0.09)


@pytest.mark.parametrize(
    ("drift", "errors"),
    [(0.05, (0.4, -0.5, 0.9)), (0.1, (0.9, -0.9, 1.8)), (0.5, (4.4, -4.2, 9.1)), (1.0, (8.8, -8.4, 18.2))],
)
def test_drift_is_the_plastic_works_enemy(drift: float, errors: tuple[float, ...]) -> None:
    assert naive(LOAD, CURVE + drift * TIME, HOLD_ENDS) == pytest.approx(errors, abs=0.11)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_load_zero_off_by_one_percent(sign: float) -> None:
    errors = naive(LOAD + 0.01 * sign * PEAK, CURVE, HOLD_ENDS)
    assert errors * sign == pytest.approx([3.0, 2.5, 3.2], abs=0.06)


@pytest.mark.parametrize(("part", "elastic", "plastic"), [(0.05, -0.7, 0.4), (0.1, -2.1, 1.2), (0.2, -6.9, 3.8)])
def test_the_record_stops_early(part: float, elastic: float, plastic: float) -> None:
    stop = HOLD_ENDS + int(np.argmax(LOAD[HOLD_ENDS:] <= part * PEAK)) + 1
    assert naive(LOAD, CURVE, HOLD_ENDS, stop) == pytest.approx([0.0, elastic, plastic], abs=0.07)


@pytest.mark.parametrize(("part", "total"), [(0.02, -0.3), (0.05, -1.1), (0.1, -3.2)])
def test_contact_found_too_late(part: float, total: float) -> None:
    start = int(np.argmax(part * PEAK <= LOAD))
    errors = naive(LOAD, CURVE, HOLD_ENDS, start=start)
    assert errors[0] == pytest.approx(total, abs=0.1)
    assert errors[1] == pytest.approx(0.0, abs=0.002)


def test_frame_compliance_hardly_touches_the_plastic_work() -> None:
    errors = naive(LOAD, CURVE + 1e-3 * LOAD, HOLD_ENDS)  # 1 nm/mN
    assert errors == pytest.approx([1.5, 4.1, 0.007], abs=0.07)


def test_the_deepest_point_is_a_bad_split() -> None:
    """Of many noisy points the greatest is far too deep: always the same way, and most for the elastic part."""
    errors = []
    for seed in range(10):
        noisy = CURVE + np.random.default_rng(seed).normal(0.0, 2.0, len(CURVE))
        errors.append(naive(LOAD, noisy, int(np.argmax(noisy))))
    mean = np.mean(errors, axis=0)
    assert mean[0] == pytest.approx(4.5, rel=0.25)
    assert mean[1] == pytest.approx(12.0, rel=0.25)
    assert abs(mean[2]) < 0.5


def test_a_pop_in_is_real_work() -> None:
    depth = CURVE + 20.0 * ((TIME > 25.0) | (LOAD > 0.5 * PEAK))
    errors = naive(LOAD, depth, HOLD_ENDS)
    assert errors == pytest.approx([5.9, 0.0, 9.1], abs=0.06)


def _measured(time: Array, load: Array, depth: Array, **meta: float) -> Measurement:
    columns = {"test_time_second": time, "load_newton": load * 1e-6, "depth_metre": depth * 1e-9}
    return Measurement(technique="indentation", columns=columns, meta=meta)


def _errors(measured: Measurement, settings: Settings) -> Array:
    found = indentation.analyse(measured, settings)
    names = ("total_energy", "elastic_energy", "plastic_energy")
    return (np.array([found[name].value * 1e6 for name in names]) / EXACT - 1.0) * 100.0


def test_the_analysis_mends_drift_frame_zero_and_an_early_end() -> None:
    air = np.linspace(-5.0, -0.01, 500)
    time = np.concatenate([air, TIME[::20]]) + 5.0
    load = np.concatenate([np.zeros(500), LOAD[::20]])
    depth = np.concatenate([8.0 * air, CURVE[::20]])
    stop = int(np.argmax((time > 31.0) & (load <= 0.1 * PEAK))) + 1
    load_read = load + 0.01 * PEAK
    depth_read = depth + 1e-3 * load + 0.5 * time
    spoilt = _measured(time[:stop], load_read[:stop], depth_read[:stop], frame_compliance_nm_per_mn=1.0)
    assert np.abs(_errors(spoilt, Settings(drift_nm_per_s=0.5))) == pytest.approx(0.0, abs=0.15)
    codes = {note.code for note in indentation.analyse(spoilt, Settings(drift_nm_per_s=0.5)).notes}
    assert {"load_zero", "frame_compliance", "drift", "truncated_unloading"} <= codes


def test_a_triangle_without_hold_is_split_at_its_peak() -> None:
    time = np.linspace(0.0, 30.0, 3001)
    load = np.interp(time, [0.0, 20.0, 30.0], [0.0, PEAK, 0.0])
    fall = DEPTH - BACK * (1.0 - (load / PEAK) ** (1.0 / 1.5))
    depth = np.where(time <= 20.0, DEPTH * np.sqrt(load / PEAK), fall)
    found = indentation.analyse(_measured(time, load, depth), Settings())
    assert found["elastic_energy"].value * 1e6 == pytest.approx(300000.0, rel=2e-3)
    assert found["total_energy"].value * 1e6 == pytest.approx(PEAK * DEPTH / 3.0, rel=2e-3)
