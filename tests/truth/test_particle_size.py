"""Particle size: simulated lognormal powders give back their percentiles; mixtures, bases and scaling behave."""

from __future__ import annotations

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
def test_percentiles_of_one_exact_record_lie_within_their_uncertainty(channels: int) -> None:
    powder = Parameters(medians_um=(5.0,), geometric_sds=(1.5,), noise=0.0, channels=channels)
    result = particle_size.analyse(particle_size.simulate(powder, np.random.default_rng(0)), Settings())
    for name, part in PARTS.items():
        assert abs(result[name].value - true_percentile(powder, part)) < 2.0 * result[name].std


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
