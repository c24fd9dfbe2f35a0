"""Figures and tables of Raman spectroscopy: their structure, compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import raman
from halfcell.techniques.raman import Parameters, RamanResult, Settings, analyse, analyse_series, simulate
from snapshots import check

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def states() -> Sequence[RamanResult]:
    """Crystalline silicon that becomes amorphous."""
    made = {
        "pristine": Parameters(title="pristine", amorphous_fraction=0.2),
        "0.01 V": Parameters(title="0.01 V", counts=1.0, amorphous_counts=50000.0),
    }
    spectra = [simulate(one, np.random.default_rng(seed)) for seed, one in enumerate(made.values())]
    found = analyse_series(spectra, Settings())
    return [r.stamped(label=name, id=f"id of {name}") for r, name in zip(found, made, strict=True)]


@pytest.mark.parametrize("show", raman.FIGURES)
def test_figures_of_states(states: Sequence[RamanResult], show: str) -> None:
    """The line at 520.5 1/cm is there and gone; the difference carries two standard uncertainties."""
    check(raman.FIGURES[show](states), SNAPSHOTS / f"{show}.json")


@pytest.mark.parametrize("show", ["silicon line", "states"])
def test_tables_of_states(states: Sequence[RamanResult], show: str) -> None:
    """Position and width with errors; the second state has none, and its crystalline share is zero."""
    check(raman.TABLES[show](states), SNAPSHOTS / f"table {show}.json")


def test_carbon() -> None:
    """D, G and their ratio by area and by height, which differ by nearly two."""
    parameters = Parameters(range_per_cm=(900.0, 1900.0), carbon_d=2.0, carbon_g=1.0)
    result = analyse(simulate(parameters, np.random.default_rng(5)), Settings(region="carbon"))
    carbon = [result.stamped(label="hard carbon", id="id of carbon")]
    check(raman.FIGURES["spectrum"](carbon), SNAPSHOTS / "spectrum of carbon.json")
    check(raman.TABLES["carbon bands"](carbon), SNAPSHOTS / "table carbon bands.json")
