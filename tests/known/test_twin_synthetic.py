"""Six rate series that another code made from cards like ours, with 0.5 % and 3 mV of noise; their truth is kept aside.

Graphite and mixed anodes on NCM811, and a solid cell, with the curves of Chen et al. 2020 (NCM811, graphite with SiOx)
and of Verbrugge et al. 2016 (Si). Held here: the fits reach the noise with four or five values, and say how far.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from halfcell.twin.card import Card
from halfcell.twin.card_series import Target
from halfcell.twin.cards import load_card
from halfcell.twin.fit import fit

pytestmark = pytest.mark.slow
CARDS = {"G": "graphite-ncm811", "M": "composite-ncm811", "S": "composite-lpsc-ncm811"}
CURVES = {"NCM811": ("NCM811", "Chen"), "graphite": ("graphite-SiOx", "Chen"), "Si": ("Si", "Verbrugge")}
ANODE = ("anode.diffusion_hours", "anode.charged_content", "anode.size_spread", "cell.resistance_ohm")


def _card(series: dict) -> Card:
    card = load_card(CARDS[series["cell"]])
    phases = []
    for one in card.phases:
        material, name = CURVES.get(one.material, (one.material, one.set))
        phases.append(replace(one, material=material, set=name))
    values = {name: stated for name, stated in card.values.items() if name != "anode.lost_content"}
    target = Target(
        source="synthetic", current=tuple(map(float, series["rates"])), capacity=tuple(series["capacity"]),
        mean_volt=tuple(series["mean_V"]), per="cm2" if series["cell"] == "S" else "g", capacity_percent=0.5,
        volt_std=0.003,
    )  # fmt: skip
    made = replace(card, phases=tuple(phases), values=values, targets=(target,))
    return made.with_values({"cathode.capacity_mah_per_g": 217.6, "anode.exchange_per_hour": 30.0}, "as was made")


@pytest.mark.parametrize(
    ("place", "more"),
    [(0, "anode.exchange_per_hour"), (3, "anode.exchange_per_hour"), (1, "cathode.diffusion_hours"), (2, "")],
)
def test_a_series_is_fitted_to_its_noise(data: Path, place: int, more: str) -> None:
    path = data / "twin" / "synthetic_rate_series.json"
    if not path.is_file():
        pytest.skip(f"no file {path}")
    series = json.loads(path.read_text(encoding="utf-8"))[place]
    found = fit([_card(series)], [*ANODE, *([more] if more else [])])
    assert found.scatter <= 1.6
    errors = [abs(row.capacity_error or 0.0) for row in found.predictions[0].rows]
    assert max(errors) <= 1.3
    assert all(0 < found.std[name] < 0.4 * found.values[name] for name in ANODE)
