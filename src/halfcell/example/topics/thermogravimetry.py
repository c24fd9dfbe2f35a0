"""Example raw files of thermogravimetry: PVC in nitrogen with a burn-off in oxygen, and its blank; simulated."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.thermal import perkinelmer_tga
from halfcell.techniques.thermogravimetry import Parameters, blank_run, simulate, true_char

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"thermogravimetry": "raw/tga/{sample}.txt"}
_SETTINGS = {"thermogravimetry": {"blank": "raw/tga/reference/blank.txt"}}

_PVC = Parameters(
    losses=(62.5, 29.0),
    peaks_degc=(295.0, 452.0),
    energies_kj_per_mol=(145.0, 235.0),
    mass_mg=8.0,
    rate_degc_per_minute=10.0,
    records_per_minute=20.0,
    drift_mg=0.08,
    title="PVC",
)

_SAMPLES = ({"name": "PVC", "label": "PVC"},)

_ITEMS = """
[[figure]]
id = "S17"
caption = "TGA curve of PVC in N2."
technique = "thermogravimetry"
show = "TG and DTG"
samples = ["PVC"]
"""

_TRUTH = (
    *(Truth("PVC", "thermogravimetry", f"step{n}.loss", loss, "wt%") for n, loss in enumerate(_PVC.losses, 1)),
    *(Truth("PVC", "thermogravimetry", f"step{n}.peak", peak, "degC") for n, peak in enumerate(_PVC.peaks_degc, 1)),
    Truth("PVC", "thermogravimetry", "residue", true_char(_PVC), "wt%"),
    Truth("PVC", "thermogravimetry", "char_yield", true_char(_PVC), "wt%"),
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """PerkinElmer text files of the run and of the blank."""
    import numpy as np

    rng = np.random.default_rng([seed, 200])
    drift, kelvin = np.random.default_rng([seed, 201]).normal(size=2)  # of the balance beside the blank's, in its scale
    real = dataclasses.replace(
        _PVC,
        drift_mg=_PVC.drift_mg + 0.01 * float(drift),
        peaks_degc=tuple(peak + float(kelvin) for peak in _PVC.peaks_degc),
    )
    yield SimulatedFile("raw/tga/PVC.txt", perkinelmer_tga.write(simulate(real, rng)))
    yield SimulatedFile("raw/tga/reference/blank.txt", perkinelmer_tga.write(blank_run(_PVC, rng)))


TOPIC = Topic(
    raw=_RAW,
    settings=_SETTINGS,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
