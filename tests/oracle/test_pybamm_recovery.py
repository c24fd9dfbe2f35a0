"""What a fit finds in rate series that PyBaMM made: the values put in lie within its stated intervals.

    PYTHONPATH=src python -m pytest -m oracle tests/oracle/test_pybamm_recovery.py

PyBaMM's many-particle model makes the series, with 0.5 % and 3 mV of noise; nothing of our kernel is in them.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from halfcell.twin.card import Card, card_from_facts
from halfcell.twin.card_series import Target
from halfcell.twin.fit import fit
from halfcell.twin.intervals import intervals
from halfcell.twin.pybamm_cell import Mesh, discharge_by_pybamm

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]
CARD = Path(__file__).resolve().parents[2] / "src" / "halfcell" / "twin" / "cards" / "graphite-ncm811.toml"
CURRENTS = (18.0, 90.0, 180.0, 360.0, 540.0, 900.0)
TRUTHS = (
    {"anode.diffusion_hours": 1.1, "anode.charged_content": 0.82, "cell.resistance_ohm": 12.0},
    {"anode.diffusion_hours": 2.2, "anode.charged_content": 0.76, "cell.resistance_ohm": 5.0},
    {"anode.diffusion_hours": 0.6, "anode.charged_content": 0.88, "cell.resistance_ohm": 20.0},
)
SEEDS = 6
SPREAD = 0.3


def _card(truth: dict[str, float]) -> Card:
    card = card_from_facts(tomllib.loads(CARD.read_text(encoding="utf-8")))
    values = {"anode.size_spread": SPREAD, "cathode.size_spread": SPREAD, "anode.exchange_per_hour": 3.0}
    kept = {name: stated for name, stated in card.values.items() if name != "anode.lost_content"}
    return replace(card, values=kept, targets=()).with_values({**values, **truth}, "test")


def test_nine_of_ten_truths_lie_within_their_intervals() -> None:
    """95 % intervals by profile likelihood of three values in 3 cells with 6 draws of noise each."""
    pytest.importorskip("pybamm")
    inside = []
    for number, truth in enumerate(TRUTHS):
        made = discharge_by_pybamm(_card(truth), CURRENTS, "MPM", Mesh(radius=40, sizes=40))
        for seed in range(SEEDS):
            rng = np.random.default_rng([number, seed])
            capacity = made.capacity * (1 + 0.005 * rng.standard_normal(len(CURRENTS)))
            volt = made.mean_volt + 0.003 * rng.standard_normal(len(CURRENTS))
            target = Target(
                source="PyBaMM", current=CURRENTS, capacity=tuple(capacity), mean_volt=tuple(volt),
                capacity_percent=0.5, volt_std=0.003,
            )  # fmt: skip
            start = replace(_card(TRUTHS[0]), targets=(target,))
            found = fit([start], list(truth))
            ends = intervals(found)
            inside += [_holds(ends[name], value) for name, value in truth.items()]
    assert np.mean(inside) >= 0.9, f"{sum(inside)} of {len(inside)}"


def _holds(ends: tuple[float | None, float | None], value: float) -> bool:
    low, high = ends
    return (low is None or low <= value) and (high is None or value <= high)
