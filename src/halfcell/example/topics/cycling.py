"""Example raw files of cycling: half cells with liquid electrolyte, computed by the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.example.cycled_cells import RAW, SETTINGS, ExampleCell, raw_files
from halfcell.example.cycled_half_cell import Block, HalfCellTest
from halfcell.example.hosts import USUAL, Mix, Pace
from halfcell.example.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.example.topic import SimulatedFile

_SURFACE = Pace(diffusion_hours=0.05, exchange_per_hour=5.0)  # silicides, which store lithium at their surface
_GRAPHITE = Pace(diffusion_hours=0.3, exchange_per_hour=2.0)

# Capacities and retentions of the document's Tables S1 and S2; what the document draws but does not print as numbers
# (Figs S2, S7, S14, S18, S23) is of our own choice, and so are the masses.
_TABLES: dict[str, tuple[float, float, float, float, Mix]] = {
    "Si": (1.10, 3916.2, 3275.4, 3.9, (("Si", 1.0),)),
    "Si/Sn-5": (1.21, 3582.4, 3167.9, 25.0, (("Si", 0.98), ("Sn", 0.02))),
    "Si/Sn-10": (1.18, 3384.3, 3129.2, 33.2, (("Si", 0.97), ("Sn", 0.03))),
    "Si/Sn-15": (1.25, 3332.6, 3049.8, 33.8, (("Si", 0.95), ("Sn", 0.05))),
    "Si/Sn-20": (1.16, 3262.1, 2955.7, 34.0, (("Si", 0.93), ("Sn", 0.07))),
    "Si/a-Sn/FeSi2": (1.34, 2024.0, 1763.1, 74.6, (("a-Si", 0.95), ("Sn", 0.05))),
    "Si/a-Sn/CoSi2": (1.29, 1961.7, 1771.5, 83.2, (("a-Si", 0.95), ("Sn", 0.05))),
    "Si/a-Sn/NiSi2": (1.37, 2051.6, 1756.9, 74.9, (("a-Si", 0.95), ("Sn", 0.05))),
}
_FIRST_CYCLES: dict[str, tuple[float, float, float, Mix]] = {
    "Si/Al-10": (1.23, 3310.0, 2760.0, (("Si", 0.97), ("Al", 0.03))),
    "Si/Zn-10": (1.19, 3290.0, 2810.0, (("Si", 0.98), ("Zn", 0.02))),
    "FeSi2": (2.41, 142.0, 61.0, (("capacitive", 1.0),)),
    "CoSi2": (2.38, 118.0, 52.0, (("capacitive", 1.0),)),
    "NiSi2": (2.45, 187.0, 94.0, (("capacitive", 1.0),)),
    "Graphite": (2.95, 388.0, 357.0, (("graphite", 1.0),)),
}
_OTHERS = (
    ExampleCell(
        name="Si-CoSi2",
        sample="Si/CoSi2",
        test=HalfCellTest(
            mix=(("a-Si", 1.0),),
            active_mass_mg=1.31,
            first_discharge_mah_g=2080.0,
            first_charge_mah_g=1822.0,
            blocks=(Block(3, 100.0), Block(98, 300.0)),
            retention_percent=68.0,
            unfinished=0.45,
        ),
    ),
    ExampleCell(
        name="PVC-C",
        sample="PVC carbon",
        test=HalfCellTest(
            mix=(("carbon", 1.0),),
            active_mass_mg=1.87,
            first_discharge_mah_g=583.0,
            first_charge_mah_g=371.0,
            blocks=(Block(50, 100.0),),
            retention_percent=95.5,
            fits_retention=True,
        ),
    ),
)


def _table(sample: str, numbers: tuple[float, float, float, float, Mix]) -> ExampleCell:
    mass, discharge, charge, retention, mix = numbers
    test = HalfCellTest(
        mix=mix,
        active_mass_mg=mass,
        first_discharge_mah_g=discharge,
        first_charge_mah_g=charge,
        blocks=(Block(30, 100.0),),
        retention_percent=retention,
        fits_retention=True,
    )
    return ExampleCell(name=sample.replace("/", "-"), sample=sample, test=test)


def _first(sample: str, numbers: tuple[float, float, float, Mix]) -> ExampleCell:
    mass, discharge, charge, mix = numbers
    test = HalfCellTest(
        mix=mix,
        pace=_SURFACE if sample.endswith("Si2") else _GRAPHITE if sample == "Graphite" else USUAL,
        active_mass_mg=mass,
        first_discharge_mah_g=discharge,
        first_charge_mah_g=charge,
        blocks=(Block(3 if sample in {"Graphite", "FeSi2", "CoSi2", "NiSi2"} else 1, 100.0),),
        retention_percent=99.0,
        efficiency_second_percent=97.0 if sample in {"Graphite", "Si/Al-10", "Si/Zn-10"} else 90.0,
    )
    return ExampleCell(name=sample.replace("/", "-"), sample=sample, test=test)


CYCLED = (
    *(_table(sample, numbers) for sample, numbers in _TABLES.items()),
    *(_first(sample, numbers) for sample, numbers in _FIRST_CYCLES.items()),
    *_OTHERS,
)
_SAMPLES = tuple({"name": cell.sample} for cell in CYCLED)
_CELLS = tuple(cell.row for cell in CYCLED)
_TRUTH = tuple(row for cell in CYCLED for row in cell.truth)

_ITEMS = """
[[figure]]
id = "S7"
caption = "Si/CoSi2 composite: a galvanostatic voltage profiles, b long-term cycling performance at 300 mA g-1."
columns = 2
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["Si-CoSi2"], set = { profile_cycles = [1, 2, 50, 100] } },
  { technique = "cycling", show = "cycling performance", cells = ["Si-CoSi2"] },
]

[[figure]]
id = "S14"
caption = "Voltage profiles of silicide anodes at 100 mA g-1. a FeSi2, b CoSi2, and c NiSi2."
columns = 3
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["FeSi2"], set = { profile_cycles = [1, 2, 3] } },
  { technique = "cycling", show = "voltage profile", cells = ["CoSi2"], set = { profile_cycles = [1, 2, 3] } },
  { technique = "cycling", show = "voltage profile", cells = ["NiSi2"], set = { profile_cycles = [1, 2, 3] } },
]

[[figure]]
id = "S18"
caption = "PVC-pyrolysed carbon anode at 100 mA g-1: a voltage profiles and b cycling performance."
columns = 2
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["PVC-C"], set = { profile_cycles = [1, 2, 10, 50] } },
  { technique = "cycling", show = "cycling performance", cells = ["PVC-C"] },
]

[[figure]]
id = "S23"
caption = "Voltage profiles of the commercial graphite anode at 100 mA g-1."
technique = "cycling"
show = "voltage profile"
cells = ["Graphite"]
set = { profile_cycles = [1, 2, 3] }

[[table]]
id = "S1"
caption = "Electrochemical performance of pristine Si and Si/Sn composite anodes with varying Sn contents."
technique = "cycling"
show = "first cycle"
cells = ["Si", "Si-Sn-5", "Si-Sn-10", "Si-Sn-15", "Si-Sn-20"]
set = { retention_cycle = 30 }

[[table]]
id = "S2"
caption = "Electrochemical performance of Si/a-Sn/TMS composite anodes."
technique = "cycling"
show = "first cycle"
cells = ["Si-a-Sn-FeSi2", "Si-a-Sn-CoSi2", "Si-a-Sn-NiSi2"]
set = { retention_cycle = 30 }
"""


def files(seed: int) -> Iterator[SimulatedFile]:
    """One file per cell, as its cycler writes it."""
    return raw_files(CYCLED, seed, 300)


TOPIC = Topic(
    raw=RAW,
    settings=SETTINGS,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
