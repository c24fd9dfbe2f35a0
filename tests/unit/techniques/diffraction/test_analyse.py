"""Diffraction: figures and tables as structure, properties of the analysis, what it refuses."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Carbon, Crystallites, DiffractionResult, Parameters, Settings
from snapshots import check

SNAPSHOTS = Path(__file__).with_name("snapshots")
COARSE = Parameters(
    phases=(
        Crystallites(phase="Si", height=700, column_length_nm=9),
        Crystallites(phase="CoSi2", height=300, column_length_nm=9),
    ),
    step_degree=0.05,
)
GIVEN = Settings(instrument=LABORATORY, phases=("Si", "CoSi2"), background_degree=8, strain="none", halos="none")


def _measured(parameters: Parameters = COARSE, seed: int = 1) -> Measurement:
    return diffraction.simulate(parameters, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def result() -> DiffractionResult:
    """A powder of silicon and CoSi2, analysed."""
    return diffraction.analyse(_measured(), GIVEN).stamped(label="Si/CoSi2", id="a")


@pytest.fixture(scope="module")
def states() -> tuple[DiffractionResult, ...]:
    """The same before and after its silicon has gone."""
    measurements = []
    for number, (state, height) in enumerate((("pristine", 700), ("0.01 V", 0.01))):
        silicon, silicide = COARSE.phases
        phases = (dataclasses.replace(silicon, height=height), silicide)
        one = _measured(dataclasses.replace(COARSE, phases=phases), number)
        measurements.append(dataclasses.replace(one, meta={**one.meta, "tags": {"state": state}}))
    return diffraction.analyse_series(measurements, GIVEN)


@pytest.mark.parametrize("show", ["pattern", "crystallite size", "fit", "Williamson-Hall"])
def test_figures_of_a_powder(result: DiffractionResult, show: str) -> None:
    """Ticks of each phase at its lines, counts with model and background, breadths in 1/nm over s in 1/nm."""
    check(diffraction.FIGURES[show]([result]), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", ["pattern", "differences"])
def test_figures_of_states(states: tuple[DiffractionResult, ...], show: str) -> None:
    """The difference of two states with two standard uncertainties; lines of silicon alone are negative."""
    check(diffraction.FIGURES[show](states), SNAPSHOTS / f"states {show}.json")


@pytest.mark.parametrize("show", ["sizes", "lattice", "phases compared"])
def test_tables_of_a_powder(result: DiffractionResult, show: str) -> None:
    """Cells in angstrom, shares that sum to 100 wt%, L_V of 9 nm for both phases."""
    shown = dataclasses.replace(result, sets=(("Si + CoSi2", 0.0), ("Si + NiSi2", 8.1)))
    check(diffraction.TABLES[show]([shown]), SNAPSHOTS / f"table {show}.json")


def test_table_of_states(states: tuple[DiffractionResult, ...]) -> None:
    table = diffraction.TABLES["states"](states)
    words = [[entry.text for entry in row if entry] for row in table.rows]
    assert [row[0] for row in words] == ["pristine", "0.01 V"]
    assert words[1][2] == "vanishes"


@settings(max_examples=2, deadline=None)
@given(factor=st.floats(0.01, 100.0))
def test_sizes_do_not_depend_on_the_unit_of_intensity(factor: float) -> None:
    """Counts and their uncertainties times a factor: the same sizes, cells and shares."""
    measurement = _measured()
    counts = measurement["intensity_count"]
    columns = {
        "two_theta_degree": measurement["two_theta_degree"],
        "intensity_count": factor * counts,
        "intensity_std_count": factor * np.sqrt(np.maximum(counts, 1.0)),
    }
    plain = {**columns, "intensity_count": counts, "intensity_std_count": columns["intensity_std_count"] / factor}
    made = [diffraction.analyse(dataclasses.replace(measurement, columns=c), GIVEN) for c in (columns, plain)]
    for name in ("Si.column_length", "CoSi2.column_length", "Si.lattice_a", "Si.fraction", "Si.scherrer_size"):
        assert made[0][name].value == pytest.approx(made[1][name].value, rel=1e-4)


def test_rates_of_unknown_time_have_the_errors_of_their_counts() -> None:
    """Counts divided by 50 s: the scatter from point to point tells what the rates alone do not."""
    measurement = _measured()
    rates = dataclasses.replace(
        measurement,
        columns={**measurement.columns, "intensity_count": measurement["intensity_count"] / 50.0},
        meta={**measurement.meta, "intensity_unit": "cps"},
    )
    counted, rated = diffraction.analyse(measurement, GIVEN), diffraction.analyse(rates, GIVEN)
    for name in ("Si.column_length", "Si.lattice_a"):
        assert rated[name].std == pytest.approx(counted[name].std, rel=0.25)


def test_order_of_the_phases_does_not_matter(result: DiffractionResult) -> None:
    other = diffraction.analyse(_measured(), dataclasses.replace(GIVEN, phases=("CoSi2", "Si")))
    for name in ("Si.column_length", "CoSi2.lattice_a", "CoSi2.fraction"):
        assert other[name].value == pytest.approx(result[name].value, rel=1e-3)


def test_scherrer_is_proportional_to_its_constant(result: DiffractionResult) -> None:
    other = diffraction.analyse(_measured(), dataclasses.replace(GIVEN, shape_factor=0.94))
    ratio = other["Si.scherrer_size"].value / result["Si.scherrer_size"].value
    assert ratio == pytest.approx(0.94 / 0.9)
    assert "K = 0.94" in " ".join(note.text for note in other.notes)


def test_large_crystals_are_not_sized() -> None:
    """Nothing but the instrument's width: no size is printed, and the reason is said."""
    sharp = dataclasses.replace(COARSE, phases=(Crystallites(phase="Si", height=5000),), step_degree=0.02)
    found = diffraction.analyse(_measured(sharp), dataclasses.replace(GIVEN, phases=("Si",)))
    assert "Si.column_length" not in found.quantities
    assert "size_beyond_resolution" in {note.code for note in found.notes}
    with pytest.raises(Refused, match="column_length"):
        _ = found["Si.column_length"]


def test_an_instrument_that_is_a_name_is_refused() -> None:
    with pytest.raises(InputError, match="not calibrated"):
        diffraction.analyse(_measured(), Settings(instrument="standard.xrdml"))


def test_an_empty_range_is_refused() -> None:
    with pytest.raises(Refused, match="points in the range"):
        diffraction.analyse(_measured(), Settings(low_degree=120.0))


def test_a_standard_without_lines_is_refused() -> None:
    with pytest.raises(Refused, match="lines of LaB6"):
        diffraction.TECHNIQUE.references["instrument"](_measured(), Settings(standard="LaB6"))


def test_a_phase_without_a_line_in_the_scan_is_refused() -> None:
    with pytest.raises(Refused, match="no line between"):
        diffraction.analyse(_measured(), dataclasses.replace(GIVEN, phases=("Si",), low_degree=30.0, high_degree=44.0))


def test_noise_alone_is_no_phase() -> None:
    """A pattern without lines has neither ticks nor phases in its figure."""
    empty = Parameters(phases=(), step_degree=0.05)
    found = diffraction.analyse(_measured(empty), Settings(instrument=LABORATORY, elements=("Si", "Co")))
    assert found.phases == ()
    assert set(found.quantities) == {"chi2", "rwp"}
    assert "unexplained_lines" not in {note.code for note in found.notes}
    check(diffraction.FIGURES["pattern"]([found]), SNAPSHOTS / "pattern of nothing.json")


def test_lines_of_no_candidate_are_told() -> None:
    """Where the strongest lines are open no phase is named; where only weaker ones are, the phase and the lines are."""
    none = diffraction.analyse(_measured(), Settings(instrument=LABORATORY, candidates=("Zn",)))
    said = next(note.text for note in none.notes if note.code == "unidentified")
    assert none.phases == ()
    assert not none.quantities
    assert "unidentified lines at 28." in said
    assert "none of the 1 phases" in said
    assert [row["phase"] for row in none.rows] == ["unidentified"] * len(none.rows)
    assert none.rows[0]["spacing"] == pytest.approx(3.13, abs=0.02)
    sharp = dataclasses.replace(
        COARSE, phases=(Crystallites(phase="Si", height=2000), Crystallites(phase="LaB6", height=500))
    )
    some = diffraction.analyse(_measured(sharp), Settings(instrument=LABORATORY, candidates=("Si",)))
    assert some.phases == ("Si",)
    assert " 30." in next(note.text for note in some.notes if note.code == "phases_incomplete")
    assert "unidentified" in some.ticks


def test_one_sharp_line_names_no_phase() -> None:
    sharp = dataclasses.replace(
        COARSE, phases=(Crystallites(phase="Si", height=5000),), start_degree=26.0, stop_degree=31.0, step_degree=0.02
    )
    found = diffraction.analyse(_measured(sharp), Settings())
    assert found.phases == ()
    assert "single line" in next(note.text for note in found.notes if note.code == "unidentified")


def test_a_hopeless_fit_gives_no_size() -> None:
    """LaB6 fitted as silicon: cells and doubts, but no size, strain, share or Scherrer size."""
    sharp = dataclasses.replace(COARSE, phases=(Crystallites(phase="LaB6", height=9000),), step_degree=0.02)
    found = diffraction.analyse(_measured(sharp), Settings(instrument=LABORATORY, phases=("Si", "CoSi2")))
    assert {"hopeless_fit", "poor_fit"} <= {note.code for note in found.notes}
    assert not [name for name in found.quantities if "size" in name or "length" in name or "fraction" in name]
    assert all(row["scherrer_size"] is None for row in found.rows)


def test_a_phase_that_is_nowhere_has_no_amount() -> None:
    """Amounts are per cent of the largest: of nothing there are none."""
    measured = [_measured(COARSE, seed) for seed in (1, 2)]
    results = diffraction.analyse_series(measured, dataclasses.replace(GIVEN, phases=("Si", "CoSi2", "LaB6")))
    for one in results:
        assert "LaB6.amount" not in one.quantities
        assert "no_amount" in {note.code for note in one.notes}
        assert 0 < one["Si.amount"].value < 100.001


def test_figure_of_carbon() -> None:
    """Counts, model and background, with the layers' line and the bands above it."""
    parameters = Parameters(
        phases=(), carbon=Carbon(), start_degree=10.0, stop_degree=90.0, step_degree=0.1, displacement_degree=0.0
    )
    found = diffraction.analyse(_measured(parameters), Settings(instrument=LABORATORY, carbon=True))
    check(diffraction.FIGURES["fit"]([found]), SNAPSHOTS / "fit of carbon.json")
