"""Example raw files of high-resolution microscopy: simulated DM3 pictures of crystals in amorphous tin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.images import digital_micrograph
from halfcell.techniques.microscopy import Grain, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"microscopy": "raw/tem/{sample}.dm3"}
_PIXELS = 720
_SILICON = Grain(phase="Si", families=("111", "220"), column_nm=4.1, row_nm=4.1, diameter_nm=7.8, direction_degree=25.0)
_PLACE = {"column_nm": 11.2, "row_nm": 5.2, "diameter_nm": 7.4, "direction_degree": 70.0}

# The document shows the pictures without numbers: grains and their orientations are of our own choice.
_PICTURES = {
    "Si/a-Sn/FeSi2": Parameters(
        pixels=_PIXELS,
        grains=(_SILICON, Grain(phase="beta-FeSi2", families=("202", "220"), **_PLACE)),
        title="Si/a-Sn/FeSi2",
    ),
    "Si/a-Sn/NiSi2": Parameters(
        pixels=_PIXELS,
        grains=(_SILICON, Grain(phase="NiSi2", families=("111", "220"), **_PLACE)),
        title="Si/a-Sn/NiSi2",
    ),
}
_REGIONS = "[[205, 205, 260], [560, 260, 250], [230, 570, 240]]"

_FIGURE = """
[[figure]]
id = "{id}"
caption = "Microstructural characteristics of the {sample} composite: a HRTEM image with the selected regions; b-d their FFT patterns with the lattice spacings: b Si, whose fringes are the standard of scale and shear, c the silicide, d amorphous."
technique = "microscopy"
show = "lattice fringes"
samples = ["{sample}"]
set = {{ regions = {regions}, standard = "Si", phases = {phases}, bar_place = "lower right", fringes = 2 }}
"""  # noqa: E501

_IRON = '["Si", "beta-FeSi2", "alpha-FeSi2", "FeSi", "beta-Sn"]'
_NICKEL = '["Si", "NiSi2", "NiSi", "Ni2Si", "beta-Sn"]'
_ITEMS = "".join(
    _FIGURE.format(id=name, sample=sample, regions=_REGIONS, phases=phases)
    for name, sample, phases in (("S8", "Si/a-Sn/FeSi2", _IRON), ("S9", "Si/a-Sn/NiSi2", _NICKEL))
)

_TRUTH = tuple(Truth(name, "microscopy", "pixel_size", picture.pixel_nm, "nm") for name, picture in _PICTURES.items())


def files(seed: int) -> Iterator[SimulatedFile]:
    """One DM3 picture per composite, whose stated scale is 3 % off, as those of microscopes are."""
    import numpy as np

    for number, (name, parameters) in enumerate(_PICTURES.items()):
        made = simulate(parameters, np.random.default_rng([seed, 1700 + number]))
        yield SimulatedFile(f"raw/tem/{name.replace('/', '_')}.dm3", digital_micrograph.write(made))


TOPIC = Topic(raw=_RAW, items=_ITEMS, truth=_TRUTH, files=files, needs="rsciio")
