"""What a study is about: samples and cells, with the units in the names of the fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class CellKind(StrEnum):
    """The kind of a cell: determines which half cycle is lithiation and how the Coulombic efficiency is defined.

    In an anode half cell discharge lithiates the electrode under study: CE = charge / discharge. In a cathode half cell
    and in a full cell CE = discharge / charge. A symmetric cell has no CE.
    """

    HALF = "half"
    CATHODE_HALF = "cathode half"
    FULL = "full"
    ASSLB_HALF = "asslb half"
    ASSLB_CATHODE_HALF = "asslb cathode half"
    ASSLB = "asslb"
    SYMMETRIC = "symmetric"

    @property
    def is_anode_half(self) -> bool:
        """Whether the electrode under study is an anode against the carrier's metal (or Li-In)."""
        return self is CellKind.HALF or self is CellKind.ASSLB_HALF

    @property
    def is_half(self) -> bool:
        """Whether one electrode is studied against a metal; the energy of such a cell is not that of a device."""
        return self.is_anode_half or self in {CellKind.CATHODE_HALF, CellKind.ASSLB_CATHODE_HALF}

    @property
    def is_solid_state(self) -> bool:
        """Whether the cell is an all-solid-state one."""
        return self in {CellKind.ASSLB, CellKind.ASSLB_HALF, CellKind.ASSLB_CATHODE_HALF}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A material: name, composition in wt%, and other columns of the table of samples."""

    name: str
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    label: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def printed(self) -> str:
        """The name that figures and tables print."""
        return self.label or self.name


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: its kind, the sample in it, masses (mg), geometry, 1C, conditions, and the group it is a replicate in.

    `active_mass_std_mg` and `stack_mass_std_mg` are standard uncertainties of masses, which capacities and energy
    densities then carry.

    The study passes a field to the analysis if its `Settings` have a field of the same name. Nothing is assumed: what
    is not stated is None, and quantities that need it are refused.
    """

    name: str
    sample: str = ""
    kind: CellKind | None = None
    active_mass_mg: float | None = None
    active_mass_std_mg: float | None = None
    stack_mass_std_mg: float | None = None
    anode_mass_mg: float | None = None
    cathode_mass_mg: float | None = None
    cathode_active_mass_mg: float | None = None
    separator_mass_mg: float | None = None
    electrolyte_mass_mg: float | None = None
    anode_capacity_mah_per_cm2: float | None = None
    cathode_capacity_mah_per_cm2: float | None = None
    area_cm2: float | None = None
    diameter_mm: float | None = None
    thickness_um: float | None = None
    one_c_ma_per_g: float | None = None
    one_c_ma: float | None = None
    temperature_degc: float | None = None
    pressure_mpa: float | None = None
    label: str = ""
    group: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def printed(self) -> str:
        """The name that figures and tables print."""
        return self.label or self.sample or self.name
