"""Known lines in simulated operando scans: their centre and area come back within their uncertainties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import operando_diffraction
from halfcell.techniques.operando_diffraction import Parameters, Settings, join, simulate, voltage_record
from halfcell.techniques.operando_diffraction.simulate import charge_part
from halfcell.techniques.run import run

FADING, MOVING = (27.7, 29.2), (29.4, 32.0)
FOLLOW = Settings(follow_degree=(FADING, MOVING))
BRIGHT = Parameters(scans=80, height=2500.0, background=(300.0, -8.0))


def _result(
    parameters: Parameters = BRIGHT, settings: Settings = FOLLOW, seed: int = 3
) -> operando_diffraction.OperandoResult:
    (result,) = run(operando_diffraction.TECHNIQUE, [simulate(parameters, np.random.default_rng(seed))], settings)
    assert isinstance(result, operando_diffraction.OperandoResult)
    return result


@pytest.mark.parametrize(
    "parameters",
    [
        BRIGHT,
        replace(BRIGHT, height=300.0, background=(40.0, -1.0)),  # weak lines
        replace(BRIGHT, step_degree=0.05, width_degree=0.16),  # broad lines, coarse steps
        replace(BRIGHT, beam_decay=0.3),
        replace(BRIGHT, shift_degree=0.4),
    ],
)
def test_centre_and_area_within_their_uncertainties(parameters: Parameters) -> None:
    """A Gaussian has the area h w sqrt(2 pi); the centre follows the charge."""
    result = _result(parameters)
    beam = 1.0 - parameters.beam_decay * np.arange(parameters.scans) / parameters.scans
    area = parameters.height * parameters.width_degree * np.sqrt(2 * np.pi) * beam
    moving, fading = result.lines["29.4-32"], result.lines["27.7-29.2"]
    centre = parameters.moving_degree + parameters.shift_degree * charge_part(parameters)
    faded = area * (1.0 - np.arange(parameters.scans) / (parameters.scans - 1))
    seen = np.isfinite(fading.centre)
    assert seen[: parameters.scans // 2].all()
    assert not seen[-1]
    for pulls in (
        (moving.centre - centre) / moving.centre_std,
        (moving.area - area) / moving.area_std,
        (fading.area - faded) / fading.area_std,
        ((fading.centre - parameters.fading_degree) / fading.centre_std)[seen],
    ):
        assert abs(float(np.mean(pulls))) < 0.45
        assert 0.7 < float(np.std(pulls)) < 1.3


def test_rates_in_place_of_counts_have_the_same_relative_uncertainty() -> None:
    """A file that states counts per second is not taken for counts: the noise is that of its neighbours."""
    made = simulate(BRIGHT, np.random.default_rng(3))
    rates = replace(made, columns={**made.columns, "intensity_count": made["intensity_count"] / 20.0})
    (result,) = run(operando_diffraction.TECHNIQUE, [rates], FOLLOW)
    expected = _result().lines["29.4-32"]
    found = result.lines["29.4-32"]  # type: ignore[attr-defined]
    assert found.centre_std == pytest.approx(expected.centre_std, rel=0.02)
    assert found.area_std == pytest.approx(expected.area_std / 20.0, rel=0.02)


@pytest.mark.parametrize("began", [0.0, 45.0])
def test_the_voltage_beside_the_scans_by_the_clocks(began: float) -> None:
    record = voltage_record(BRIGHT, began)
    (result,) = run(
        operando_diffraction.TECHNIQUE, [simulate(BRIGHT, np.random.default_rng(1))], FOLLOW, {"voltage": record}
    )
    found = [row["voltage"] for row in result.rows[::2]]
    expected = BRIGHT.high_volt + (BRIGHT.low_volt - BRIGHT.high_volt) * charge_part(BRIGHT)
    assert found == pytest.approx(expected, abs=0.01)
    assert [note.code for note in result.notes] == ["by_clocks"]


def test_a_wrong_clock_is_corrected_and_an_offset_that_misses_the_record_is_doubted() -> None:
    record = voltage_record(BRIGHT, 30.0)
    wrong = replace(record, columns={**record.columns, "unix_time_second": record["unix_time_second"] + 3600.0})
    made = [simulate(BRIGHT, np.random.default_rng(1))]
    (result,) = run(operando_diffraction.TECHNIQUE, made, Settings(offset_minutes=30.0), {"voltage": wrong})
    assert result.rows[0]["voltage"] == pytest.approx(2.0, abs=0.01)
    assert result.notes == ()
    (late,) = run(operando_diffraction.TECHNIQUE, made, Settings(offset_minutes=300.0), {"voltage": wrong})
    assert [note.code for note in late.notes] == ["scans_outside_record"]
    assert late.rows[-1]["voltage"] is None


def _single(number: int, started: str = "", angles: slice = slice(None)) -> Measurement:
    made = simulate(Parameters(scans=3), np.random.default_rng(number))
    first = made["scan_index"] == 0.0
    columns = {name: made[name][first][angles] for name in ("two_theta_degree", "intensity_count")}
    return Measurement(technique="diffraction", columns=columns, meta={"started": started} if started else {})


def test_scans_in_files_of_their_own_are_ordered_by_their_start() -> None:
    starts = ["2026-11-28T10:20:00+01:00", "2026-11-28T10:00:00+01:00", "2026-11-28T10:10:00+01:00"]
    joined = join([_single(n, start) for n, start in enumerate(starts)])
    (result,) = run(operando_diffraction.TECHNIQUE, [joined], Settings())
    assert [row["time"] for row in result.rows] == pytest.approx([0.0, 1 / 6, 1 / 3])
    assert result.counts[0] == pytest.approx(_single(1)["intensity_count"])  # type: ignore[attr-defined]


def test_scans_without_a_start_have_numbers_and_no_voltage() -> None:
    joined = join([_single(n) for n in range(4)])
    voltage = voltage_record(Parameters())
    (result,) = run(operando_diffraction.TECHNIQUE, [joined], Settings(), {"voltage": voltage})
    assert [row["time"] for row in result.rows] == [None] * 4
    assert {note.code for note in result.notes} == {"scan_order", "no_times", "voltage_not_placed"}
    set_by_hand = Settings(scan_minutes=30.0, offset_minutes=0.0)
    (result,) = run(operando_diffraction.TECHNIQUE, [joined], set_by_hand, {"voltage": voltage})
    assert result.rows[-1]["time"] == pytest.approx(1.5)
    assert result.rows[0]["voltage"] == pytest.approx(2.0, abs=0.01)


def test_other_angles_are_interpolated_and_said() -> None:
    joined = join([_single(0), _single(1), _single(2, angles=slice(5, -5)), _single(3, angles=slice(0, None, 2))])
    (result,) = run(operando_diffraction.TECHNIQUE, [joined], Settings())
    assert result.two_theta[0] == pytest.approx(24.1)  # type: ignore[attr-defined]
    (note,) = [note for note in result.notes if note.code == "interpolated"]
    assert note.text.startswith("1 of 4 scans")


def test_what_is_refused() -> None:
    with pytest.raises(Refused, match="needs 3 scans"):
        run(operando_diffraction.TECHNIQUE, [join([_single(0), _single(1)])], Settings())
    with pytest.raises(InputError, match="no angles in common"):
        join([_single(0, angles=slice(0, 50)), _single(1, angles=slice(100, None))])
    with pytest.raises(Refused, match="points"):
        _result(settings=Settings(follow_degree=((28.0, 28.1),)))
    with pytest.raises(InputError, match="must hold cycling data"):
        run(operando_diffraction.TECHNIQUE, [join([_single(0)] * 3)], Settings(), {"voltage": _single(0)})


def test_a_line_that_leaves_its_window_is_doubted() -> None:
    result = _result(settings=Settings(follow_degree=((30.6, 31.4),)))
    assert [note.code for note in result.notes] == ["line_at_end"]


def test_scans_at_an_interval_that_is_set_are_at_its_multiples() -> None:
    result = _result(replace(BRIGHT, scans=7), Settings(scan_minutes=15.0))
    assert [row["time"] for row in result.rows] == pytest.approx([0.25 * n for n in range(7)])
    assert result["duration"].value == pytest.approx(1.5)
    assert result["duration"].unit == "h"


def test_only_angles_of_the_range_that_is_set_are_used() -> None:
    result = _result(replace(BRIGHT, scans=5), Settings(low_degree=28.0, high_degree=31.0))
    assert result.two_theta[0] == pytest.approx(28.0, abs=0.05)
    assert result.two_theta[-1] == pytest.approx(31.0, abs=0.05)
    assert result.counts.shape == (5, len(result.two_theta))


def test_the_lowest_and_the_highest_voltage_are_those_of_the_cell() -> None:
    made = [simulate(BRIGHT, np.random.default_rng(1))]
    (result,) = run(operando_diffraction.TECHNIQUE, made, FOLLOW, {"voltage": voltage_record(BRIGHT, 0.0)})
    assert result["lowest_voltage"].value == pytest.approx(BRIGHT.low_volt, abs=0.05)  # a scan begins near it
    assert result["highest_voltage"].value == pytest.approx(BRIGHT.high_volt, abs=0.05)


def test_rows_are_scans_from_one_with_the_centre_in_degrees() -> None:
    rows = [row for row in _result().rows if row["line"] == "29.4-32"]
    assert [row["scan"] for row in rows] == list(range(1, BRIGHT.scans + 1))
    assert rows[-1]["time"] == pytest.approx((BRIGHT.scans - 1) * BRIGHT.scan_minutes / 60.0)
    assert all(29.4 < row["centre"] < 32.0 and row["area"] > 100.0 > row["centre_std"] for row in rows)
