"""Example raw files of cycling: simulated EC-Lab text files of half cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.readers import biologic_mpt
from halfcell.techniques.cycling import Block, Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW = {"cycling": "raw/cycling/{cell}.mpt"}

Mix = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class _Cell:
    """A half cell of the example: what was put in."""

    sample: str
    mass_mg: float
    discharge: float
    charge: float
    retention: float = 100.0
    cycles: int = 30
    materials: Mix = (("Si", 1.0),)
    current: float = 100.0
    formation: int = 0

    @property
    def name(self) -> str:
        """A name that can be a file's."""
        return self.sample.replace("/", "-")

    @property
    def parameters(self) -> Parameters:
        """For the simulation: formation at 100 mA/g, then all other cycles at the cell's current."""
        blocks = (Block(cycles=self.formation, current_ma_g=100.0),) if self.formation else ()
        return Parameters(
            materials=self.materials,
            active_mass_mg=self.mass_mg,
            first_discharge_mah_g=self.discharge,
            first_charge_mah_g=self.charge,
            blocks=(*blocks, Block(cycles=self.cycles - self.formation, current_ma_g=self.current)),
            retention_percent=self.retention,
            retention_cycle=self.cycles,
            points=14,
            first_points=240,
        )


_MILLED: Mix = (("a-Si", 1.0),)

# Capacities, efficiencies and retentions of the document's Table S1; Si/Al-10, Si/Zn-10 and Si/CoSi2 are drawn there
# (Figs S2, S7) but not printed as numbers, so theirs are of our own choice. Masses are ours, too.
_CELLS = (
    _Cell("Si", 1.10, 3916.2, 3275.4, retention=3.9),
    _Cell("Si/Sn-5", 1.21, 3582.4, 3167.9, retention=25.0, materials=(("Si", 0.98), ("Sn", 0.02))),
    _Cell("Si/Sn-10", 1.18, 3384.3, 3129.2, retention=33.2, materials=(("Si", 0.97), ("Sn", 0.03))),
    _Cell("Si/Sn-15", 1.25, 3332.6, 3049.8, retention=33.8, materials=(("Si", 0.95), ("Sn", 0.05))),
    _Cell("Si/Sn-20", 1.16, 3262.1, 2955.7, retention=34.0, materials=(("Si", 0.93), ("Sn", 0.07))),
    _Cell("Si/Al-10", 1.23, 3310.0, 2760.0, cycles=1, materials=(("Si", 0.97), ("Al", 0.03))),
    _Cell("Si/Zn-10", 1.19, 3290.0, 2810.0, cycles=1, materials=(("Si", 0.98), ("Zn", 0.02))),
    _Cell("Si/CoSi2", 1.31, 2080.0, 1822.0, retention=68.0, cycles=100, materials=_MILLED, current=300.0, formation=3),
)

SAMPLES = tuple({"name": cell.sample} for cell in _CELLS)
CELLS = tuple(
    {"cell": cell.name, "sample": cell.sample, "kind": "half", "active_mass_mg": f"{cell.mass_mg:.2f}"}
    for cell in _CELLS
)

ITEMS = """
[[figure]]
id = "S7"
caption = "Si/CoSi2 composite: a galvanostatic voltage profiles, b long-term cycling performance at 300 mA g-1."
columns = 2
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["Si-CoSi2"], set = { profile_cycles = [1, 2, 50, 100] } },
  { technique = "cycling", show = "cycling performance", samples = ["Si/CoSi2"] },
]

[[table]]
id = "S1"
caption = "Electrochemical performance of pristine Si and Si/Sn composite anodes with varying Sn contents."
technique = "cycling"
show = "first cycle"
samples = ["Si", "Si/Sn-5", "Si/Sn-10", "Si/Sn-15", "Si/Sn-20"]
set = { retention_cycle = 30 }
"""


def _truth() -> tuple[tuple[str, str, str, float, str], ...]:
    rows = []
    for cell in _CELLS:
        rows.append((cell.sample, "cycling", "initial_discharge_capacity", cell.discharge, "mAh/g"))
        rows.append((cell.sample, "cycling", "initial_charge_capacity", cell.charge, "mAh/g"))
        ice = 100.0 * cell.charge / cell.discharge
        rows.append((cell.sample, "cycling", "initial_coulombic_efficiency", ice, "%"))
        if cell.cycles > 1 and not cell.formation:
            rows.append((cell.sample, "cycling", "capacity_retention", cell.retention, "%"))
    return tuple(rows)


TRUTH = _truth()


def files(seed: int) -> Iterator[tuple[str, bytes]]:
    """An EC-Lab text file a cell."""
    import numpy as np

    for number, cell in enumerate(_CELLS):
        rng = np.random.default_rng([seed, 300 + number])
        yield f"raw/cycling/{cell.name}.mpt", biologic_mpt.write(simulate(cell.parameters, rng))
