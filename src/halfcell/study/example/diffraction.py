"""Example raw files of X-ray diffraction: simulated diffractograms of the powders, and an LaB6 standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers import panalytical_xrdml
from halfcell.techniques.diffraction import Crystallites, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW = {"xrd": "raw/xrd/{sample}.xrdml"}
STANDARD = "raw/xrd_standard/LaB6.xrdml"
SETTINGS = {"xrd": {"instrument": STANDARD, "phases": ["Si"]}}

_SCHERRER = 0.9 / 0.776058  # K = 0.9 over FWHM x L_V of lognormal spheres with sigma 0.3
_TIN = (31.5, 6.5, 90.0)  # amorphous tin: centre, width (degrees), counts

# L_V of Si (nm) over the tin content (wt%); no sizes are printed in the document, only bars
_SN_SERIES = {5: 13.1, 10: 10.5, 15: 9.4, 20: 8.7}


def _si(length: float, height: float = 900.0) -> Crystallites:
    return Crystallites(phase="Si", height=height, column_length_nm=length)


_POWDERS: dict[str, Parameters] = {
    "Si/Al-10": Parameters(phases=(_si(11.2), Crystallites(phase="Al", height=260.0, column_length_nm=22.0))),
    "Si/Zn-10": Parameters(phases=(_si(10.9), Crystallites(phase="Zn", height=330.0, column_length_nm=20.0))),
}
_POWDERS |= {
    f"Si/Sn-{content}": Parameters(phases=(_si(length),), humps=((_TIN[0], _TIN[1], _TIN[2] * content / 10),))
    for content, length in _SN_SERIES.items()
}

SAMPLES = tuple({"name": name, "label": name} for name in _POWDERS)
CELLS: tuple[dict[str, str], ...] = ()

ITEMS = """
[[figure]]
id = "S3"
caption = "Average size of Si crystallites in Si/Sn composites calculated using the Scherrer equation."
technique = "xrd"
show = "crystallite size"
samples = ["Si/Sn-5", "Si/Sn-10", "Si/Sn-15", "Si/Sn-20"]
"""

TRUTH: tuple[tuple[str, str, str, float, str], ...] = tuple(
    (name, "diffraction", "Si.scherrer_size", powder.phases[0].column_length_nm * _SCHERRER, "nm")
    for name, powder in _POWDERS.items()
    if powder.phases[0].column_length_nm
)


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """A PANalytical XRDML file a powder, and the standard's."""
    import dataclasses

    import numpy as np

    standard = Parameters(
        phases=(Crystallites(phase="LaB6", height=20000.0),),
        stop_degree=120.0,
        displacement_degree=0.01,
        sample="LaB6 660c",
    )
    yield STANDARD, panalytical_xrdml.write(simulate(standard, np.random.default_rng([seed, 500])))
    for number, (name, powder) in enumerate(_POWDERS.items()):
        rng = np.random.default_rng([seed, 501 + number])
        measurement = simulate(dataclasses.replace(powder, sample=name), rng)
        yield f"raw/xrd/{name.replace('/', '_')}.xrdml", panalytical_xrdml.write(measurement)
