"""Cells of the example study that are cycled: what is put in, row in cells.csv, raw file, and truth."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from halfcell.example.cycled_full_cell import FullCellTest, steps
from halfcell.example.cycled_half_cell import HalfCellTest
from halfcell.example.full_cell_course import computed
from halfcell.example.records import joined
from halfcell.example.topic import SimulatedFile, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.example.cycled_full_cell import FullCellRun
    from halfcell.twin.instruments import Cycler

RAW = {"cycling": [f"raw/cycling/{{cell}}{suffix}" for suffix in (".mpt", ".bdf.csv", ".neware.csv", ".arbin.csv")]}
_FORMATS = {  # other cyclers; the others are in EC-Lab's text
    ".bdf.csv": ("Si-Al-10", "Si-Zn-10"),
    ".neware.csv": ("FeSi2", "CoSi2", "NiSi2", "Si-composite-NCM811-1C", "Si-composite-NCM811-3C"),
    ".arbin.csv": ("Graphite-NCM811", "Si-composite-NCM811", "Si-composite-NCM811-low"),
}
# Limits of error of the cyclers, as `[settings.cycling]` of the study states them: a fraction of the current, A, V
GAIN, OFFSET_A, VOLTAGE_V = 2e-4, 1e-8, 1e-3
SETTINGS = {
    "cycling": {
        "current_accuracy_percent": 100 * GAIN,
        "current_offset_a": OFFSET_A,
        "voltage_accuracy_volt": VOLTAGE_V,
    }
}
_UNIFORM = 3**-0.5  # standard deviation over limit
NOISE = 1e-4  # of a reading of the smallest current
FEW = 3  # cycles up to which records are dense


@dataclass(frozen=True, kw_only=True)
class ExampleCell:
    """A cell: its name (and that of its file), its sample, how it is tested, and more columns of cells.csv."""

    name: str
    sample: str
    test: HalfCellTest | FullCellTest
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def row(self) -> dict[str, str]:
        """The cell's row in cells.csv."""
        test = self.test
        mass = test.active_mass_mg if isinstance(test, HalfCellTest) else test.cathode_mg
        row = {"cell": self.name, "sample": self.sample, "kind": test.kind.value, "active_mass_mg": f"{mass:.2f}"}
        return row | self.columns

    @cached_property
    def run(self) -> FullCellRun | None:
        """What the twin finds for a full cell."""
        return computed(self.test) if isinstance(self.test, FullCellTest) else None

    @cached_property
    def true(self) -> Measurement:
        """What a cycler without errors would record."""
        if isinstance(self.test, HalfCellTest):
            return self.test.measurement()
        return joined(steps(self.run or computed(self.test)))

    @property
    def truth(self) -> tuple[Truth, ...]:
        """What was put in; of a full cell what the twin found, as its capacities follow from its card."""
        test = self.test
        if isinstance(test, HalfCellTest):
            put, out = test.first_discharge_mah_g, test.first_charge_mah_g
            rows = self._first(put, out, 100.0 * out / put)
            if test.fits_retention:
                rows += (Truth(self.name, "cycling", "capacity_retention", test.retention_percent, "%"),)
            return rows
        first = (self.run or computed(test)).first
        return self._first(first.discharged, first.charged, 100.0 * first.discharged / first.charged)

    def _first(self, discharged: float, charged: float, efficiency: float) -> tuple[Truth, ...]:
        return (
            Truth(self.name, "cycling", "initial_discharge_capacity", discharged, "mAh/g"),
            Truth(self.name, "cycling", "initial_charge_capacity", charged, "mAh/g"),
            Truth(self.name, "cycling", "initial_coulombic_efficiency", efficiency, "%"),
        )

    @property
    def energies(self) -> tuple[Truth, ...]:
        """Energy and energy density of the first discharge of a full cell whose masses are known."""
        names = ("anode_mass_mg", "separator_mass_mg", "electrolyte_mass_mg", "cathode_mass_mg")
        stack = sum(float(self.columns.get(name, "0")) for name in names)
        if self.run is None or not isinstance(self.test, FullCellTest) or not stack:
            return ()
        first = self.run.first
        energy = first.discharged * self.test.cathode_mg / 1e3 * first.mean_volt
        return (
            Truth(self.name, "cycling", "energy", energy, "mWh"),
            Truth(self.name, "cycling", "energy_density", energy / stack * 1e3, "Wh/kg"),
        )

    def recorded(self, rng: Generator) -> Measurement:
        """What the cycler writes down."""
        from halfcell.twin.instruments import recorded

        true = self.true
        return recorded(true, rng, _cycler(self.test.cycles, true["current_ampere"]))


def _cycler(cycles: int, current: NDArray[np.float64]) -> Cycler:
    """A cycler with the stated limits of error, in the range of its largest current, and quiet in its smallest one."""
    from halfcell.twin.instruments import Cycler

    amperes = abs(current[current != 0])
    whole = next(power for power in (1e-3, 1e-2, 1e-1) if amperes.max() < power)
    usual = Cycler(
        current_gain=GAIN * _UNIFORM, current_offset=OFFSET_A * _UNIFORM / whole,
        current_noise=NOISE * amperes.min() / whole, current_step=1e-9 / whole,
        volt_gain=0.0, volt_offset=0.9 * VOLTAGE_V * _UNIFORM,
        gains_apart=True, range_ampere=whole, every_second=200.0, every_volt=0.01,
    )  # fmt: skip
    return usual if cycles <= FEW else replace(usual, every_second=1200.0, every_volt=0.025)


def raw_files(cells: Sequence[ExampleCell], seed: int, offset: int) -> Iterator[SimulatedFile]:
    """One text file per cell; `offset` keeps the errors of topics apart."""
    import numpy as np

    from halfcell.twin.instruments import raw_file

    for number, cell in enumerate(cells):
        rng = np.random.default_rng([seed, offset + number])
        suffix = next((one for one, names in _FORMATS.items() if cell.name in names), ".mpt")
        measured = cell.recorded(rng)
        if suffix == ".mpt":  # EC-Lab counts cycles from 0
            columns = dict(measured.columns) | {"cycle_count": measured["cycle_count"] - 1}
            measured = replace(measured, columns=columns)
        yield SimulatedFile(f"raw/cycling/{cell.name}{suffix}", raw_file(measured, suffix))
