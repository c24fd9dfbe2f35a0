"""Example raw files of solid-state half cells in sulfide electrolyte, computed by the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.sample import CellKind
from halfcell.example.cycled_cells import RAW, ExampleCell, raw_files
from halfcell.example.cycled_half_cell import Block, HalfCellTest
from halfcell.example.topic import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.example.topic import SimulatedFile

# sample: mass (mg), first discharge and charge (mAh/g), active material left after 100 cycles (%); drawn in the
# document (Fig. S38) but not printed as numbers, so all are of our own choice.
_ANODES = {
    "Si/a-Sn/CoSi2": (2.05, 1905.0, 1611.0, 58.0),
    "Si/a-Sn/CoSi2/G/C": (1.98, 1452.0, 1203.0, 86.0),
}


def _cell(sample: str, numbers: tuple[float, float, float, float]) -> ExampleCell:
    mass, discharge, charge, retention = numbers
    test = HalfCellTest(
        kind=CellKind.ASSLB_HALF,
        mix=(("a-Si", 0.95), ("Sn", 0.05)),
        active_mass_mg=mass,
        first_discharge_mah_g=discharge,
        first_charge_mah_g=charge,
        blocks=(Block(2, 100.0), Block(98, 300.0)),
        retention_percent=retention,
        ohm=40.0,
    )
    columns = {"temperature_degc": "60", "pressure_mpa": "40"}
    return ExampleCell(name=f"{sample.replace('/', '-')}-LPSC", sample=sample, test=test, columns=columns)


_CYCLED = tuple(_cell(sample, numbers) for sample, numbers in _ANODES.items())
_SAMPLES = tuple({"name": cell.sample} for cell in _CYCLED)
_CELLS = tuple(cell.row for cell in _CYCLED)
_TRUTH = tuple(row for cell in _CYCLED for row in cell.truth)

_ITEMS = """
[[figure]]
id = "S37"
caption = "Schematic illustration of the solid-state half cell, layers to scale."
# The document prints no thickness: a pellet and a counter electrode of usual thickness are assumed.
[figure.stack]
form = "pressed"
cell = "Si-a-Sn-CoSi2-G-C-LPSC"
diameter = "10 mm"
positive = "top"
layers = [
  { name = "Si/a-Sn/CoSi2/G/C composite", thickness = "18 um", role = "anode" },
  { name = "Li6PS5Cl", thickness = "600 um", role = "electrolyte" },
  { name = "Li-In", thickness = "100 um", role = "lithium" },
]

[[figure]]
id = "S38"
caption = "Sulfide-based solid-state half cells: voltage profiles of a Si/a-Sn/CoSi2 and b Si/a-Sn/CoSi2/G/C anodes, c cycling performance at 300 mA g-1."
columns = 3
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["Si-a-Sn-CoSi2-LPSC"], set = { profile_cycles = [1, 2, 50, 100] } },
  { technique = "cycling", show = "voltage profile", cells = ["Si-a-Sn-CoSi2-G-C-LPSC"], set = { profile_cycles = [1, 2, 50, 100] } },
  { technique = "cycling", show = "cycling performance", cells = ["Si-a-Sn-CoSi2-LPSC", "Si-a-Sn-CoSi2-G-C-LPSC"] },
]
"""  # noqa: E501


def files(seed: int) -> Iterator[SimulatedFile]:
    """One file per cell, as its cycler writes it."""
    return raw_files(_CYCLED, seed, 370)


TOPIC = Topic(
    raw=RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
