"""Example cells that are set among reported results: Fig. S33, Tables S4, S6 and S8; simulated EC-Lab files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.sample import CellKind
from halfcell.example.cycled_cells import RAW, ExampleCell, raw_files
from halfcell.example.topic import Topic, Truth
from halfcell.techniques.cycling import Block, Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.example.topic import SimulatedFile

_NAME = "Si/a-Sn/CoSi2/G/C"

# The rows "This work" of the document's Tables S4, S6 and S8: capacity after 100 cycles, retention, ICE; areal current
# and capacity. First capacities follow from capacity and retention; the full cells' ICE is of our own choice.
_AREAL = ((0.28, 2.48), (0.55, 2.32), (1.38, 2.02), (1.93, 1.82), (2.75, 1.63), (5.50, 1.38), (8.25, 1.13))
_LOADED = 12.24  # mg of NCM811 on 1 cm2, of a cathode of 15.3 mg


def _full(current: float, after: float, retention: float) -> Parameters:
    first = after / retention * 100.0
    return Parameters(
        kind=CellKind.FULL,
        materials=(("Si|NCM811", 1.0),),
        active_mass_mg=12.18,
        first_charge_mah_g=first / 0.84,
        first_discharge_mah_g=first,
        blocks=(Block(cycles=100, current_ma_g=current),),
        retention_percent=retention,
        retention_cycle=100,
        lower_volt=2.5,
        upper_volt=4.3,
        start_volt=3.0,
        points=12,
        fine_points=120,
    )


def _areal() -> Parameters:
    specific = [(1e3 * current / _LOADED, 1e3 * capacity / _LOADED) for current, capacity in _AREAL]
    first = specific[0][1]
    return Parameters(
        kind=CellKind.ASSLB,
        materials=(("Si|NCM811", 1.0),),
        active_mass_mg=_LOADED,
        first_charge_mah_g=first / 0.8,
        first_discharge_mah_g=first,
        blocks=tuple(Block(cycles=3, current_ma_g=c, capacity_part=q / first) for c, q in specific),
        retention_cycle=21,
        lower_volt=2.5,
        upper_volt=4.3,
        start_volt=2.7,
        points=40,
    )


_HALF = Parameters(
    materials=(("a-Si", 0.7), ("graphite", 0.3)),
    active_mass_mg=1.42,
    first_discharge_mah_g=1147.4 / 0.914 / 0.807,
    first_charge_mah_g=1147.4 / 0.914,
    cycles=100,
    current_ma_g=300.0,
    retention_percent=91.4,
    retention_cycle=100,
    points=14,
)
_MASS = {"cathode_active_mass_mg": "12.18", "one_c_ma_per_g": "180", "area_cm2": "1.0"}
_CYCLED = (
    ExampleCell(
        name="Si-composite-100cycles", sample=_NAME, parameters=_HALF, columns={"label": _NAME}, retention=True
    ),
    ExampleCell(
        name="Si-composite-NCM811-1C",
        sample=_NAME,
        parameters=_full(180.0, 137.1, 81.2),
        columns=_MASS | {"label": f"{_NAME}|NCM811, 1C"},
    ),
    ExampleCell(
        name="Si-composite-NCM811-3C",
        sample=_NAME,
        parameters=_full(540.0, 130.9, 89.2),
        columns=_MASS | {"label": f"{_NAME}|NCM811, 3C"},
    ),
    ExampleCell(
        name="Si-composite-LPSC-NCM811-rates",
        sample=_NAME,
        parameters=_areal(),
        columns=_MASS
        | {"cathode_active_mass_mg": f"{_LOADED}", "label": _NAME, "temperature_degc": "60", "pressure_mpa": "40"},
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
caption = "Comparison of the electrochemical performance of {_CONCERNING}|NCM811 full cell with previously reported Si-based full cells (numbers: references; SI: the document that the reported values were taken from)."
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


def _truth() -> tuple[Truth, ...]:
    rows: tuple[Truth, ...] = ()
    for cell, after, retention in zip(_CYCLED, (1147.4, 137.1, 130.9), (91.4, 81.2, 89.2), strict=False):
        rows += (Truth(cell.name, "comparison", "compared_capacity", after, "mAh/g"),)
        rows += (Truth(cell.name, "comparison", "capacity_retention", retention, "%"),)
    return (*rows, Truth(_CYCLED[3].name, "comparison", "compared_areal_capacity", _AREAL[0][1], "mAh/cm2"))


_TRUTH = _truth()


def files(seed: int) -> Iterator[SimulatedFile]:
    """One EC-Lab text file per cell."""
    return raw_files(_CYCLED, seed, 1000)


TOPIC = Topic(
    raw=RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
