"""Example raw files of cyclic voltammetry: five anodes against lithium, computed by the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from halfcell.example.hosts import Mix, Pace
from halfcell.example.topic import SimulatedFile, Topic, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.measurement import Measurement


class Anode(NamedTuple):
    """An anode: its sample, mass (mg), hosts, capacity (mAh/g), charge lost to the SEI (mAh/g), and its pace."""

    sample: str
    mass: float
    mix: Mix
    capacity: float
    lost: float
    pace: Pace


_RAW = {"cv": ["raw/cv/{cell}.mpt", "raw/cv/{cell}.dta", "raw/cv/{cell}.txt"]}

# Capacities are theoretical ones, of the composite that of its cell card; how fast the anodes are is assumed, so that a
# sweep at 3 mV/s reaches a tenth to a half of them
_ANODES: dict[str, Anode] = {
    "CV-Si": Anode("Si", 1.02, (("Si", 1.0),), 3579.0, 60.0, Pace(2.5, 2.0)),
    "CV-Sn": Anode("Sn", 1.35, (("Sn", 1.0),), 960.0, 45.0, Pace(1.0, 5.0)),
    "CV-graphite": Anode("Graphite", 2.21, (("graphite", 1.0),), 372.0, 15.0, Pace(0.3, 10.0)),
    "CV-PVC-C": Anode("PVC carbon", 1.64, (("carbon", 1.0),), 371.0, 60.0, Pace(0.5, 5.0)),
    "CV-composite": Anode(
        "Si/a-Sn/CoSi2/G/C", 1.18, (("a-Si", 0.87), ("Sn", 0.047), ("graphite", 0.083)), 1255.4, 55.0, Pace(0.5, 5.0)
    ),
}
_FORMATS = {"CV-Sn": ".dta", "CV-PVC-C": ".txt"}  # another potentiostat each; the others are in EC-Lab's text
_OHM = 3.0  # series resistance
_LAYER_F_PER_G = 8.0  # double layer
_RATE = 3.0  # mV/s, as in the document

_SAMPLES = tuple({"name": anode.sample} for anode in _ANODES.values())
_CELLS = tuple(
    {"cell": cell, "sample": anode.sample, "kind": "half", "active_mass_mg": f"{anode.mass:.2f}"}
    for cell, anode in _ANODES.items()
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
    """One file per anode, as its potentiostat writes it."""
    import numpy as np

    from halfcell.twin.instruments import raw_file, recorded

    for number, (cell, anode) in enumerate(_ANODES.items()):
        rng = np.random.default_rng([seed, 380 + number])
        suffix = _FORMATS.get(cell, ".mpt")
        yield SimulatedFile(f"raw/cv/{cell}{suffix}", raw_file(recorded(_swept(anode), rng), suffix))


def _swept(anode: Anode) -> Measurement:
    """What a potentiostat without errors would record of an anode."""
    import numpy as np

    from halfcell.core.measurement import Measurement
    from halfcell.example.hosts import electrode_of, is_crystalline
    from halfcell.twin.card_half_cell import HalfCell
    from halfcell.twin.protocols.voltammetry import Settings, swept

    gram = anode.mass / 1e3
    hosts = electrode_of(anode.mix, anode.pace, anode.capacity * gram)
    later = hosts.electrode()
    fresh = hosts.electrode(first=True) if is_crystalline(anode.mix) else later
    settings = Settings(scan_rate_mv_s=_RATE, cycles=2, step_mv=4.0, sei_mah_per_g=anode.lost)
    sweeps = swept(HalfCell(later, fresh, gram, _OHM), settings, _LAYER_F_PER_G * gram)
    volts, currents = (np.concatenate([getattr(one, name) for one in sweeps]) for name in ("volt", "current"))
    columns = {
        "test_time_second": np.cumsum(np.abs(np.diff(volts, prepend=settings.upper_volt))) / (_RATE * 1e-3),
        "voltage_volt": volts,
        "current_ampere": currents * 1e-3,
        "cycle_count": np.concatenate([np.full(len(one.volt), float(one.cycle)) for one in sweeps]),
    }
    meta = {"simulated": True, "protocol": "Cyclic Voltammetry", "title": anode.sample}
    meta |= {"scan_rate_volt_per_second": _RATE * 1e-3}
    return Measurement(technique="voltammetry", columns=columns, meta=meta)


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
