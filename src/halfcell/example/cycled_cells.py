"""Cells of the example study that are cycled: what is put in, row in cells.csv, raw file, and truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.example.topic import SimulatedFile, Truth
from halfcell.readers.cycling import bdf, biologic_mpt
from halfcell.techniques.cycling import Parameters, simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RAW = {"cycling": ["raw/cycling/{cell}.mpt", "raw/cycling/{cell}.bdf.csv"]}
_IN_BDF = {"Si-Al-10", "Si-Zn-10", "FeSi2", "CoSi2", "NiSi2"}  # another cycler; the others are in EC-Lab's text


@dataclass(frozen=True, kw_only=True)
class ExampleCell:
    """A cell: its name (and that of its file), its sample, how it is cycled, and more columns of cells.csv."""

    name: str
    sample: str
    parameters: Parameters
    columns: dict[str, str] = field(default_factory=dict)
    retention: bool = False  # whether the retention put in is that of the item's reference cycle

    @property
    def row(self) -> dict[str, str]:
        """The cell's row in cells.csv."""
        mass = {"active_mass_mg": f"{self.parameters.active_mass_mg:.2f}"}
        return {"cell": self.name, "sample": self.sample, "kind": self.parameters.kind.value} | mass | self.columns

    @property
    def truth(self) -> tuple[Truth, ...]:
        """What was put in."""
        p = self.parameters
        out, put = p.first_charge_mah_g, p.first_discharge_mah_g
        ratio = out / put if p.kind.is_anode_half else put / out
        rows = [
            Truth(self.name, "cycling", "initial_discharge_capacity", put, "mAh/g"),
            Truth(self.name, "cycling", "initial_charge_capacity", out, "mAh/g"),
            Truth(self.name, "cycling", "initial_coulombic_efficiency", 100.0 * ratio, "%"),
        ]
        if self.retention:
            rows.append(Truth(self.name, "cycling", "capacity_retention", p.retention_percent, "%"))
        return tuple(rows)


def raw_files(cells: Sequence[ExampleCell], seed: int, offset: int) -> Iterator[SimulatedFile]:
    """One text file per cell, of EC-Lab or in the Battery Data Format; `offset` keeps the noise of topics apart."""
    import numpy as np

    for number, cell in enumerate(cells):
        rng = np.random.default_rng([seed, offset + number])
        suffix, write = (".bdf.csv", bdf.write) if cell.name in _IN_BDF else (".mpt", biologic_mpt.write)
        yield SimulatedFile(f"raw/cycling/{cell.name}{suffix}", write(simulate(cell.parameters, rng)))
