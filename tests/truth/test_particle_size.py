"""Particle size: simulated lognormal powders give back their percentiles; mixtures, bases and scaling behave."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Parameters, Settings, true_percentile

POWDER = Parameters(medians_um=(0.9, 6.5), geometric_sds=(1.6, 1.9), fractions=(0.2, 0.8), noise=0.03)
PARTS = {"d10": 0.1, "d50": 0.5, "d90": 0.9}


def test_percentiles_of_replicates_are_calibrated() -> None:
    pulls: dict[str, list[float]] = {name: [] for name in PARTS}
    for seed in range(60):
        rng = np.random.default_rng(seed)
        runs = [particle_size.simulate(POWDER, rng) for _ in range(8)]
        result = particle_size.analyse(particle_size.join(runs), Settings())
        for name, part in PARTS.items():
            std = result[name].std / np.sqrt(len(runs))  # of the mean
            pulls[name].append((result[name].value - true_percentile(POWDER, part)) / std)
    for name, values in pulls.items():
        assert abs(np.mean(values)) < 0.7, name
        assert 0.7 < np.std(values) < 1.4, name  # Student's t of 7 degrees of freedom has 1.18


@pytest.mark.parametrize("channels", [60, 100])
def test_percentiles_of_one_exact_record(channels: int) -> None:
    powder = Parameters(medians_um=(5.0,), geometric_sds=(1.5,), noise=0.0, channels=channels)
    result = particle_size.analyse(particle_size.simulate(powder, np.random.default_rng(0)), Settings())
    for name, part in PARTS.items():
        assert result[name].value == pytest.approx(true_percentile(powder, part), rel=3e-3)
        assert result[name].std is None
    assert "single_record" in {note.code for note in result.notes}


def test_lognormal_moments_and_modes() -> None:
    powder = Parameters(medians_um=(0.5, 20.0), geometric_sds=(1.4, 1.4), fractions=(0.3, 0.7), noise=0.0)
    result = particle_size.analyse(particle_size.simulate(powder, np.random.default_rng(0)), Settings())
    spread = np.exp(0.5 * np.log(1.4) ** 2)
    assert result["d43"].value == pytest.approx((0.3 * 0.5 + 0.7 * 20.0) * spread, rel=3e-3)
    assert result["d32"].value == pytest.approx(1.0 / ((0.3 / 0.5 + 0.7 / 20.0) * spread), rel=3e-3)
    assert [row["share"] for row in result.rows] == pytest.approx([30.0, 70.0], abs=0.1)
    assert [row["size"] for row in result.rows] == pytest.approx([0.5, 20.0], rel=0.02)


def test_histograms_are_mixed_not_percentiles() -> None:
    """75 um beads and 18.5 um polyamide, half and half by volume: the mean of the D10s is far from the true one."""
    one, two = (
        Parameters(medians_um=(median,), geometric_sds=(sd,), noise=0.0) for median, sd in ((75.0, 1.3), (18.5, 1.32))
    )
    rng = np.random.default_rng(0)
    parts = [particle_size.analyse(particle_size.simulate(p, rng), Settings()) for p in (one, two)]
    mixed = particle_size.analyse(particle_size.mix(parts, (0.5, 0.5)), Settings())
    whole = Parameters(medians_um=(75.0, 18.5), geometric_sds=(1.3, 1.32), fractions=(0.5, 0.5))
    for name, part in PARTS.items():
        assert mixed[name].value == pytest.approx(true_percentile(whole, part), rel=5e-3)
    assert np.mean([part["d10"].value for part in parts]) > 2.0 * mixed["d10"].value


def test_by_number_is_converted_and_said() -> None:
    powder = Parameters(medians_um=(5.0,), geometric_sds=(1.5,), noise=0.0)
    measured = particle_size.simulate(powder, np.random.default_rng(0))
    result = particle_size.analyse(measured, Settings(basis="number"))
    hatch = 5.0 * np.exp(-3.0 * np.log(1.5) ** 2)  # Hatch and Choate: the number median of a lognormal powder
    assert result["d50"].value == pytest.approx(hatch, rel=0.01)
    assert "converted_basis" in {note.code for note in result.notes}


@settings(max_examples=25, deadline=None)
@given(scale=st.floats(0.05, 20.0), factor=st.floats(0.01, 100.0))
def test_sizes_scale_and_shares_need_no_norm(scale: float, factor: float) -> None:
    measured = particle_size.simulate(POWDER, np.random.default_rng(4))
    names = ("lower_size_micrometre", "upper_size_micrometre")
    columns = {name: measured[name] * scale for name in names} | {"share_percent": measured["share_percent"] * factor}
    scaled = particle_size.analyse(Measurement(technique="particle_size", columns=columns), Settings())
    plain = particle_size.analyse(measured, Settings())
    for name in ("d10", "d50", "d90", "d43", "d32"):
        assert scaled[name].value == pytest.approx(plain[name].value * scale, rel=1e-6)
    assert scaled["span"].value == pytest.approx(plain["span"].value, rel=1e-6)


def test_a_single_record_has_no_uncertainty_unless_its_repeatability_is_set() -> None:
    """Repeated records of one powder vary by 0.2 to 6 %; how percentiles are interpolated moves D50 by 0.01 %."""
    record = particle_size.simulate(POWDER, np.random.default_rng(0))
    plain = particle_size.analyse(record, Settings())
    assert plain["d50"].std is None
    assert plain["d50"].number == f"{plain['d50'].value:.2f}"
    known = particle_size.analyse(record, Settings(repeatability_percent=3.0))
    assert known["d50"].std == pytest.approx(0.03 * known["d50"].value)
    told = {note.code: note for note in plain.notes}
    assert "ISO 13320" in told["single_record"].text
    assert told["optics"].level == "doubt"


def test_optics_and_dispersant_are_told() -> None:
    record = particle_size.simulate(POWDER, np.random.default_rng(0))
    optics = {"particle_refractive_index": 1.53, "dispersant_refractive_index": 1.33}
    stated = dataclasses.replace(record, meta={**record.meta, "optics": optics, "dispersant": "Water"})
    note = next(n for n in particle_size.analyse(stated, Settings()).notes if n.code == "optics")
    assert note.level == "info"
    assert "1.53" in note.text
    assert "Water" in note.text


def test_a_percentile_in_an_end_channel_is_doubted() -> None:
    """A tenth of the powder is finer than the finest channel can tell."""
    fine = Parameters(medians_um=(0.6,), geometric_sds=(1.6,), smallest_um=0.25, channels=40, noise=0.0)
    result = particle_size.analyse(particle_size.simulate(fine, np.random.default_rng(0)), Settings())
    columns = dict(particle_size.simulate(fine, np.random.default_rng(0)).columns)
    share = columns["share_percent"].copy()
    share[0] += 12.0
    more = particle_size.analyse(
        Measurement(technique="particle_size", columns={**columns, "share_percent": share}), Settings()
    )
    assert "end_channel" not in {note.code for note in result.notes}
    assert "D10 lies in the first" in next(note.text for note in more.notes if note.code == "end_channel")


def test_a_first_edge_of_zero() -> None:
    """A first channel from 0 to 1 um counts; its lower edge continues the ratio of the next ones."""
    edges = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0])
    columns = {
        "lower_size_micrometre": edges[:-1],
        "upper_size_micrometre": edges[1:],
        "share_percent": np.array([5.0, 20.0, 50.0, 20.0, 5.0]),
    }
    result = particle_size.analyse(Measurement(technique="particle_size", columns=columns), Settings())
    assert result["d50"].value == pytest.approx(np.sqrt(8.0), rel=1e-3)  # the middle of a symmetric distribution
    assert result.edges[0] == 0.5
    assert {"first_edge"} <= {note.code for note in result.notes}
    by_number = particle_size.analyse(Measurement(technique="particle_size", columns=columns), Settings(basis="number"))
    assert np.isfinite(by_number["d50"].value)


def test_averages_of_the_software_are_not_counted_as_records() -> None:
    rng = np.random.default_rng(1)
    names = ["silicon", "silicon", "silicon - Average", "silicon Averaged Result"]
    runs = [
        dataclasses.replace(m, meta={**m.meta, "title": t})
        for t in names
        for m in [particle_size.simulate(POWDER, rng)]
    ]
    result = particle_size.analyse(particle_size.join(runs), Settings())
    assert len(result.replicates) == 2
    assert "2 averages" in next(note.text for note in result.notes if note.code == "averages_left_out")
    alone = particle_size.analyse(runs[2], Settings())
    assert alone["d50"].std is None


def test_replicates_spread_with_the_standard_deviation_of_a_sample() -> None:
    """Three records of one powder scaled by 0.98, 1 and 1.02: two in a hundred of the size, by n - 1."""
    measured = particle_size.simulate(dataclasses.replace(POWDER, noise=0.0), np.random.default_rng(4))
    edges = ("lower_size_micrometre", "upper_size_micrometre")
    alone = particle_size.analyse(measured, Settings())["d50"].value
    runs = [
        dataclasses.replace(measured, columns={n: v * (f if n in edges else 1.0) for n, v in measured.columns.items()})
        for f in (0.98, 1.0, 1.02)
    ]
    result = particle_size.analyse(particle_size.join(runs), Settings())
    assert result["d50"].std == pytest.approx(0.02 * alone, rel=0.03)


def test_a_coarse_end_beyond_the_range_is_doubted() -> None:
    measured = particle_size.simulate(dataclasses.replace(POWDER, noise=0.0), np.random.default_rng(0))
    share = measured["share_percent"].copy()
    share[-1] += 0.2 * share.sum()
    coarse = dataclasses.replace(measured, columns={**measured.columns, "share_percent": share})
    told = next(n.text for n in particle_size.analyse(coarse, Settings()).notes if n.code == "end_channel")
    assert "D90 lies in the first or last channel" in told


@settings(max_examples=10)
@given(order=st.permutations(range(4)))
def test_the_order_of_the_files_does_not_matter(order: list[int]) -> None:
    runs = [particle_size.simulate(POWDER, np.random.default_rng(seed)) for seed in range(4)]
    plain, turned = (
        particle_size.analyse(particle_size.join([runs[place] for place in places]), Settings())
        for places in (range(4), order)
    )
    for name, quantity in plain.quantities.items():
        assert turned[name].value == pytest.approx(quantity.value, rel=1e-9), name
        assert turned[name].std == (None if quantity.std is None else pytest.approx(quantity.std, rel=1e-6)), name


def test_a_record_in_parts_weighs_as_much_as_one_in_per_cent() -> None:
    """Two records of sizes a tenth apart, one of which sums to 1: neither is lost beside the other."""
    measured = particle_size.simulate(dataclasses.replace(POWDER, noise=0.0), np.random.default_rng(4))
    edges = ("lower_size_micrometre", "upper_size_micrometre")
    share = next(name for name in measured.columns if name not in {*edges, "record_count"})
    smaller = {n: v * (0.95 if n in edges else 1.0) for n, v in measured.columns.items()}
    parts = {**smaller, share: smaller[share] / smaller[share].sum()}
    found = [
        particle_size.analyse(
            particle_size.join([measured, dataclasses.replace(measured, columns=columns)]), Settings()
        )
        for columns in (smaller, parts)
    ]
    for name in ("d10", "d50", "d90", "d43"):
        assert found[1][name].value == pytest.approx(found[0][name].value, rel=1e-9)
    assert found[1].share.sum() == pytest.approx(100.0)
