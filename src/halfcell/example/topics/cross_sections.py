"""Example raw files of cross-sections: simulated light-microscope pictures of five anodes in two states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.images import plain_picture
from halfcell.techniques.layer_thickness import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"layer_thickness": "raw/om/{sample}_{state}_{picture}.jpg"}
_PIXEL_NM = 250.0
_SETTINGS = {
    "layer_thickness": {
        "pixel_size_nm": _PIXEL_NM,
        "scale_uncertainty_percent": 1.0,
        "collector_um": 0.0,
        "reference_state": "2 V",
    }
}

# Thickness (um) at 2 V and swelling at 0 V. The document shows the pictures without numbers: these are of our own
# choice, in the order that silicon anodes and composites have.
_ANODES = {
    "Si": (15.0, 1.65),
    "Si/Sn-10": (15.5, 1.2),
    "Si/a-Sn/CoSi2": (17.0, 0.74),
    "Si/a-Sn/CoSi2/G": (18.0, 0.48),
    "Si/a-Sn/CoSi2/G/C": (19.0, 0.31),
}
_STATES = {"2 V": 0.0, "0 V": 1.0}
_PICTURES = 3

_ITEMS = """
[[figure]]
id = "S30"
caption = "OM images showing changes in the thicknesses of pristine Si, Si/Sn-10, Si/a-Sn/CoSi2, Si/a-Sn/CoSi2/G and Si/a-Sn/CoSi2/G/C anodes in the fully charged (2 V vs. Li+/Li) and the fully discharged (0 V) states, on one scale, with the edges of the coating, its mean thickness over three images and its change."
technique = "layer_thickness"
show = "cross-sections"
samples = ["Si", "Si/Sn-10", "Si/a-Sn/CoSi2", "Si/a-Sn/CoSi2/G", "Si/a-Sn/CoSi2/G/C"]
"""  # noqa: E501

_TRUTH = tuple(
    Truth(name, "layer_thickness", "coating_thickness", thickness, "um") for name, (thickness, _) in _ANODES.items()
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """Three pictures of each anode and state."""
    import numpy as np

    for number, (name, (thickness, swelling)) in enumerate(_ANODES.items()):
        for state, part in _STATES.items():
            shown = Parameters(
                columns=560,
                rows=300,
                pixel_nm=_PIXEL_NM,
                thickness_um=thickness * (1.0 + part * swelling),
                roughness_um=0.5,
                correlation_um=4.0,
                title=f"{name} {state}",
            )
            for picture in range(1, _PICTURES + 1):
                rng = np.random.default_rng([seed, 1600 + number, int(part), picture])
                path = f"raw/om/{name.replace('/', '_')}_{state}_{picture}.jpg"
                yield SimulatedFile(path, plain_picture.write(simulate(shown, rng)))


TOPIC = Topic(raw=_RAW, settings=_SETTINGS, items=_ITEMS, truth=_TRUTH, files=files)
