"""Carbon, argyrodite and series of states: what was put in comes back."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Carbon, Crystallites, Parameters, Settings
from xrd_samples import calibrated

CARBON = Parameters(
    phases=(), carbon=Carbon(), start_degree=10.0, stop_degree=90.0, displacement_degree=0.0, background=(60, 300, 6)
)
COPPER = Crystallites(phase="Cu", height=1500, column_length_nm=60)
STATES = {
    "pristine": ({"Si": 500, "CoSi2": 250, "graphite": 700}, ()),
    "0.01 V": ({"CoSi2": 250, "LiC6": 420}, ((22.0, 9.0, 90.0),)),
    "2.0 V": ({"CoSi2": 250, "graphite": 520}, ((26.0, 8.0, 70.0),)),
}


def test_spacing_stacks_and_layers_of_carbon_come_back() -> None:
    truth = {"carbon.d002": 3.62, "carbon.lc": 1.3, "carbon.la": 2.6, "carbon.lattice_a": 2.435}
    pulls = []
    for seed in range(3):
        measurement = diffraction.simulate(CARBON, np.random.default_rng(seed))
        result = diffraction.analyse(measurement, Settings(instrument=LABORATORY, carbon=True))
        for name, value in truth.items():
            found = result[name]
            assert found.std is not None
            assert found.value == pytest.approx(value, rel=0.05)
            pulls.append((found.value - value) / found.std)
    assert np.sqrt(np.mean(np.square(pulls))) < 2.0


@pytest.mark.slow
@pytest.mark.parametrize("carbon", [Carbon(), Carbon(d002_angstrom=3.45, lc_nm=3.0, la_nm=5.0, a_angstrom=2.45)])
def test_uncertainties_of_carbon_are_calibrated(carbon: Carbon) -> None:
    """Each quantity by itself: with forty draws the root mean square of the pulls is known to 11 %."""
    truth = {"d002": carbon.d002_angstrom, "lc": carbon.lc_nm, "la": carbon.la_nm, "lattice_a": carbon.a_angstrom}
    pulls: dict[str, list[float]] = {name: [] for name in truth}
    for seed in range(2000, 2040):
        rng = np.random.default_rng(seed)  # a specimen is 0.1 mm off the axis: 0.05 degrees
        parameters = dataclasses.replace(CARBON, carbon=carbon, displacement_degree=float(rng.normal(0.0, 0.05)))
        measured = diffraction.simulate(parameters, rng)
        result = diffraction.analyse(measured, Settings(instrument=LABORATORY, carbon=True))
        for name, value in truth.items():
            found = result[f"carbon.{name}"]
            assert found.std is not None
            pulls[name].append((found.value - value) / found.std)
    wide = {name: float(np.sqrt(np.mean(np.square(each)))) for name, each in pulls.items()}
    assert wide == pytest.approx(dict.fromkeys(truth, 1.0), abs=0.33)  # three standard uncertainties of it


@pytest.mark.parametrize("spacing", [3.36, 3.40, 3.70, 3.80])
def test_d002_is_not_held_by_the_bounds_of_the_fit(spacing: float) -> None:
    """From graphitised to hard carbons (3.36 to 3.80 angstrom, Franklin 1951; Dou et al. 2019): 3.70 was 3.657(3)."""
    parameters = dataclasses.replace(CARBON, carbon=Carbon(d002_angstrom=spacing))
    measured = diffraction.simulate(parameters, np.random.default_rng(7))
    found = diffraction.analyse(measured, Settings(instrument=LABORATORY, carbon=True))["carbon.d002"]
    assert found.value == pytest.approx(spacing, abs=0.005)
    assert found.std == pytest.approx(0.007, abs=0.0015)  # of a specimen that is 0.1 mm off the axis


def test_degree_of_graphitisation() -> None:
    """g = (3.440 - d002) / 0.086 (Maire and Mering 1970): 46.5 % for 3.400 angstrom, and none for a hard carbon."""
    made = {}
    for spacing in (3.40, 3.60):
        parameters = dataclasses.replace(CARBON, carbon=Carbon(d002_angstrom=spacing, lc_nm=4.0))
        measured = diffraction.simulate(parameters, np.random.default_rng(7))
        made[spacing] = diffraction.analyse(measured, Settings(instrument=LABORATORY, carbon=True)).quantities
    found = made[3.40]["carbon.graphitisation"]
    assert found.value == pytest.approx(46.5, abs=3.0)
    assert found.std == pytest.approx(7.5, abs=1.5)  # of a specimen 0.1 mm off the axis
    assert "carbon.graphitisation" not in made[3.60]


def test_a_spacing_on_the_bound_is_refused() -> None:
    parameters = dataclasses.replace(CARBON, carbon=Carbon(d002_angstrom=4.2))
    measured = diffraction.simulate(parameters, np.random.default_rng(7))
    result = diffraction.analyse(measured, Settings(instrument=LABORATORY, carbon=True))
    assert not any(name.startswith(("carbon.d002", "carbon.lc")) for name in result.quantities)
    assert "carbon_on_bound" in {note.code for note in result.notes}


def test_peak_position_of_carbon_is_not_its_spacing() -> None:
    """The (002) maximum of 1.3 nm stacks stands at a larger spacing than the layers have: the factors fall steeply."""
    measurement = diffraction.simulate(CARBON, np.random.default_rng(1))
    result = diffraction.analyse(measurement, Settings(instrument=LABORATORY, carbon=True))
    assert result["carbon.d002_peak"].value > 3.68
    assert abs(result["carbon.d002"].value - 3.62) < 0.01


@pytest.mark.slow
def test_argyrodite_and_its_impurities() -> None:
    phases = (
        Crystallites(phase="Li6PS5Cl", height=900, column_length_nm=60, cell_change=-0.0006),
        Crystallites(phase="Li2S", height=90, column_length_nm=25),
        Crystallites(phase="LiCl", height=80, column_length_nm=25),
    )
    parameters = Parameters(phases=phases, start_degree=12.0, stop_degree=80.0)
    measurement = diffraction.simulate(parameters, np.random.default_rng(5))
    settings = Settings(instrument=calibrated(), elements=("Li", "P", "S", "Cl"))
    result = diffraction.analyse(measurement, settings)
    assert set(result.phases) == {"Li6PS5Cl", "Li2S", "LiCl"}
    found = result["Li6PS5Cl.lattice_a"]
    assert found.std is not None
    assert abs(found.value - 9.859 * (1 - 0.0006)) < 4 * found.std
    assert sum(result[f"{name}.fraction"].value for name in result.phases) == pytest.approx(100.0)


def _state(name: str, seed: int) -> Measurement:
    heights, halos = STATES[name]
    phases = tuple(Crystallites(phase=p, height=h, column_length_nm=14) for p, h in heights.items())
    parameters = Parameters(phases=(*phases, COPPER), humps=halos, displacement_degree=0.05, step_degree=0.04)
    measurement = diffraction.simulate(parameters, np.random.default_rng(seed))
    return dataclasses.replace(measurement, meta={**measurement.meta, "tags": {"state": name}})


def test_states_of_an_electrode() -> None:
    measurements = [_state(name, 40 + i) for i, name in enumerate(STATES)]
    settings = Settings(instrument=calibrated(), phases=("Si", "CoSi2", "graphite", "LiC6"), holder=("Cu",))
    results = diffraction.analyse_series(measurements, settings)
    does = {
        name: [
            row["change"] for result in results for row in result.rows if row.get("phase") == name and "change" in row
        ]
        for name in (*settings.phases, "Cu")
    }
    assert does == {
        "Si": ["present", "vanishes", "absent"],
        "CoSi2": ["present", "stays", "stays"],
        "graphite": ["present", "vanishes", "appears"],
        "LiC6": ["absent", "appears", "vanishes"],
        "Cu": ["present", "stays", "stays"],
    }
    assert [result.state for result in results] == list(STATES)
    for result in results:
        found = result["displacement"]
        assert found.std is not None
        assert abs(found.value - 0.05) < 0.01
    _check_differences(results)


def _check_differences(results: tuple[diffraction.DiffractionResult, ...]) -> None:
    """Where nothing happens the difference is noise of the stated size; at Si(220) it is not."""
    assert results[0].difference is None
    assert results[1].difference is not None
    value, std = results[1].difference
    x = results[1].two_theta
    quiet = (x > 60) & (x < 66)
    assert np.std(value[quiet] / std[quiet]) == pytest.approx(1.0, abs=0.15)
    assert (value[np.abs(x - 47.3) < 0.2] / std[np.abs(x - 47.3) < 0.2]).mean() < -4


def test_without_a_holder_nothing_grows_or_shrinks() -> None:
    """The same electrode measured again with 80 % of the intensity: it was said to shrink."""
    states = []
    for number, scale in enumerate((1.0, 0.8)):
        parameters = Parameters(
            phases=(Crystallites(phase="Si", height=3000 * scale, column_length_nm=20.0),),
            background=(120.0 * scale, 400.0 * scale, 12.0),
            step_degree=0.04,
        )
        measured = diffraction.simulate(parameters, np.random.default_rng(number))
        states.append(dataclasses.replace(measured, meta={**measured.meta, "tags": {"state": str(number)}}))
    settings = Settings(instrument=LABORATORY, phases=("Si",), background_degree=8, halos="none")
    results = diffraction.analyse_series(states, settings)
    assert all("no_common_scale" in {note.code for note in result.notes} for result in results)
    assert {row["change"] for result in results for row in result.rows if "change" in row} == {"present"}
