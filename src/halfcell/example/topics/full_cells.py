"""Example raw files of full cells with an NCM811 cathode in liquid and sulfide electrolyte: simulated EC-Lab files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.sample import CellKind
from halfcell.example.cycled_cells import RAW, ExampleCell, raw_files
from halfcell.example.topic import Topic, Truth
from halfcell.techniques.cycling import Block, Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.example.topic import SimulatedFile

Rate = tuple[float, float, float]  # mA/g of NCM811, mAh/g, mean discharge voltage (V)

# The document's Table S5: current density, specific capacity, average voltage; and its masses (mg).
_GRAPHITE: tuple[Rate, ...] = (
    (18, 179.0, 3.63), (90, 152.5, 3.56), (180, 140.2, 3.54), (360, 124.8, 3.52), (540, 112.2, 3.50), (900, 88.1, 3.46),
)  # fmt: skip
_SILICON: tuple[Rate, ...] = (
    (18, 187.4, 3.78), (90, 175.5, 3.62), (180, 174.2, 3.54),
    (360, 163.6, 3.45), (540, 151.9, 3.37), (900, 139.7, 3.31),
)  # fmt: skip
_ONE_C = "180"  # mA/g of NCM811, as 0.1C is 18 mA/g in the document
_NAME = "Si/a-Sn/CoSi2/G/C"


def _rated(rates: tuple[Rate, ...], *, charge: float, material: str, lower: float) -> Parameters:
    """A rate test: three cycles at each rate, the last of which is the one in the tables."""
    first = rates[0][1]
    blocks = tuple(Block(cycles=3, current_ma_g=c, capacity_part=q / first, mean_discharge_v=v) for c, q, v in rates)
    return Parameters(
        kind=CellKind.FULL,
        materials=((material, 1.0),),
        active_mass_mg=12.18,
        first_charge_mah_g=charge,
        first_discharge_mah_g=first,
        blocks=blocks,
        retention_cycle=18,
        lower_volt=lower,
        upper_volt=4.3,
        start_volt=3.0,
        polarisation_volt=0.015,
        points=40,
        fine_points=200,
        fine_cycles=(1, 3, 6, 9, 12, 15, 18),
    )


def _solid(kind: CellKind, charge: float, discharge: float, mass: float, blocks: tuple[Block, ...]) -> Parameters:
    """A solid-state full cell."""
    last = sum(block.cycles for block in blocks)
    return Parameters(
        kind=kind,
        materials=(("Si|NCM811", 1.0),),
        active_mass_mg=mass,
        first_charge_mah_g=charge,
        first_discharge_mah_g=discharge,
        blocks=blocks,
        retention_percent=84.0,
        retention_cycle=100,
        lower_volt=2.5,
        upper_volt=4.3,
        start_volt=2.7,
        points=14,
        fine_points=200,
        fine_cycles=(1, 2, 10, last),
    )


def _masses(anode: str, active: str, between: tuple[str, str], cathode: str, ncm: str) -> dict[str, str]:
    """Columns of cells.csv; capacities are per gram of NCM811."""
    columns = {"anode_mass_mg": anode, "active_mass_mg": active, between[0]: between[1], "cathode_mass_mg": cathode}
    return columns | {"cathode_active_mass_mg": ncm, "one_c_ma_per_g": _ONE_C, "area_cm2": "1.0"}


_SEPARATOR = ("separator_mass_mg", "1.76")
_SULFIDE = ("electrolyte_mass_mg", "4.00")
_CYCLED = (
    ExampleCell(
        name="Graphite-NCM811",
        sample="Graphite",
        parameters=_rated(_GRAPHITE, charge=208.0, material="graphite|NCM811", lower=2.8),
        columns=_masses("8.61", "6.89", _SEPARATOR, "15.23", "12.18") | {"label": "Graphite"},
    ),
    ExampleCell(
        name="Si-composite-NCM811",
        sample=_NAME,
        parameters=_rated(_SILICON, charge=226.4, material="Si|NCM811", lower=2.5),
        columns=_masses("2.87", "2.01", _SEPARATOR, "15.23", "12.18") | {"label": _NAME},
    ),
    ExampleCell(
        name="Si-composite-NCM811-low",
        sample=_NAME,
        parameters=_solid(
            CellKind.FULL, 228.9, 190.6, 10.11, (Block(cycles=1, current_ma_g=18.0, mean_discharge_v=3.78),)
        ),
        columns=_masses("2.41", "1.69", _SEPARATOR, "12.64", "10.11") | {"label": f"{_NAME}, 12.7 mg cm^{{−2}}"},
    ),
    ExampleCell(
        name="Si-composite-LPSC-NCM811",
        sample=_NAME,
        parameters=_solid(
            CellKind.ASSLB, 208.4, 162.1, 12.01, (Block(cycles=1, current_ma_g=18.0, mean_discharge_v=3.47),)
        ),
        columns=_masses("2.83", "1.98", _SULFIDE, "15.60", "12.01")
        | {"label": _NAME, "temperature_degc": "60", "pressure_mpa": "40"},
    ),
    ExampleCell(
        name="Si-composite-LPSC-NCM811-0.3C",
        sample=_NAME,
        parameters=_solid(
            CellKind.ASSLB, 197.5, 151.3, 11.32, (Block(cycles=50, current_ma_g=54.0, mean_discharge_v=3.42),)
        ),
        columns=_masses("2.71", "1.90", _SULFIDE, "14.70", "11.32")
        | {"label": f"{_NAME}|LPSC|NCM811", "temperature_degc": "60", "pressure_mpa": "40"},
    ),
    ExampleCell(
        name="Si-LPSC-NCM811-0.3C",
        sample="Si",
        parameters=_solid(
            CellKind.ASSLB, 189.2, 121.8, 11.32, (Block(cycles=50, current_ma_g=54.0, mean_discharge_v=3.36),)
        ),
        columns=_masses("1.42", "0.99", _SULFIDE, "14.70", "11.32")
        | {"label": "Si|LPSC|NCM811", "temperature_degc": "60", "pressure_mpa": "40"},
    ),
)
_SAMPLES = tuple({"name": cell.sample} for cell in _CYCLED)
_CELLS = tuple(cell.row for cell in _CYCLED)


def _energies() -> tuple[Truth, ...]:
    """Energy and energy density of the first cycle at 0.1C, from capacity, mean voltage and the masses put in."""
    rows: tuple[Truth, ...] = ()
    for cell in _CYCLED:
        block, p = cell.parameters.blocks[0], cell.parameters
        energy = p.first_discharge_mah_g * p.active_mass_mg / 1e3 * block.mean_discharge_v
        names = ("anode_mass_mg", "separator_mass_mg", "electrolyte_mass_mg", "cathode_mass_mg")
        stack = sum(float(cell.columns.get(name, "0")) for name in names)
        rows += (Truth(cell.name, "cycling", "energy", energy, "mWh"),)
        rows += (Truth(cell.name, "cycling", "energy_density", energy / stack * 1e3, "Wh/kg"),)
    return rows


_TRUTH = tuple(row for cell in _CYCLED for row in cell.truth) + _energies()

_ITEMS = """
[[figure]]
id = "S1"
caption = "Schematic illustration of the Si/a-Sn/CoSi2/G/C|LPSC|NCM811 solid-state full cell, layers to scale."
# From the masses per cm2 of Table S7: 2.83 mg (2.4 g cm-3) and 15.60 mg (3.5 g cm-3); densities and 15 % pores are assumed.
[figure.stack]
form = "pressed"
cell = "Si-composite-LPSC-NCM811"
diameter = "11.3 mm"  # 1 cm2
positive = "bottom"
layers = [
  { name = "Si/a-Sn/CoSi2/G/C composite", thickness = "14 um", role = "anode" },
  { name = "Li6PS5Cl", thickness = "30 um", role = "electrolyte" },
  { name = "NCM811 composite", thickness = "52 um", role = "cathode" },
]

[[figure]]
id = "S31"
caption = "Voltage profiles of the graphite|NCM811 full cell at 0.1 to 5 C, cathode loading 15.5 mg cm-2."
technique = "cycling"
show = "profile by rate"
cells = ["Graphite-NCM811"]
title = "graphite|NCM811"

[[figure]]
id = "S32"
caption = "Voltage profiles of the Si/a-Sn/CoSi2/G/C|NCM811 full cells, initial activation at 0.1 C: a with a cathode loading of 15.3 mg cm-2, b with a cathode loading of 12.7 mg cm-2."
columns = 2
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["Si-composite-NCM811"], title = "15.3 mg cm-2" },
  { technique = "cycling", show = "voltage profile", cells = ["Si-composite-NCM811-low"], title = "12.7 mg cm-2" },
]

[[figure]]
id = "S39"
caption = "Solid-state full cells at 0.3 C and 60 degC: a Si/a-Sn/CoSi2/G/C|LPSC|NCM811, b Si|LPSC|NCM811."
columns = 2
width_mm = 180
panels = [
  { technique = "cycling", show = "voltage profile", cells = ["Si-composite-LPSC-NCM811-0.3C"], set = { profile_cycles = [1, 2, 10, 50] } },
  { technique = "cycling", show = "voltage profile", cells = ["Si-LPSC-NCM811-0.3C"], set = { profile_cycles = [1, 2, 10, 50] } },
]

[[table]]
id = "S5"
caption = "Energy densities of graphite|NCM811 and Si/a-Sn/CoSi2/G/C|NCM811 full cells at various current densities."
technique = "cycling"
show = "energy density"
cells = ["Graphite-NCM811", "Si-composite-NCM811"]

[[table]]
id = "S7"
caption = "Energy density of the Si/a-Sn/CoSi2/G/C|LPSC|NCM811 solid-state full cell."
technique = "cycling"
show = "energy density"
cells = ["Si-composite-LPSC-NCM811"]
"""  # noqa: E501


def files(seed: int) -> Iterator[SimulatedFile]:
    """One EC-Lab text file per cell."""
    return raw_files(_CYCLED, seed, 340)


TOPIC = Topic(
    raw=RAW,
    samples=_SAMPLES,
    cells=_CELLS,
    items=_ITEMS,
    truth=_TRUTH,
    files=files,
)
