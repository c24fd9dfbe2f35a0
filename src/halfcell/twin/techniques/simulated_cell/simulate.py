"""A cell card as the measurement that its reader makes of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.twin.card_writer import card_text
from halfcell.twin.cards import load_card

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One of halfcell's own cards, with values that are otherwise."""

    name: str = "composite-ncm811"
    values: Mapping[str, float] = field(default_factory=dict)


def simulate(parameters: Parameters, rng: Generator) -> Measurement:  # noqa: ARG001 (a card has no noise)
    """The card as its reader gives it."""
    card = load_card(parameters.name).with_values(parameters.values, "simulated")
    paths = list(card.values)
    columns = {
        "value": np.array([card.values[path].value for path in paths]),
        "std": np.array([card.values[path].std or np.nan for path in paths]),
    }
    facts = {name: part for name, part in tomllib.loads(card_text(card)).items() if name != "measured"}
    return Measurement(
        technique="cell_card",
        columns=columns,
        meta={"simulated": True, "title": card.title, "card": facts, "paths": paths},
    )
