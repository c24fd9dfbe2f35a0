"""Balance of a full cell: N/P ratio, where the lithium goes, energy on every mass basis, and the design for a target.

All per electrode area. On the first charge the cathode gives its lithium, on the first lithiation the anode keeps some
for good; the first discharge ends when the cathode is full, the anode empty, or the cyclable lithium is used up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from halfcell.core.errors import InputError, Refused

Basis = Literal["active materials", "electrodes", "electrodes and separator", "stack", "cell"]
BASES: tuple[Basis, ...] = ("active materials", "electrodes", "electrodes and separator", "stack", "cell")


@dataclass(frozen=True, kw_only=True)
class BalancedElectrode:
    """One electrode.

    Parameters
    ----------
    loading_mg_per_cm2
        Active mass per area.
    active_fraction
        Weight share of the active material in the electrode (0 to 1).
    first_mah_per_g
        Capacity of the first charge of the cell per gram of active material: of the cathode what it gives, of the
        anode what it takes up on its first lithiation.
    reversible_mah_per_g
        Capacity afterwards: of the cathode what it takes back, of the anode what it gives back.
    """

    loading_mg_per_cm2: float
    active_fraction: float
    first_mah_per_g: float
    reversible_mah_per_g: float

    def __post_init__(self) -> None:
        """Refuse what no electrode is."""
        if self.loading_mg_per_cm2 <= 0 or not 0 < self.active_fraction <= 1:
            raise InputError("an electrode needs a loading above 0 and an active fraction above 0, at most 1")
        if not 0 < self.reversible_mah_per_g <= self.first_mah_per_g:
            raise InputError("the reversible capacity must be above 0 and not exceed that of the first charge")

    @property
    def first(self) -> float:
        """mAh/cm2 of the first charge."""
        return self.loading_mg_per_cm2 * self.first_mah_per_g / 1000

    @property
    def reversible(self) -> float:
        """mAh/cm2 afterwards."""
        return self.loading_mg_per_cm2 * self.reversible_mah_per_g / 1000

    @property
    def mass(self) -> float:
        """mg/cm2 of the electrode without its collector."""
        return self.loading_mg_per_cm2 / self.active_fraction


@dataclass(frozen=True, kw_only=True)
class CellBalance:
    """A full cell per area: both electrodes, and what else weighs (mg/cm2)."""

    cathode: BalancedElectrode
    anode: BalancedElectrode
    separator_mg_per_cm2: float
    collectors_mg_per_cm2: float = 0.0
    electrolyte_mg_per_cm2: float = 0.0
    casing_mg_per_cm2: float = 0.0
    prelithiation_mah_per_cm2: float = 0.0

    @property
    def np_ratio(self) -> float:
        """First lithiation of the anode over first charge of the cathode: below 1 lithium is plated."""
        return self.anode.first / (self.cathode.first + self.prelithiation_mah_per_cm2)

    @property
    def lost_lithium(self) -> float:
        """mAh/cm2 that the anode keeps for good, as far as it is lithiated."""
        taken = min((self.cathode.first + self.prelithiation_mah_per_cm2) / self.anode.first, 1.0)
        return (self.anode.first - self.anode.reversible) * taken

    @property
    def discharge(self) -> float:
        """mAh/cm2 of the first discharge.

        Raises
        ------
        Refused
            If the anode does not hold what the cathode gives.
        """
        if self.np_ratio < 1:
            raise Refused(
                f"the N/P ratio is {self.np_ratio:.3f}: the anode does not hold what the cathode gives, lithium plates",
                hint="a larger anode loading, or a lower charge of the cathode",
            )
        inventory = self.cathode.first + self.prelithiation_mah_per_cm2 - self.lost_lithium
        return min(inventory, self.cathode.reversible, self.anode.reversible)

    def mass(self, basis: Basis) -> float:
        """mg/cm2 that a basis counts; `stack` adds collectors and electrolyte, `cell` the casing."""
        active = self.cathode.loading_mg_per_cm2 + self.anode.loading_mg_per_cm2
        masses = [
            active,
            self.cathode.mass + self.anode.mass - active,
            self.separator_mg_per_cm2,
            self.collectors_mg_per_cm2 + self.electrolyte_mg_per_cm2,
            self.casing_mg_per_cm2,
        ]
        return sum(masses[: BASES.index(basis) + 1])

    def energy_density(self, volt: float, basis: Basis, mah_per_cm2: float | None = None) -> float:
        """Wh/kg of a discharge of that mean voltage; of the first discharge where no capacity is given."""
        return (self.discharge if mah_per_cm2 is None else mah_per_cm2) * volt / self.mass(basis) * 1000

    def scaled(self, factor: float) -> CellBalance:
        """The same cell with all loadings times a factor; separator, collectors and casing stay."""
        electrodes = {
            name: replace(one, loading_mg_per_cm2=one.loading_mg_per_cm2 * factor)
            for name, one in (("cathode", self.cathode), ("anode", self.anode))
        }
        return replace(
            self,
            cathode=electrodes["cathode"],
            anode=electrodes["anode"],
            prelithiation_mah_per_cm2=self.prelithiation_mah_per_cm2 * factor,
        )


def loading_for(cell: CellBalance, volt: float, basis: Basis, target: float) -> CellBalance:
    """The cell of the same recipe and N/P ratio whose loadings give an energy density.

    With the fixed mass s, the mass k and the charge q per unit of loading, ``w = f q V / (f k + s)`` gives ``f = w s
    / (q V - w k)``. The mean voltage is taken to stay, as it does at low rate.

    Parameters
    ----------
    cell
        The cell whose loadings are scaled.
    volt
        Its mean voltage (V).
    basis
        Which masses count.
    target
        w, Wh/kg.

    Returns
    -------
    CellBalance
        Both loadings times f.

    Raises
    ------
    Refused
        If even electrodes without end do not reach the target; the hint says what they reach.

    Source: definition.
    """
    fixed = cell.mass(basis) - _electrode_mass(cell, basis)
    electrodes = cell.mass(basis) - fixed
    spare = cell.discharge * volt * 1000 - target * electrodes
    if spare <= 0:
        most = cell.discharge * volt * 1000 / electrodes
        raise Refused(f"no loading gives {target:g} Wh/kg", hint=f"without any other mass it is {most:.1f} Wh/kg")
    if fixed <= 0:
        raise Refused("on this mass basis the energy density does not depend on the loading", hint="take another basis")
    return cell.scaled(target * fixed / spare)


def anode_for(cell: CellBalance, np_ratio: float) -> CellBalance:
    """The cell with the anode loading that gives an N/P ratio.

    Parameters
    ----------
    cell
        The cell whose anode is scaled.
    np_ratio
        Capacity of the anode over that of the cathode, per area.

    Returns
    -------
    CellBalance
        With another loading (mg/cm2) of the anode.

    Source: definition.
    """
    return replace(
        cell,
        anode=replace(cell.anode, loading_mg_per_cm2=cell.anode.loading_mg_per_cm2 * np_ratio / cell.np_ratio),
    )


def _electrode_mass(cell: CellBalance, basis: Basis) -> float:
    return cell.mass("active materials" if basis == "active materials" else "electrodes")
