"""Example raw files of powders under the microscope: simulated Hitachi pictures of the composites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.data_bar import with_data_bar
from halfcell.example.topic import SimulatedFile, Topic
from halfcell.readers.common.picture_sidecar import write_hitachi
from halfcell.readers.images import plain_picture
from halfcell.techniques.particle_images import Parameters, simulated_with_diameters

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"particle_images": "raw/sem/{sample}.jpg"}
_COLUMNS, _ROWS = 960, 640

# Medians by number of primary particles: finer than the laser's medians by volume, as powders with a wide distribution
# and agglomerates are. The document shows the pictures without numbers: these are of our own choice.
_POWDERS = {
    "Si/a-Sn/FeSi2": Parameters(median_um=1.9, geometric_sd=1.55),
    "Si/a-Sn/CoSi2": Parameters(median_um=1.6, geometric_sd=1.55),
    "Si/a-Sn/NiSi2": Parameters(median_um=2.1, geometric_sd=1.6),
    "Si/a-Sn/CoSi2/G": Parameters(median_um=2.4, geometric_sd=1.6),
    "Si/a-Sn/CoSi2/G/C": Parameters(median_um=4.2, geometric_sd=1.5, aspect=0.9),
}
_PIXELS_PER_MEDIAN = 26.0
_BARS = {"Si/a-Sn/NiSi2": 10_000}  # nm, as the label of the bar says: its text file states no size of a pixel
_PARTICLES = 190

_SETTINGS = {
    "particle_images": {"crop": [0, 0, _COLUMNS, _ROWS], "scale_uncertainty_percent": 2.0, "bar_place": "lower right"}
}

_BESIDE = """
[[figure]]
id = "{id}"
caption = "{caption}"
columns = 3
width_mm = 180
panels = [
{panels}
]
"""

_PANELS = """\
  {{ technique = "particle_size", show = "size distribution", samples = ["{sample}"] }},
  {{ technique = "particle_images", show = "particles", samples = ["{sample}"]{bar} }},
  {{ technique = "particle_images", show = "particle sizes", samples = ["{sample}"], set = {{ laser = "raw/psa/{file}_1.csv"{scale} }} }},"""  # noqa: E501


def _file(sample: str) -> str:
    return sample.replace("/", "_")


def _scale(sample: str) -> dict[str, str]:
    """What the bar of the picture stands for, where the file beside it was told to state no scale."""
    length = f"scale_bar_nm = {_BARS[sample]}" if sample in _BARS else ""
    return {"bar": f", set = {{ {length} }}" if length else "", "scale": f", {length}" if length else ""}


def _figure(number: str, caption: str, samples: tuple[str, ...]) -> str:
    panels = "\n".join(_PANELS.format(sample=sample, file=_file(sample), **_scale(sample)) for sample in samples)
    return _BESIDE.format(id=number, caption=caption, panels=panels)


_ITEMS = "".join(
    (
        _figure(
            "S5",
            "Morphological characteristics of the Si/a-Sn/TMS composites: size distributions by laser diffraction,"
            " SEM images with the outlines of the particles, and their sizes by number and by volume. a-c"
            " Si/a-Sn/FeSi2, d-f Si/a-Sn/CoSi2, g-i Si/a-Sn/NiSi2.",
            ("Si/a-Sn/FeSi2", "Si/a-Sn/CoSi2", "Si/a-Sn/NiSi2"),
        ),
        _figure(
            "S15",
            "Morphological characteristics of the Si/a-Sn/CoSi2/G composite: a PSA result, b SEM image, c sizes of"
            " the particles in the image beside the PSA result.",
            ("Si/a-Sn/CoSi2/G",),
        ),
        _figure(
            "S20",
            "Morphological characteristics of the Si/a-Sn/CoSi2/G/C nanocomposite: a PSA result, b SEM image, c sizes"
            " of the particles in the image beside the PSA result.",
            ("Si/a-Sn/CoSi2/G/C",),
        ),
    )
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One picture per powder with its data bar, and the microscope's text file beside it."""
    import dataclasses

    import numpy as np

    for number, (name, powder) in enumerate(_POWDERS.items()):
        pixel = round(1e3 * powder.median_um / _PIXELS_PER_MEDIAN, 2)
        shown = dataclasses.replace(
            powder, columns=_COLUMNS, rows=_ROWS, pixel_nm=pixel, particles=_PARTICLES, title=name
        )
        made, _ = simulated_with_diameters(shown, np.random.default_rng([seed, 1500 + number]))
        made = with_data_bar(made)
        stem = f"raw/sem/{_file(name)}"
        yield SimulatedFile(f"{stem}.jpg", plain_picture.write(made))
        yield SimulatedFile(f"{stem}.txt", write_hitachi(made, f"{_file(name)}.jpg"))


TOPIC = Topic(raw=_RAW, settings=_SETTINGS, items=_ITEMS, files=files)
