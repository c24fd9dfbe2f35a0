"""Example cells that are set among reported results: Fig. S33, Tables S4, S6 and S8; computed by the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.sample import CellKind
from halfcell.example.cycled_cells import RAW, ExampleCell, raw_files
from halfcell.example.cycled_full_cell import FullCellTest
from halfcell.example.cycled_half_cell import Block, HalfCellTest
from halfcell.example.topic import Topic, Truth
from halfcell.twin.cards import load_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.example.topic import SimulatedFile

_NAME = "Si/a-Sn/CoSi2/G/C"

# The rows "This work" of the document's Tables S4, S6 and S8: capacity after 100 cycles, retention, ICE. First
# capacities follow from capacity and retention; the full cells' ICE is what the twin finds. The areal currents of
# Table S8 are C/10, C/5, C/2, 0.7C, 1C, 2C and 3C of 15.3 mg of NCM811 per cm2; its capacities follow from the card.
_RATES = (18.0, 36.0, 90.0, 126.0, 180.0, 360.0, 540.0)
_LOADED, _DISC_CM2 = 12.01, "0.7854"  # mg of NCM811 (Table S7) on a disc of 10 mm: 15.3 mg/cm2


def _full(current: float, after: float, retention: float) -> FullCellTest:
    return FullCellTest(
        card=load_card("composite-ncm811"),
        cathode_mg=_LOADED,
        blocks=(Block(100, current),),
        charge_ma_g=min(current, 90.0),
        sei_mah_g=12.0,
        first_mah_g=after / retention * 100.0,
        last_mah_g=after,
    )


_HALF = HalfCellTest(
    mix=(("a-Si", 0.87), ("Sn", 0.047), ("graphite", 0.083)),  # of the cell card
    active_mass_mg=1.42,
    first_discharge_mah_g=1147.4 / 0.914 / 0.807,
    first_charge_mah_g=1147.4 / 0.914,
    blocks=(Block(100, 300.0),),
    retention_percent=91.4,
    fits_retention=True,
)
_SOLID = FullCellTest(
    card=load_card("composite-lpsc-ncm811"),
    kind=CellKind.ASSLB,
    cathode_mg=_LOADED,
    blocks=tuple(Block(3, rate) for rate in _RATES),
    rest_hours=1.0,
    sei_mah_g=4.0,
)
_MASS = {"cathode_active_mass_mg": f"{_LOADED}", "one_c_ma_per_g": "180", "area_cm2": _DISC_CM2}
_CYCLED = (
    ExampleCell(name="Si-composite-100cycles", sample=_NAME, test=_HALF, columns={"label": _NAME}),
    ExampleCell(
        name="Si-composite-NCM811-1C",
        sample=_NAME,
        test=_full(180.0, 137.1, 81.2),
        columns=_MASS | {"label": f"{_NAME}|NCM811, 1C"},
    ),
    ExampleCell(
        name="Si-composite-NCM811-3C",
        sample=_NAME,
        test=_full(540.0, 130.9, 89.2),
        columns=_MASS | {"label": f"{_NAME}|NCM811, 3C"},
    ),
    ExampleCell(
        name="Si-composite-LPSC-NCM811-rates",
        sample=_NAME,
        test=_SOLID,
        columns=_MASS | {"label": _NAME, "temperature_degc": "60", "pressure_mpa": "40"},
    ),
)
_SAMPLES = ({"name": _NAME},)
_CELLS = tuple(cell.row for cell in _CYCLED)

_SET = f'anode = "{_NAME}", filter = ["reference!=SI"]'  # the reported results of the same cells are not shown again
_FULL = f'{{ comparison = "full_cells", {_SET}, cathode = "NCM811", cycle = 100 }}'
_FULL_CELLS = '["Si-composite-NCM811-1C", "Si-composite-NCM811-3C"]'
_CONCERNING = "the Si/a-Sn/CoSi2/G/C"
_ITEMS = f"""
[[figure]]
id = "S33"
caption = "Comparison of the electrochemical performance of {_CONCERNING}|NCM811 full cell with previously reported Si-based full cells (numbers: references)."
technique = "comparison"
show = "chart"
cells = {_FULL_CELLS}
set = {_FULL}

[[table]]
id = "S4"
caption = "Comparison of the electrochemical performance of {_CONCERNING} anode with previously reported Si/TMS-based anodes for LIBs."
technique = "comparison"
cells = ["Si-composite-100cycles"]
set = {{ comparison = "anodes", {_SET}, electrolyte = "1.3 M LiPF6 (EC/DEC+10 wt%FEC)", cycle = 100 }}

[[table]]
id = "S6"
caption = "Comparison of the electrochemical performance of {_CONCERNING}|NCM811 full cell with previously reported Si-based full cells."
technique = "comparison"
cells = {_FULL_CELLS}
set = {_FULL}

[[table]]
id = "S8"
caption = "Comparison of the electrochemical performance of {_CONCERNING}|LPSC|NCM811 ASSLB full cell with previously reported Si-based ASSLB full cells."
technique = "comparison"
cells = ["Si-composite-LPSC-NCM811-rates"]
set = {{ comparison = "solid_state", {_SET}, cathode = "NCM811", solid_electrolyte = "Li6PS5Cl", cathode_loading_mg_per_cm2 = "15.3" }}
"""  # noqa: E501


_TRUTH = tuple(
    row
    for cell, after, retention in zip(_CYCLED[:3], (1147.4, 137.1, 130.9), (91.4, 81.2, 89.2), strict=True)
    for row in (
        Truth(cell.name, "comparison", "compared_capacity", after, "mAh/g"),
        Truth(cell.name, "comparison", "capacity_retention", retention, "%"),
    )
)


def _areal() -> tuple[Truth, ...]:
    """The areal capacity at the lowest rate: of the last of its cycles."""
    cell = _CYCLED[3]
    if cell.run is None:
        return ()
    capacity = next(course.discharged for number, _, course in cell.run.cycles if number == 3)
    areal = capacity * _LOADED / 1e3 / float(_DISC_CM2)
    return (Truth(cell.name, "comparison", "compared_areal_capacity", areal, "mAh/cm2"),)


def files(seed: int) -> Iterator[SimulatedFile]:
    """One file per cell, as its cycler writes it."""
    return raw_files(_CYCLED, seed, 1000)


TOPIC = Topic(
    raw=RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    computed_truth=_areal,
    files=files,
)
