"""Simulate a test of a card's cell as an instrument records it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.twin.cards import load_card
from halfcell.twin.instruments import recorded
from halfcell.twin.protocols import run_protocol

if TYPE_CHECKING:
    from numpy.random import Generator

    from halfcell.core.measurement import Measurement


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A card, values of it that are otherwise, and the protocol (voltammetry or impedance) with its settings."""

    name: str = "composite-ncm811"
    values: Mapping[str, float] = field(default_factory=dict)
    protocol: str = "impedance"
    settings: Mapping[str, object] = field(default_factory=lambda: {"discharged_percent": (50.0,), "part": "anode"})


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """The test with the errors of an instrument.

    Raises
    ------
    Refused
        If no instrument records the protocol.
    """
    card = load_card(parameters.name).with_values(parameters.values, "simulated")
    made = run_protocol(card, parameters.protocol, parameters.settings).measurement
    if made is None:
        raise Refused("no instrument records this", parameters.protocol)
    return recorded(made, rng)
