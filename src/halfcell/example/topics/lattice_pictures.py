"""Example raw files of transmission microscopy: DM3 pictures and patterns of three composites, and Lispix maps."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.images import digital_micrograph, ripple_rpl
from halfcell.techniques import edx, electron_diffraction, particle_images
from halfcell.techniques.microscopy import Grain, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from halfcell.core.measurement import Measurement

_RAW = {"microscopy": "raw/tem/{sample}_{view}.dm3", "electron_diffraction": "raw/saed/{sample}.dm3"}
_PIXELS = 720
_SILICON = Grain(phase="Si", families=("111", "220"), column_nm=4.1, row_nm=4.1, diameter_nm=7.8, direction_degree=25.0)
_PLACE = {"column_nm": 11.2, "row_nm": 5.2, "diameter_nm": 7.4, "direction_degree": 70.0}
_BLOCKS = (48, 64)
_COUNTS = 60.0 * _BLOCKS[0] * _BLOCKS[1]  # of the strongest line


@dataclass(frozen=True, kw_only=True)
class _Composite:
    """A composite: its figure, silicide with the families of its fringes, candidates, and lines of its maps."""

    figure: str
    sample: str
    silicide: str
    families: tuple[str, str]
    candidates: tuple[str, ...]
    metal: str
    state: str


# The document shows the pictures without numbers: grains, their orientations and amounts are of our own choice.
_COMPOSITES = (
    _Composite(
        figure="S8",
        sample="Si/a-Sn/FeSi2",
        silicide="beta-FeSi2",
        families=("202", "220"),
        candidates=("Si", "beta-FeSi2", "alpha-FeSi2", "FeSi", "beta-Sn"),
        metal="Fe",
        state="as milled",
    ),
    _Composite(
        figure="S9",
        sample="Si/a-Sn/NiSi2",
        silicide="NiSi2",
        families=("111", "220"),
        candidates=("Si", "NiSi2", "NiSi", "Ni2Si", "beta-Sn"),
        metal="Ni",
        state="as milled",
    ),
    _Composite(
        figure="S36",
        sample="Si/a-Sn/CoSi2/G/C",
        silicide="CoSi2",
        families=("111", "220"),
        candidates=("Si", "CoSi2", "CoSi", "graphite", "beta-Sn"),
        metal="Co",
        state="pressed",
    ),
)
_REGIONS = "[[205, 205, 260], [560, 260, 250], [230, 570, 240]]"

_FIGURE = """
[[figure]]
id = "{id}"
caption = "{caption}"
columns = 3
width_mm = 180
panels = [
  {{ technique = "microscopy", show = "micrograph", samples = ["{sample}"], select = {{ view = ["BFTEM"] }}, title = "BFTEM" }},
  {{ technique = "microscopy", show = "lattice fringes", samples = ["{sample}"], select = {{ view = ["HRTEM"] }}, title = "HRTEM", set = {{ regions = {regions}, standard = "Si", phases = {phases}, bar_place = "{bar}", fringes = 2{inset} }} }},{pattern}
  {{ technique = "edx", show = "maps", samples = ["{sample}"], select = {{ state = ["{state}"] }}, set = {{ elements = {elements} }} }},
]
"""  # noqa: E501
_PATTERN = """
  {{ technique = "electron_diffraction", show = "pattern", samples = ["{sample}"], title = "SAED", set = {{ phases = {phases} }} }},"""  # noqa: E501
_INSET = ', inset_picture = "raw/saed/{file}.dm3", inset_place = "lower right"'
_REGIONS_SHOWN = (
    "c-e FFT patterns of these regions with the lattice spacings (c Si, whose fringes are the standard of scale and"
    " shear, d the silicide, e amorphous)"
)
_CAPTION = (
    "Microstructural characteristics of the {sample} composite: a BFTEM image, b HRTEM image with the selected regions,"
    " {regions}, f SAED pattern with the rings of the phase that fits best over its right half, g-i EDX elemental"
    " mappings, counts relative to their mean."
)
_PRESSED = (
    "Structural characterization of the {sample} nanocomposite after pressing under 375 MPa for ASSLB assembly: a BFTEM"
    " image, b HRTEM image with the selected regions and the corresponding SAED pattern (inset), {regions}, f-i EDX"
    " elemental mappings, counts relative to their mean."
)


def _figure(one: _Composite) -> str:
    is_pressed = one.state == "pressed"
    caption = (_PRESSED if is_pressed else _CAPTION).format(sample=one.sample, regions=_REGIONS_SHOWN)
    return _FIGURE.format(
        id=one.figure,
        caption=caption,
        sample=one.sample,
        regions=_REGIONS,
        phases=_listed(one.candidates),
        elements=_listed(_elements(one)),
        state=one.state,
        bar="upper right" if is_pressed else "lower right",
        inset=_INSET.format(file=_file(one)) if is_pressed else "",
        pattern="" if is_pressed else _PATTERN.format(sample=one.sample, phases=_listed(one.candidates)),
    )


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)}]"


def _elements(one: _Composite) -> tuple[str, ...]:
    return ("C", "Si", one.metal, "Sn") if one.state == "pressed" else ("Si", one.metal, "Sn")


def _file(one: _Composite) -> str:
    return one.sample.replace("/", "_")


def _high_resolution(one: _Composite) -> Parameters:
    silicide = Grain(phase=one.silicide, families=one.families, **_PLACE)
    return Parameters(pixels=_PIXELS, grains=(_SILICON, silicide), title=one.sample)


def _bright_field(one: _Composite, rng: np.random.Generator) -> Measurement:
    """Particles of an agglomerate, dark on a bright film."""
    shown = particle_images.Parameters(
        columns=480, rows=480, pixel_nm=1.5, median_um=0.09, geometric_sd=1.5, particles=60, title=one.sample
    )
    made = particle_images.simulate(shown, rng)
    return dataclasses.replace(made, columns={"image": 255.0 - made["image"]})


def _rings(one: _Composite, rng: np.random.Generator) -> Measurement:
    shown = electron_diffraction.Parameters(
        phases=(("Si", 0.65), (one.silicide, 0.35)),
        pixels=400,
        column=203.3,
        row=196.6,
        scale_per_nm=0.05,
        stated_scale_per_nm=0.0515,
        grains=300,
        title=one.sample,
    )
    return electron_diffraction.simulate(shown, rng)


def _map(one: _Composite) -> edx.Parameters:
    """Si and the metal vary together where the silicide is; carbon fills the rest."""
    lines: tuple[tuple[str, str, float], ...] = (
        ("Si", "K", _COUNTS),
        (one.metal, "K", 0.15 * _COUNTS),
        ("Sn", "L", 0.2 * _COUNTS),
    )
    fields: tuple[edx.Field, ...] = (
        edx.Field(element="Si", spread=0.15, grain_pixels=9.0, pattern=0),
        edx.Field(element=one.metal, spread=0.2, grain_pixels=9.0, pattern=0),
        edx.Field(element="Sn", spread=0.25, grain_pixels=6.0, pattern=1),
    )
    if one.state == "pressed":
        lines = (("C", "K", 0.8 * _COUNTS), *lines)
        fields = (edx.Field(element="C", spread=-0.15, grain_pixels=9.0, pattern=0), *fields)
    return edx.Parameters(
        lines=lines,
        continuum_counts=0.6 * _COUNTS,
        beam_kilovolt=200.0,
        channels=440,
        step_kiloelectronvolt=0.02,
        size=_BLOCKS,
        fields=fields,
        pixel_nm=6.0,
        title=f"{one.sample}, {one.state}",
    )


def _truth() -> Iterator[Truth]:
    """The pixel of each lattice image, and the counts of each map."""
    for one in _COMPOSITES:
        yield Truth(
            one.sample, "microscopy", "pixel_size", _high_resolution(one).pixel_nm, "nm", f"*/{_file(one)}_HRTEM.dm3"
        )
        place = f"{_map_stem(one)}.r*"
        for symbol, _, counts in _map(one).lines:
            yield Truth(one.sample, "edx", f"{symbol}.counts", counts, "", place)


def _map_stem(one: _Composite) -> str:
    return f"raw/edx/{_file(one)}_3_{one.state.replace(' ', '_')}"


_TRUTH = tuple(_truth())


def files(seed: int) -> Iterator[SimulatedFile]:
    """Two pictures and a pattern per composite, whose stated scales are 3 % off, as microscopes' are, and a map."""
    import numpy as np

    for number, one in enumerate(_COMPOSITES):
        rngs = [np.random.default_rng([seed, 1700 + number, *more]) for more in ((), (1,), (2,), (3,))]
        made = {
            f"raw/tem/{_file(one)}_HRTEM.dm3": simulate(_high_resolution(one), rngs[0]),
            f"raw/tem/{_file(one)}_BFTEM.dm3": _bright_field(one, rngs[1]),
            f"raw/saed/{_file(one)}.dm3": _rings(one, rngs[2]),
        }
        for path, measurement in made.items():
            yield SimulatedFile(path, digital_micrograph.write(measurement))
        head, counts = ripple_rpl.write(edx.simulate(_map(one), rngs[3]))
        stem = _map_stem(one)
        yield SimulatedFile(f"{stem}.rpl", head)
        yield SimulatedFile(f"{stem}.raw", counts)


TOPIC = Topic(raw=_RAW, items="".join(map(_figure, _COMPOSITES)), truth=_TRUTH, files=files, needs="rsciio")
