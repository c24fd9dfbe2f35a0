"""Example of a load: three light-emitting diodes at the full cell of the study, computed from its cell card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"simulated_cell": "raw/cards/{cell}.toml"}
_CELL, _SAMPLE, _CARD = "composite-card", "Si/a-Sn/CoSi2/G/C", "composite-ncm811"

# Three blue diodes in parallel, 3.0 V at 2 mA each, as low-current ones are: the document shows them lit, no more
_GIVEN = '["diodes=3", "wired=parallel", "rated_volt=3.0", "rated_ma=2"]'

_ITEMS = f"""
[[figure]]
id = "S34"
caption = "Three light-emitting diodes lit by the Si/a-Sn/CoSi2/G/C|NCM811 cell, computed from its cell card. a Characteristics of the charged cell and of the diodes, which meet at the operating point. b Voltage and current over the run time."
width_mm = 180
panels = [
  {{ technique = "simulated_cell", show = "protocol", cells = ["{_CELL}"], set = {{ protocol = "load", given = {_GIVEN} }} }},
]
"""  # noqa: E501


def files(seed: int) -> Iterator[SimulatedFile]:  # noqa: ARG001 (a card has no noise)
    """The cell card."""
    from halfcell.twin.card_writer import card_text
    from halfcell.twin.cards import load_card

    yield SimulatedFile(f"raw/cards/{_CELL}.toml", card_text(load_card(_CARD)).encode())


TOPIC = Topic(
    raw=_RAW,
    samples=({"name": _SAMPLE},),
    cells=({"cell": _CELL, "sample": _SAMPLE, "kind": "full"},),
    items=_ITEMS,
    files=files,
)
