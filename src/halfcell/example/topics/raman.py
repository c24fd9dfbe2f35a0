"""Example raw files of Raman: simulated LabSpec spectra of pristine Si and the nanocomposite, and a wafer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.spectra import raman_text
from halfcell.techniques.raman import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"raman": "raw/raman/{sample}.txt"}
WAFER = "raw/raman_wafer/wafer.txt"
_SETTINGS = {"raman": {"wafer": WAFER}}

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

_SAMPLES = tuple({"name": name} for name in _SPECTRA)

_ITEMS = """
[[figure]]
id = "S22"
caption = "Raman spectra of pristine Si and the Si/a-Sn/CoSi2/G/C nanocomposite in the range of 400-600 cm-1, with the joint fit (dashed) and the amorphous band (shaded)."
technique = "raman"
show = "spectrum"
samples = ["Si", "Si/a-Sn/CoSi2/G/C"]
"""  # noqa: E501

_TRUTH = (
    *(Truth(name, "raman", "Si.position", p.position_per_cm, "1/cm") for name, p in _SPECTRA.items()),
    *(Truth(name, "raman", "amorphous_area_share", p.amorphous_fraction, "") for name, p in _SPECTRA.items()),
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One LabSpec text file per sample, and that of the wafer of the same day."""
    import numpy as np

    wafer = Parameters(position_per_cm=520.5, title="wafer")
    yield SimulatedFile(WAFER, raman_text.write(simulate(wafer, np.random.default_rng([seed, 900]))))
    for number, (name, parameters) in enumerate(_SPECTRA.items()):
        rng = np.random.default_rng([seed, 901 + number])
        yield SimulatedFile(f"raw/raman/{name.replace('/', '_')}.txt", raman_text.write(simulate(parameters, rng)))


TOPIC = Topic(
    raw=_RAW,
    settings=_SETTINGS,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
