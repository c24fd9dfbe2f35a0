"""Example raw files of sorption: simulated nitrogen isotherms of silicon and its composites, as BELSORP writes them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.sorption import belsorp_dat
from halfcell.techniques.sorption import Parameters, simulate, true_area

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"sorption": "raw/sorption/{sample}.DAT"}

_POWDERS = {
    "Si": Parameters(flat_area=6.5, c=95.0, pore_volume=0.014, pore_diameter_nm=18.0, pore_sd=1.5),
    "Si/Sn-10": Parameters(flat_area=5.2, c=90.0, pore_volume=0.012, pore_diameter_nm=17.0, pore_sd=1.5),
    "Si/a-Sn/CoSi2": Parameters(flat_area=4.3, c=88.0, pore_volume=0.011, pore_diameter_nm=16.0, pore_sd=1.5),
    "Si/a-Sn/CoSi2/G": Parameters(flat_area=6.9, c=110.0, pore_volume=0.017, pore_diameter_nm=14.0, pore_sd=1.5),
    "Si/a-Sn/CoSi2/G/C": Parameters(flat_area=2.6, c=80.0, pore_volume=0.008, pore_diameter_nm=15.0, pore_sd=1.5),
}

_SAMPLES = tuple({"name": name, "label": name} for name in _POWDERS)

_ITEMS = """
[[figure]]
id = "S29"
caption = "N2 adsorption-desorption isotherms of pristine Si, Si/Sn-10, and the Si/a-Sn/CoSi2 composites."
technique = "sorption"
show = "isotherm"
samples = ["Si", "Si/Sn-10", "Si/a-Sn/CoSi2", "Si/a-Sn/CoSi2/G", "Si/a-Sn/CoSi2/G/C"]
"""

_TRUTH = tuple(Truth(name, "sorption", "bet_area", true_area(powder), "m2/g") for name, powder in _POWDERS.items())


def files(seed: int) -> Iterator[SimulatedFile]:
    """One BELSORP .DAT file per powder."""
    import numpy as np

    for number, (name, powder) in enumerate(_POWDERS.items()):
        rng = np.random.default_rng([seed, 300 + number])
        off = np.random.default_rng([seed, 310 + number]).normal(size=2)  # by what the technique takes for usual
        errors: dict[str, Any] = {"cold_volume_cm3": 0.05 * float(off[0]), "mass_error_mg": 0.3 * float(off[1])}
        titled = dataclasses.replace(powder, title=name, **errors)
        yield SimulatedFile(f"raw/sorption/{name.replace('/', '_')}.DAT", belsorp_dat.write(simulate(titled, rng)))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
