"""Raman: what is put into a spectrum comes out within its stated uncertainty, and the uncertainty is calibrated."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.core.source import Source
from halfcell.maths.line_tops import top_and_width
from halfcell.techniques import raman


@pytest.mark.parametrize(
    "share", [0.0, pytest.param(0.1, marks=pytest.mark.slow), 0.3, pytest.param(0.6, marks=pytest.mark.slow)]
)
def test_amorphous_fraction_within_a_hundredth(share: float) -> None:
    rng = np.random.default_rng(7)
    settings = raman.Settings(cross_section_ratio=1.0)
    parameters = raman.Parameters(amorphous_fraction=share)
    found = [raman.analyse(raman.simulate(parameters, rng), settings)["amorphous_fraction"] for _ in range(12)]
    assert np.mean([q.value for q in found]) == pytest.approx(share, abs=0.01)
    assert max(abs(q.value - share) / (q.std or 0) for q in found) < 3.5


@pytest.mark.parametrize("ratio", [0.1, 0.3, 1.0, 1.1])
@pytest.mark.parametrize("volume", [0.05, 0.2, 0.6])
def test_amorphous_fraction_is_that_of_the_volumes(volume: float, ratio: float) -> None:
    """A band's area is volume times cross-section, and y = sigma_c / sigma_a (Bustarret 1988, 0.1 to 1.1 by size).

    The areas are those of the two volumes, not of the analysis' formula: 0.2 at y = 0.3 was printed as 0.73.
    """
    crystal, glass = ratio * (1.0 - volume), volume
    parameters = raman.Parameters(counts=60000.0, amorphous_counts=60000.0 * glass / crystal)
    result = raman.analyse(
        raman.simulate(parameters, np.random.default_rng(17)), raman.Settings(cross_section_ratio=ratio)
    )
    found = result["amorphous_fraction"]
    assert found.value == pytest.approx(volume, abs=max(4 * (found.std or 0.0), 0.005))
    assert (found.std or 0.0) < (0.03 if glass < 2 * crystal else 0.04)  # hardly any line is left of the crystals
    assert result["amorphous_area_share"].value == pytest.approx(glass / (glass + crystal), abs=0.02)


@pytest.mark.parametrize("draws", [16, pytest.param(60, marks=pytest.mark.slow)])
def test_position_and_width_are_calibrated(draws: int) -> None:
    """68 % of the draws lie within one standard uncertainty; position and width of one spectrum are not related."""
    rng = np.random.default_rng(11)
    parameters = raman.Parameters(position_per_cm=518.3, gauss_per_cm=3.0, lorentz_per_cm=5.0, amorphous_fraction=0.2)
    width = 0.5346 * 5.0 + np.sqrt(0.2166 * 25.0 + 9.0)
    pulls = []
    for _ in range(draws):
        result = raman.analyse(raman.simulate(parameters, rng), raman.Settings())
        for name, true in (("Si.position", 518.3), ("Si.width", width)):
            pulls.append((result[name].value - true) / (result[name].std or 0))
    inside = np.mean(np.abs(pulls) < 1)
    assert abs(inside - 0.68) < (0.10 if draws == 60 else 0.25)  # of 120 and of 32 values
    assert np.abs(pulls).max() < 4.5


def test_size_range_holds_every_models_size() -> None:
    rng = np.random.default_rng(3)
    wafer = raman.TECHNIQUE.references["wafer"](raman.simulate(raman.Parameters(), rng), raman.Settings())
    shifted = raman.Parameters(position_per_cm=518.5, lorentz_per_cm=6.0)
    result = raman.analyse(raman.simulate(shifted, rng), raman.Settings(wafer=wafer))
    assert result["Si.shift"].value == pytest.approx(-2.0, abs=4 * (result["Si.shift"].std or 0))
    sizes = [row["size_nm"] for row in result.rows if isinstance(row["size_nm"], float)]
    assert len(sizes) == 2
    assert result["Si.size_low"].value <= min(sizes) < max(sizes) <= result["Si.size_high"].value
    assert {"size_model_range", "heating_or_stress"} <= {note.code for note in result.notes}


def test_no_wafer_no_size() -> None:
    result = raman.analyse(raman.simulate(raman.Parameters(), np.random.default_rng(0)), raman.Settings())
    assert "Si.size_low" not in result.quantities
    assert "amorphous_fraction" not in result.quantities
    assert {n.code for n in result.notes if n.level == "refused"} == {"no_wafer", "cross_section_ratio_unknown"}


def test_carbon_ratio_by_area_and_by_height() -> None:
    rng = np.random.default_rng(5)
    parameters = raman.Parameters(counts=4e5, carbon_d=1.5, carbon_g=1.0, range_per_cm=(800, 2000))
    result = raman.analyse(raman.simulate(parameters, rng), raman.Settings(region="carbon"))
    for name, true in (("id_ig_area", 1.5), ("id_ig_height", 1.5 * 75 / 130), ("G.position", 1592.0)):
        assert result[name].value == pytest.approx(true, abs=4 * (result[name].std or 0))


def test_empty_window_is_refused() -> None:
    flat = raman.simulate(raman.Parameters(counts=0.0), np.random.default_rng(1))
    with pytest.raises(Refused, match="no crystalline line above the noise"):
        raman.analyse(flat, raman.Settings())
    with pytest.raises(InputError, match="set region or window_per_cm"):
        raman.analyse(flat, raman.Settings(window_per_cm=(2000.0, 2100.0)))


COARSE = raman.Parameters(tail_per_cm=6.0, tail_share=0.5, counts=250000.0, step_per_cm=1.5)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.6])
def test_an_instruments_tail_is_not_taken_for_glass(share: float) -> None:
    """A line with a tail of 6 1/cm on half of it, as a real spectrometer's: X_a within 0.01, maximum in its error."""
    rng = np.random.default_rng(21)
    parameters = dataclasses.replace(COARSE, amorphous_fraction=share)
    results = [
        raman.analyse(raman.simulate(parameters, rng), raman.Settings(cross_section_ratio=1.0)) for _ in range(3)
    ]
    assert all("asymmetric_line" in {n.code for n in r.notes} for r in results)
    assert np.mean([r["amorphous_fraction"].value for r in results]) == pytest.approx(share, abs=0.01)
    top, _ = top_and_width((parameters.gauss_per_cm, parameters.lorentz_per_cm), 6.0, 0.5)
    pulls = [(r["Si.position"].value - 520.5 - top) / (r["Si.position"].std or 0) for r in results]
    assert np.abs(pulls).max() < 3.5


def test_shift_against_a_wafer_with_a_tail_is_that_of_the_cores() -> None:
    """The maximum of a broader line moves into the tail; the shift does not."""
    rng = np.random.default_rng(22)
    wafer = raman.TECHNIQUE.references["wafer"](raman.simulate(COARSE, rng), raman.Settings())
    shifted = dataclasses.replace(COARSE, position_per_cm=518.5, lorentz_per_cm=9.0)
    shifts = [raman.analyse(raman.simulate(shifted, rng), raman.Settings(wafer=wafer))["Si.shift"] for _ in range(3)]
    for shift in shifts:
        assert shift.value == pytest.approx(-2.0, abs=4 * (shift.std or 0))
        assert (shift.std or 0) < 0.15


STATES = {
    "pristine": raman.Parameters(position_per_cm=519.0, amorphous_fraction=0.2),
    "0.01 V": raman.Parameters(counts=0.0, exposure_second=20.0),
    "2.0 V": raman.Parameters(counts=0.0, amorphous_counts=45000.0),
}


@cache
def _states() -> tuple[raman.RamanResult, ...]:
    rng = np.random.default_rng(31)
    made = {name: raman.simulate(parameters, rng) for name, parameters in STATES.items()}
    tagged = [dataclasses.replace(m, meta={**m.meta, "tags": {"state": name}}) for name, m in made.items()]
    return raman.analyse_series(tagged, raman.Settings())


def test_states_tell_what_appears_and_vanishes() -> None:
    results = _states()
    does = {
        band: [row["change"] for r in results for row in r.rows if row.get("band") == band] for band in ("c-Si", "a-Si")
    }
    assert does == {"c-Si": ["present", "vanishes", "absent"], "a-Si": ["present", "vanishes", "appears"]}
    assert [r.state for r in results] == list(STATES)
    assert results[0]["a-Si.amount"].value == pytest.approx(100 * 15000 / 45000, abs=4 * results[0]["a-Si.amount"].std)
    assert "line_absent" in {n.code for n in results[1].notes}


def test_differences_carry_the_noise_of_both_per_second() -> None:
    results = _states()
    assert results[0].difference is None
    assert results[1].difference is not None
    x, value, std = results[1].difference
    quiet = (x < 420) | (x > 575)
    assert np.std(value[quiet] / std[quiet]) == pytest.approx(1.0, abs=0.15)
    assert (value / std)[np.abs(x - 519.0) < 1].max() < -20
    assert value.min() == pytest.approx(-results[0].components_count[0].max() / 10.0, rel=0.1)


def test_spectra_of_one_file_are_no_states() -> None:
    rng = np.random.default_rng(2)
    source = Source(path="map.wdf", sha256="0", reader="renishaw_wdf")
    spectra = [raman.simulate(raman.Parameters(counts=c), rng) for c in (60000.0, 0.0)]
    good, empty = raman.analyse_series([dataclasses.replace(m, source=source) for m in spectra], raman.Settings())
    assert good.difference is None
    assert "Si.position" in good.quantities
    assert [n.code for n in empty.notes] == ["spectrum_refused"]
    assert len(raman.FIGURES["spectrum"]([good, empty]).panels[0].layers) == len(
        raman.FIGURES["spectrum"]([good]).panels[0].layers
    )


def test_spots_have_a_mean_and_a_spread() -> None:
    """Spots that differ by 0.5 1/cm (standard deviation), far more than each is uncertain; one spot has no line."""
    rng = np.random.default_rng(12)
    places = 519.0 + 0.5 * rng.standard_normal(7)
    source = Source(path="map.wdf", sha256="0", reader="renishaw_wdf")
    made = [raman.Parameters(position_per_cm=float(place)) for place in places] + [raman.Parameters(counts=0.0)]
    spots = [dataclasses.replace(raman.simulate(one, rng), source=source) for one in made]
    results = raman.analyse_series(spots, raman.Settings())
    mean = results[0]["mean.Si.position"]
    assert mean.value == pytest.approx(float(places.mean()), abs=0.05)
    assert mean.std == pytest.approx(float(np.std(places, ddof=1)), rel=0.15)
    assert next(note.text for note in results[0].notes if note.code == "spots").startswith("means over 7 of 8 spots")
    assert raman.TABLES["spots"](results).rows[0][1].text == str(mean.number)


@pytest.mark.parametrize(
    "offset", [-60.0, 25.0, *(pytest.param(offset, marks=pytest.mark.slow) for offset in (-80.0, 40.0, 60.0))]
)
def test_an_axis_far_off_is_refused(offset: float) -> None:
    """The line stands at the edge of where one is looked for, as after a wrong laser line."""
    made = raman.simulate(raman.Parameters(), np.random.default_rng(0))
    moved = {**made.columns, "raman_shift_per_cm": made["raman_shift_per_cm"] + offset}
    with pytest.raises(Refused, match="no crystalline line"):
        raman.analyse(dataclasses.replace(made, columns=moved), raman.Settings())


def test_an_intensity_that_is_no_number_is_refused() -> None:
    made = raman.simulate(raman.Parameters(), np.random.default_rng(0))
    at = int(np.argmin(np.abs(made["raman_shift_per_cm"] - 500.0)))
    holed = np.where(np.arange(len(made)) == at, np.nan, made["intensity_count"])
    with pytest.raises(InputError, match="1 intensities"):
        raman.analyse(dataclasses.replace(made, columns={**made.columns, "intensity_count": holed}), raman.Settings())


@pytest.mark.parametrize("phase", [0.0, 0.7, 1.4, 2.1])
def test_a_coarsely_sampled_line_is_within_its_uncertainty_and_doubted(phase: float) -> None:
    """Pixels of 2.9 1/cm, each the mean over its width, on a line that is lopsided by the instrument."""
    fine = np.arange(200.0 + phase, 900.0, 0.1)
    shape = np.exp(-4.0 * np.log(2.0) * ((fine - 520.5) / np.where(fine < 520.5, 8.0, 6.0)) ** 2)
    pixels = len(fine) // 29
    x, y = (part[: 29 * pixels].reshape(pixels, 29).mean(axis=1) for part in (fine, 400.0 + 20000.0 * shape))
    counts = np.random.default_rng(3).poisson(y).astype(float)
    columns = {"raman_shift_per_cm": x, "intensity_count": counts}
    result = raman.analyse(Measurement(technique="raman", columns=columns), raman.Settings(region="silicon"))
    position = result["Si.position"]
    assert position.std is not None
    assert abs(position.value - 520.5) < 2.5 * position.std
    assert "coarse_line" in {note.code for note in result.notes}
