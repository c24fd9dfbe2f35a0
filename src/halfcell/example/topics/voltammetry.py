"""Example raw files of cyclic voltammetry: simulated EC-Lab text files of five anodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.cycling import biologic_mpt
from halfcell.techniques.voltammetry import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"cv": "raw/cv/{cell}.mpt"}

# cell: sample, mass (mg), hosts with the capacity that a sweep at 3 mV/s reaches, charge lost to the SEI (mAh/g)
_ANODES: dict[str, tuple[str, float, tuple[tuple[str, float], ...], float]] = {
    "CV-Si": ("Si", 1.02, (("Si", 420.0),), 60.0),
    "CV-Sn": ("Sn", 1.35, (("Sn", 210.0),), 45.0),
    "CV-graphite": ("Graphite", 2.21, (("graphite", 75.0),), 15.0),
    "CV-PVC-C": ("PVC carbon", 1.64, (("carbon", 120.0),), 60.0),
    "CV-composite": (
        "Si/a-Sn/CoSi2/G/C",
        1.18,
        (("a-Si", 260.0), ("Sn", 22.0), ("graphite", 18.0), ("carbon", 16.0)),
        55.0,
    ),
}
_RATE = 3.0  # mV/s, as in the document

_SAMPLES = tuple({"name": sample} for sample, *_ in _ANODES.values())
_CELLS = tuple(
    {"cell": cell, "sample": sample, "kind": "half", "active_mass_mg": f"{mass:.2f}"}
    for cell, (sample, mass, *_) in _ANODES.items()
)
_TRUTH = tuple(Truth(cell, "voltammetry", "scan_rate", _RATE, "mV/s") for cell in _ANODES)

_ITEMS = """
[[figure]]
id = "S24"
caption = "CV profiles of Si, Sn, graphite, PVC-pyrolysed carbon and Si/a-Sn/CoSi2/G/C anodes at 3 mV s-1, 0.01 to 2.0 V (vs. Li+/Li)."
technique = "cv"
show = "voltammogram"
cells = ["CV-Si", "CV-Sn", "CV-graphite", "CV-PVC-C", "CV-composite"]
set = { hosts = ["Si", "Sn", "graphite", "carbon"] }
axes = { y = { unit = "A g^{-1}" } }
"""  # noqa: E501


def files(seed: int) -> Iterator[SimulatedFile]:
    """One EC-Lab text file per cell."""
    import numpy as np

    for number, (cell, (_, mass, materials, lost)) in enumerate(_ANODES.items()):
        parameters = Parameters(
            materials=materials,
            active_mass_mg=mass,
            scan_rate_mv_s=_RATE,
            lost_mah_g=lost,
            start_volt=2.5,
            shift_volt=0.06,
            broadening=2.2,
            double_layer_mah_g_v=4.0,
            step_mv=6.0,
        )
        rng = np.random.default_rng([seed, 380 + number])
        yield SimulatedFile(f"raw/cv/{cell}.mpt", biologic_mpt.write(simulate(parameters, rng)))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
