"""Example raw files of indentation: simulated load-displacement curves of silicide, silicon and graphite particles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.indentation import hysitron_txt
from halfcell.techniques.indentation import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

_RAW = {"indentation": "raw/indentation/{sample}_{particle}.txt"}

# plastic, elastic energy (nJ) of the document's Table S3 (there in 10^-10 J) and what is not printed there: the
# peak load (mN) and the number of particles. Silicon has no elastic part: it was crushed. Graphite has no row there.
_MATERIALS: dict[str, tuple[float, float, float, int]] = {
    "Si": (3.0372, 0.0, 30.0, 20),
    "FeSi2": (11.8099, 4.1378, 75.0, 20),
    "CoSi2": (12.1098, 5.6869, 80.0, 20),
    "NiSi2": (9.7710, 4.1246, 75.0, 20),
    "MCMB": (1.30, 2.60, 10.0, 10),
}
_SCATTER = 0.04  # between particles, relative

_SAMPLES = (
    {"name": "Si", "label": "Si"},
    {"name": "FeSi2", "label": "FeSi2"},
    {"name": "CoSi2", "label": "CoSi2"},
    {"name": "NiSi2", "label": "NiSi2"},
    {"name": "MCMB", "label": "MCMB graphite"},
)

_ITEMS = """
[[figure]]
id = "S4"
caption = "Schematic illustration of the nanoindentation test set-up."
technique = "indentation"
show = "schematic"
samples = ["CoSi2"]

[[figure]]
id = "S13"
caption = "Load-displacement profiles of nanoindentation tests on FeSi2, CoSi2 and NiSi2 particles."
technique = "indentation"
show = "load-displacement"
samples = ["FeSi2", "CoSi2", "NiSi2"]
axes = { x = { limits = [0, 700] }, y = { limits = [0, 85] } }

[[figure]]
id = "S16"
caption = "Load-displacement profiles of nanoindentation tests on MCMB graphite particles."
technique = "indentation"
show = "load-displacement"
samples = ["MCMB"]

[[table]]
id = "S3"
caption = "Plastic and elastic deformation energies of Si and silicide particles from the load-displacement profiles."
technique = "indentation"
show = "deformation energies"
samples = ["Si", "FeSi2", "CoSi2", "NiSi2"]
"""


def _truth() -> tuple[Truth, ...]:
    rows = []
    for sample, (plastic, elastic, _, _) in _MATERIALS.items():
        rows.append(Truth(sample, "indentation", "total_energy", plastic + elastic, "nJ"))
        if elastic:
            rows.append(Truth(sample, "indentation", "plastic_energy", plastic, "nJ"))
            rows.append(Truth(sample, "indentation", "elastic_energy", elastic, "nJ"))
    return tuple(rows)


_TRUTH = _truth()


def files(seed: int) -> Iterator[SimulatedFile]:
    """One Hysitron text file per particle; the energies scatter around the truth, and their mean is the truth."""
    import numpy as np

    for number, (sample, (plastic, elastic, peak, count)) in enumerate(_MATERIALS.items()):
        rng = np.random.default_rng([seed, number])
        scales = [_factors(rng, count), _factors(rng, count)]
        for particle in range(count):
            one = elastic * scales[1][particle]
            parameters = Parameters(
                peak_load_mn=peak,
                total_energy_nj=plastic * scales[0][particle] + one,
                elastic_energy_nj=one,
                drift_nm_per_s=float(rng.normal(0.0, 0.05)),
                load_zero_un=float(rng.normal(0.0, 20.0)),
                rate_hz=30.0,
                rest_s=20.0,
            )
            yield SimulatedFile(
                f"raw/indentation/{sample}_{particle + 1}.txt", hysitron_txt.write(simulate(parameters, rng))
            )


def _factors(rng: np.random.Generator, count: int) -> list[float]:
    """Factors that scatter around 1 and whose mean is 1."""
    drawn = 1.0 + _SCATTER * rng.normal(size=count)
    return [float(factor) for factor in drawn / drawn.mean()]


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
