"""Example raw files of particle size: simulated laser-diffraction records of the composites, five runs each.

The figures that show them beside micrographs are those of `powder_pictures`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Topic, Truth
from halfcell.readers.sizes import mastersizer
from halfcell.techniques.particle_size import Parameters, simulate, true_percentile

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = {"particle_size": "raw/psa/{sample}_{run}.csv"}

_POWDERS = {
    "Si/a-Sn/FeSi2": Parameters(medians_um=(0.9, 6.5), geometric_sds=(1.7, 1.9), fractions=(0.12, 0.88)),
    "Si/a-Sn/CoSi2": Parameters(medians_um=(0.8, 5.6), geometric_sds=(1.7, 1.9), fractions=(0.15, 0.85)),
    "Si/a-Sn/NiSi2": Parameters(medians_um=(0.9, 7.3), geometric_sds=(1.7, 2.0), fractions=(0.10, 0.90)),
    "Si/a-Sn/CoSi2/G": Parameters(medians_um=(1.0, 8.2), geometric_sds=(1.7, 1.9), fractions=(0.08, 0.92)),
    "Si/a-Sn/CoSi2/G/C": Parameters(medians_um=(9.8,), geometric_sds=(1.8,), fractions=(1.0,)),
}
_RUNS = 5

_SAMPLES = tuple({"name": name, "label": name} for name in _POWDERS)

_TRUTH = tuple(
    Truth(name, "particle_size", quantity, true_percentile(powder, part), "um")
    for name, powder in _POWDERS.items()
    for quantity, part in (("d10", 0.1), ("d50", 0.5), ("d90", 0.9))
)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One Mastersizer record per run."""
    import dataclasses

    import numpy as np

    for number, (name, powder) in enumerate(_POWDERS.items()):
        rng = np.random.default_rng([seed, 100 + number])
        for run in range(1, _RUNS + 1):
            titled = dataclasses.replace(powder, title=name, noise=0.02)
            yield SimulatedFile(f"raw/psa/{name.replace('/', '_')}_{run}.csv", mastersizer.write(simulate(titled, rng)))


TOPIC = Topic(
    raw=_RAW,
    samples=_SAMPLES,
    truth=_TRUTH,
    files=files,
)
