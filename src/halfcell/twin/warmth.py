"""A cell that warms itself: one temperature, heat by what the current loses, cooling to the surroundings.

``C dT/dt = I (U - V) - h (T - T_around)`` with the open-circuit voltage U at the mean contents of all particles. Heat
that the change of entropy takes up or gives is left out: it is reversible, and small against the losses at high rates.
D. Bernardi, E. Pawlikowski, J. Newman, J. Electrochem. Soc. 132 (1985) 5.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.twin.potentials import look_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrode import Electrode, State
    from halfcell.twin.electrolyte import Electrolyte

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

GAS = 8.314462618e-3  # kJ/(mol K) (CODATA 2018)
VOLT_PER_KELVIN = 8.617333262e-5  # R/F, exact (SI 2019)
SMALLEST = 1e-3  # root of x (1 - x) below which the slope of a table is not asked for
HOTTEST = 150.0  # K above the surroundings: beyond it no electrolyte is as it was
_PER_PARTICLE = 2  # dimensions: one value per variant and particle


@dataclass(frozen=True, eq=False)
class Warmth:
    """How a cell warms itself and what that changes, (variants,) or (variants, bins); activation energies in kJ/mol.

    Parameters
    ----------
    around
        Temperature of the surroundings and of the cell at rest, K, for which the cell is made.
    capacity, cooling
        Heat capacity in mWh/K and conductance to the surroundings in mW/K, per gram of cathode material.
    anode_diffusion, anode_exchange, cathode_diffusion, cathode_exchange
        Of the particles.
    salt_diffusion, conductivity
        Of the electrolyte.
    whole, course
        A measured temperature (variants, points) in K at even parts of a charge (variants,) in mAh/g, which is followed
        instead; None where the heat decides.
    """

    around: Floats
    capacity: Floats
    cooling: Floats
    anode_diffusion: Floats
    anode_exchange: Floats
    cathode_diffusion: Floats
    cathode_exchange: Floats
    salt_diffusion: Floats
    conductivity: Floats
    whole: Floats | None = None
    course: Floats | None = None

    def only(self, cells: Truths) -> Warmth:
        """Some of the variants."""
        given: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        chosen: dict[str, Any] = {name: None if value is None else value[cells] for name, value in given.items()}
        return Warmth(**chosen)

    def along(self, charge: Floats) -> Floats:
        """The measured temperature where a charge (mAh/g) has been passed."""
        if self.whole is None or self.course is None:
            return self.around
        last = self.course.shape[1] - 1
        place = np.clip(charge / self.whole, 0, 1) * last
        at = np.minimum(place.astype(int), last - 1)
        rows = np.arange(len(charge))
        below, above = self.course[rows, at], self.course[rows, at + 1]
        found: Floats = below + (place - at) * (above - below)
        return found

    def after(self, kelvin: Floats, heat: Floats, hours: Floats) -> Floats:
        """Temperature after a time with heat (mW per gram of cathode material), by implicit Euler."""
        gained = self.capacity * kelvin + hours * (heat + self.cooling * self.around)
        found: Floats = np.minimum(gained / (self.capacity + hours * self.cooling), self.around + HOTTEST)
        return found


def faster_at(warmth: Warmth, kelvin: Floats, what: str) -> Floats:
    """By which factor a process of `warmth` is faster at a temperature (variants,) than where the cell is made."""
    energy: Floats = getattr(warmth, what)
    by = (1 / warmth.around - 1 / kelvin) / GAS
    found: Floats = np.exp(energy * (by[:, None] if energy.ndim == _PER_PARTICLE else by))
    return found


def electrode_at(electrode: Electrode, faster: tuple[Floats, Floats], kelvin: Floats) -> Electrode:
    """An electrode at a temperature (rows,); its diffusion and exchange are faster by factors (rows, bins)."""
    volt = (VOLT_PER_KELVIN * kelvin)[:, None]
    tau, exchange = electrode.tau / faster[0], electrode.exchange * faster[1]
    return replace(electrode, tau=tau, exchange=exchange, thermal_volt=volt)


def liquid_at(liquid: Electrolyte, warmth: Warmth, kelvin: Floats) -> Electrolyte:
    """A liquid electrolyte at a temperature (variants,)."""
    return replace(
        liquid,
        diffusion=liquid.diffusion * faster_at(warmth, kelvin, "salt_diffusion"),
        conductivity=liquid.conductivity * faster_at(warmth, kelvin, "conductivity"),
        thermal_volt=VOLT_PER_KELVIN * kelvin,
    )


def mean_equilibrium(electrode: Electrode, state: State) -> Floats:
    """Mean open-circuit potential (rows,) at the mean content of each particle."""
    content = state.average
    root = np.sqrt(np.maximum(content * (1 - content), SMALLEST**2))
    found: Floats = (electrode.share * look_up(electrode.tables, state.memory, content, root)[0]).sum(axis=1)
    return found
