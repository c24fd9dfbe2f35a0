"""Example raw files of EDX: simulated Lispix maps of the pressed anode before and after 100 cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.images import ripple_rpl
from halfcell.techniques.edx import Field, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"edx": "raw/edx/{sample}_?_{state}.rpl"}
_SETTINGS = {"edx": {"elements": ["C", "Si", "Co", "Sn", "S"], "blocks": [8, 2, 4, 16]}}
_ANODE = "Si/a-Sn/CoSi2/G/C"
_PIXELS = (60, 80)
_COUNTS = 60.0 * _PIXELS[0] * _PIXELS[1]  # of the strongest line


def _map(title: str, spread: float, sulfur: float) -> Parameters:
    """A map; Si and Co are in the same particles, C and the S of the electrolyte fill the rest."""
    return Parameters(
        lines=(
            ("C", "K", 0.7 * _COUNTS),
            ("Si", "K", _COUNTS),
            ("Co", "K", 0.12 * _COUNTS),
            ("Sn", "L", 0.2 * _COUNTS),
            ("S", "K", sulfur * _COUNTS),
        ),
        continuum_counts=0.9 * _COUNTS,
        beam_kilovolt=15.0,
        channels=440,
        step_kiloelectronvolt=0.02,
        strobe_counts=0.5 * _COUNTS,
        size=_PIXELS,
        fields=(
            Field(element="Si", spread=spread, grain_pixels=7.0, pattern=0),
            Field(element="Co", spread=1.2 * spread, grain_pixels=7.0, pattern=0),
            Field(element="C", spread=-0.8 * spread, grain_pixels=7.0, pattern=0),
            Field(element="Sn", spread=1.5 * spread, grain_pixels=5.0, pattern=1),
            Field(element="S", spread=2.0 * spread, grain_pixels=9.0, pattern=2),
        ),
        pixel_nm=100.0,
        title=title,
    )


# The document shows the maps without numbers: counts and variations are of our own choice.
_MAPS = {
    "before cycling": _map("before cycling", 0.10, 0.10),
    "after 100 cycles": _map("after 100 cycles", 0.22, 0.14),
}

_ITEMS = f"""
[[figure]]
id = "S40"
caption = "EDX elemental mapping of the {_ANODE} anode before cycling in an ASSLB: counts relative to their mean, in blocks that hold 25 counts."
technique = "edx"
show = "maps"
samples = ["{_ANODE}"]
select = {{ state = ["before cycling"] }}

[[figure]]
id = "S41"
caption = "EDX elemental mapping of the {_ANODE} anode before cycling and after 100 cycles in an ASSLB, all maps on one scale: counts relative to each element's mean over both."
technique = "edx"
show = "maps"
samples = ["{_ANODE}"]
select = {{ state = ["before cycling", "after 100 cycles"] }}
"""  # noqa: E501

_TRUTH = tuple(
    Truth(_ANODE, "edx", f"{symbol}.counts", counts, "", f"*_{number}_{state.replace(' ', '_')}.r*")
    for number, (state, parameters) in enumerate(_MAPS.items(), start=1)
    for symbol, _, counts in parameters.lines
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """An .rpl and a .raw per state."""
    import numpy as np

    for number, (state, parameters) in enumerate(_MAPS.items()):
        rng = np.random.default_rng([seed, 960 + number])
        head, counts = ripple_rpl.write(simulate(parameters, rng))
        name = f"raw/edx/{_ANODE.replace('/', '_')}_{number + 1}_{state.replace(' ', '_')}"
        yield SimulatedFile(f"{name}.rpl", head)
        yield SimulatedFile(f"{name}.raw", counts)


TOPIC = Topic(raw=_RAW, settings=_SETTINGS, samples=({"name": _ANODE},), items=_ITEMS, truth=_TRUTH, files=files)
