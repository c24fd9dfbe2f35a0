"""A liquid electrolyte between uniform reactions: concentration over the thickness of the cell, and what it costs.

With the reaction spread evenly over each electrode (the single-particle model with electrolyte, S. G. Marquis et al.,
J. Electrochem. Soc. 166 (2019) A3693),

``e dc/dt = d/dx(D e^b dc/dx) + (1 - t) i / (F L)`` in the anode, minus that in the cathode, nothing in the separator,

and the voltage changes by ``2 RT/F (1 - t) f (mean ln c in the cathode - mean ln c in the anode)`` and the resistance
``(L_n / 3 e_n^b + L_s / e_s^b + L_p / 3 e_p^b) / conductivity``. Exchange rates go with the mean root of c.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

FARADAY = 96485.33212
CELLS = (10, 6, 10)  # finite volumes in anode, separator, cathode; twice as many change no voltage by 1 mV
EMPTY_VOLT = 100.0
"""V per lacking share of the concentration: the discharge ends where the electrolyte is empty at the back.

A real reaction then moves towards the separator and goes on for a little.
"""
SMALLEST = 1e-3  # of the initial concentration in the logarithm


@dataclass(frozen=True, eq=False)
class Electrolyte:
    """The electrolyte of several variants: (variants,), or (variants, 3) for anode, separator and cathode.

    Parameters
    ----------
    concentration
        At rest, mol/m3.
    diffusion, conductivity
        D in m2/s and S/m of the liquid.
    transference, factor
        Transference number t and thermodynamic factor f.
    thickness, porosity
        m, and volume share e of the liquid.
    efficiency
        Transport in the pores over that in the liquid, e^b.
    ampere_per_m2
        Current density of one unit of the current (mA per gram of cathode material).
    thermal_volt
        RT/F, V.
    """

    concentration: Floats
    diffusion: Floats
    conductivity: Floats
    transference: Floats
    factor: Floats
    thickness: Floats
    porosity: Floats
    efficiency: Floats
    ampere_per_m2: Floats
    thermal_volt: Floats

    def only(self, cells: Truths) -> Electrolyte:
        """Some of the variants."""
        return Electrolyte(**{one.name: getattr(self, one.name)[cells] for one in fields(self)})

    @property
    def rested(self) -> Floats:
        """Concentrations at rest, (variants, volumes)."""
        return np.repeat(self.concentration[:, None], sum(CELLS), axis=1)

    def after(self, concentration: Floats, current: Floats, hours: Floats) -> Floats:
        """Concentrations after a current (above 0 in discharge) for a time (implicit Euler)."""
        held, conducted, made = self._balance()
        seconds = (hours * 3600)[:, None]
        at = np.arange(held.shape[1])
        matrix = seconds[..., None] * conducted
        matrix[:, at, at] += held
        right = held * concentration + seconds * current[:, None] * made
        found: Floats = np.linalg.solve(matrix, right[..., None])[..., 0].astype(np.float64)
        return found

    def _balance(self) -> tuple[Floats, Floats, Floats]:
        """Per area: liquid of each volume (m), exchange between volumes (m/s), salt made by a unit of current."""
        widths = _over(self.thickness / np.array(CELLS))
        effective = self.diffusion[:, None] * _over(self.efficiency)
        between = 2 / (widths[:, :-1] / effective[:, :-1] + widths[:, 1:] / effective[:, 1:])
        count = widths.shape[1]
        matrix = np.zeros((len(widths), count, count))
        at = np.arange(count)
        matrix[:, at[:-1], at[:-1]] += between
        matrix[:, at[1:], at[1:]] += between
        matrix[:, at[:-1], at[1:]] -= between
        matrix[:, at[1:], at[:-1]] -= between
        share = np.repeat([1 / CELLS[0], 0.0, -1 / CELLS[2]], CELLS)
        made = ((1 - self.transference) * self.ampere_per_m2 / FARADAY)[:, None] * share
        return widths * _over(self.porosity), matrix, made

    def impedance(self, s: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """What the electrolyte of the first variant adds to the impedance at rest, V per unit of current; s in 1/h."""
        held, conducted, made = (part[0] for part in self._balance())
        system = conducted[None] + (s / 3600)[:, None, None] * np.diag(held)
        salt = np.linalg.solve(system, np.broadcast_to(made.astype(complex), (len(s), len(made)))[..., None])[..., 0]
        relative = salt / self.concentration[0]
        apart = relative[:, -CELLS[2] :].mean(axis=1) - relative[:, : CELLS[0]].mean(axis=1)
        spread = 2 * self.thermal_volt[0] * (1 - self.transference[0]) * self.factor[0] * apart
        found: NDArray[np.complex128] = self._ohmic()[0] - spread
        return found

    def _ohmic(self) -> Floats:
        """Resistance of the liquid, V per unit of current."""
        paths = self.thickness / self.efficiency / np.array([3.0, 1.0, 3.0])
        ohmic: Floats = self.ampere_per_m2 * paths.sum(axis=1) / self.conductivity
        return ohmic

    def volt(self, concentration: Floats, current: Floats) -> Floats:
        """What the electrolyte adds to the voltage: below 0 in discharge, above 0 in charge."""
        relative = concentration / self.concentration[:, None]
        logarithm = np.log(np.maximum(relative, SMALLEST))
        anode, cathode = logarithm[:, : CELLS[0]].mean(axis=1), logarithm[:, -CELLS[2] :].mean(axis=1)
        spread = 2 * self.thermal_volt * (1 - self.transference) * self.factor * (cathode - anode)
        ohmic = current * self._ohmic()
        lacking = np.maximum(-relative.min(axis=1), 0.0)
        total: Floats = spread - ohmic - EMPTY_VOLT * lacking * np.sign(current)
        return total

    def exchange(self, concentration: Floats) -> tuple[Floats, Floats]:
        """Factors on the exchange rates of anode and cathode, (variants, 1)."""
        root = np.sqrt(np.maximum(concentration / self.concentration[:, None], SMALLEST))
        return root[:, : CELLS[0]].mean(axis=1, keepdims=True), root[:, -CELLS[2] :].mean(axis=1, keepdims=True)


def _over(values: Floats) -> Floats:
    """Values of the three regions for each volume."""
    return np.repeat(values, CELLS, axis=1)
