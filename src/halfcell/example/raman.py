"""Example raw files of Raman: simulated LabSpec spectra of pristine Si and the nanocomposite, and a wafer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.readers.spectra import raman_text
from halfcell.techniques.raman import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW = {"raman": "raw/raman/{sample}.txt"}
WAFER = "raw/raman_wafer/wafer.txt"
SETTINGS = {"raman": {"wafer": WAFER}}

# The document shows Fig. S22 without numbers: line and amorphous share are of our own choice.
_SPECTRA = {
    "Si": Parameters(position_per_cm=520.3, lorentz_per_cm=3.4, title="Si"),
    "Si/a-Sn/CoSi2/G/C": Parameters(
        position_per_cm=517.2,
        lorentz_per_cm=8.5,
        amorphous_fraction=0.35,
        counts=28000.0,
        title="Si/a-Sn/CoSi2/G/C",
    ),
}

SAMPLES = tuple({"name": name} for name in _SPECTRA)
CELLS: tuple[dict[str, str], ...] = ()

ITEMS = """
[[figure]]
id = "S22"
caption = "Raman spectra of pristine Si and the Si/a-Sn/CoSi2/G/C nanocomposite in the range of 400-600 cm-1, with the joint fit (dashed) and the amorphous band (shaded)."
technique = "raman"
show = "spectrum"
samples = ["Si", "Si/a-Sn/CoSi2/G/C"]
"""  # noqa: E501

TRUTH: tuple[tuple[str, str, str, float, str], ...] = (
    *((name, "raman", "Si.position", p.position_per_cm, "1/cm") for name, p in _SPECTRA.items()),
    *((name, "raman", "amorphous_area_share", p.amorphous_fraction, "") for name, p in _SPECTRA.items()),
)


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """A LabSpec text file a sample, and the wafer of the same day."""
    import numpy as np

    wafer = Parameters(position_per_cm=520.5, title="wafer")
    yield WAFER, raman_text.write(simulate(wafer, np.random.default_rng([seed, 900])))
    for number, (name, parameters) in enumerate(_SPECTRA.items()):
        rng = np.random.default_rng([seed, 901 + number])
        yield f"raw/raman/{name.replace('/', '_')}.txt", raman_text.write(simulate(parameters, rng))
