"""Amorphous matter: the share by a weighed standard, and the largest share of a glass that would not be seen."""

from __future__ import annotations

import dataclasses
from typing import Literal

import numpy as np
import pytest

from halfcell.core.quantity import Quantity
from halfcell.materials.reflections import share_by_vacancies
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Settings, internal_standard
from halfcell.techniques.diffraction.simulate import phase_pattern
from halfcell.techniques.diffraction.weight_shares import weights_of
from xrd_samples import calibrated, powder, scanned


@pytest.mark.parametrize(("glass", "weighed"), [(0.0, 20.0), (30.0, 20.0), (70.0, 50.0)])
def test_the_glass_is_what_the_standard_lacks(glass: float, weighed: float) -> None:
    """A sample with `glass` wt%, its crystals 3 : 1 of two phases, mixed with `weighed` wt% of corundum."""
    one, two = (part * (100 - glass) / 100 * (100 - weighed) / 100 for part in (75.0, 25.0))
    seen = one + two + weighed
    shares = {
        f"{name}.fraction": Quantity(100 * value / seen, "wt%", 1.0)
        for name, value in (("Si", one), ("CoSi2", two), ("corundum", weighed))
    }
    found, _ = internal_standard.amorphous_share(shares, {"corundum": weighed})
    assert found["amorphous_share"].value == pytest.approx(glass, abs=1e-9)
    assert found["Si.sample_fraction"].value == pytest.approx(0.75 * (100 - glass))
    assert found["CoSi2.sample_fraction"].value == pytest.approx(0.25 * (100 - glass))


def test_the_error_is_that_of_the_formula() -> None:
    """Against random shares and a random crystallinity of the standard, which is not in the formula's code."""
    rng = np.random.default_rng(1)
    s, w = rng.normal(0.30, 0.01, 20000), 0.2 * rng.normal(1.0, 0.0111, 20000)
    scatter = float(np.std(100 * (1 - w / s) / 0.8))
    shares = {"corundum.fraction": Quantity(30.0, "wt%", 1.0), "Si.fraction": Quantity(70.0, "wt%", 1.0)}
    found, _ = internal_standard.amorphous_share(shares, {"corundum": 20.0})
    assert found["amorphous_share"].std == pytest.approx(scatter, rel=0.05)


def test_a_standard_that_is_not_fitted_gives_no_share() -> None:
    found, notes = internal_standard.amorphous_share({}, {"corundum": 20.0})
    assert not found
    assert [note.code for note in notes] == ["no_spike"]


@pytest.mark.slow
def test_a_powder_with_a_standard() -> None:
    """LaB6 weighed in as if 40 % of the sample were glass; the amounts are those that were simulated."""
    made = powder(("Si", 1000, 30), ("LaB6", 600, 60))
    settings = Settings(instrument=calibrated(), phases=("Si", "LaB6"))
    data = scanned(made, 1, settings)
    tops = np.array([phase_pattern(one, made, data.two_theta).max() for one in made.phases])
    amounts = weights_of(("Si", "LaB6"), data) * np.array([1000.0, 600.0]) / tops
    part = amounts[1] / amounts.sum()
    weighed = 100 * 0.6 * part / (1 - 0.4 * part)
    spiked = dataclasses.replace(settings, spike={"LaB6": float(weighed)})
    found = diffraction.analyse(diffraction.simulate(made, np.random.default_rng(2)), spiked)["amorphous_share"]
    assert found.value == pytest.approx(40.0, abs=2 * (found.std or 0.0))


@pytest.mark.slow
@pytest.mark.parametrize("element", ["Si", "Sn"])
def test_a_glass_above_its_limit_is_seen(element: Literal["Si", "Sn"]) -> None:
    """The glass is a hump at 28.4 or 31.5 degrees, 6 degrees wide: it is seen, or the limit rises.

    Where a halo may be fitted, it is, and there is no limit.
    """
    centre = 28.4 if element == "Si" else 31.5
    settings = Settings(instrument=calibrated(), phases=("CoSi2",), amorphous=(element,), halos="none")
    bare = powder(("CoSi2", 900, 30))
    result = diffraction.analyse(diffraction.simulate(bare, np.random.default_rng(4)), settings)
    limit = result[f"{element}.amorphous_limit"].value
    assert 0.1 < limit < 15.0
    glassy = diffraction.simulate(dataclasses.replace(bare, humps=((centre, 6.0, 150.0),)), np.random.default_rng(4))
    seen = diffraction.analyse(glassy, settings)
    raised = seen.quantities.get(f"{element}.amorphous_limit")
    is_seen = "amorphous_seen" in {note.code for note in seen.notes}
    assert is_seen or (raised is not None and raised.value > 3 * limit)
    found = diffraction.analyse(glassy, dataclasses.replace(settings, halos="auto"))
    assert "no_amorphous_limit" in {note.code for note in found.notes}


def test_missing_iron_is_in_the_error_of_a_share() -> None:
    """alpha-FeSi2 is Fe0.83Si2 to FeSi2: |F|^2 falls faster than the density, so that its share would be larger."""
    lighter = (0.83 * 55.845 + 2 * 28.085) / (55.845 + 2 * 28.085)
    off = share_by_vacancies("alpha-FeSi2", 0.8)
    assert 0.0 < off < np.log(lighter / 0.83**2)  # silicon scatters as well, and does not vanish
    assert share_by_vacancies("Si", 0.8) == 0.0
