"""A liquid electrolyte between uniform reactions: concentration over the thickness of the cell, and what it costs.

With the reaction spread evenly over each electrode (the single-particle model with electrolyte, S. G. Marquis et al.,
J. Electrochem. Soc. 166 (2019) A3693),

``e dc/dt = d/dx(D e^b dc/dx) + d/dx((1 - t) I) / F`` with the current I in the liquid, which rises in the anode, is
whole in the separator and falls in the cathode; and the voltage changes by

``2 RT/F`` times (mean over the cathode less mean over the anode) of ``integral (1 - t) f dln c``, less the resistance
``integral (I / I_whole)^2 / (conductivity e^b) dx``. Exchange rates go with the mean root of c. D, conductivity, t and
the thermodynamic factor f may be functions of c (`liquids`); within a step they are those at its start.

Without an anode (`counts` begins with 0) lithium metal stands at the separator: salt is made on its surface, whose
concentration counts.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.liquids import Liquid

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

FARADAY = 96485.33212  # C/mol, exact (SI 2019)
VOLT_PER_KELVIN = 8.617333262e-5  # R/F (CODATA 2018)
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
        D in m2/s and S/m of the liquid; with a `liquid`, factors on what that says.
    transference, factor
        Transference number t and thermodynamic factor f; not used where the liquid says them.
    thickness, porosity
        m, and volume share e of the liquid.
    efficiency
        Transport in the pores over that in the liquid, e^b.
    ampere_per_m2
        Current density of one unit of the current (mA per gram of cathode material).
    thermal_volt
        RT/F, V.
    liquid
        Properties over the concentration; constant ones where None.
    counts
        Finite volumes in anode, separator and cathode; no anode where the first is 0.
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
    liquid: Liquid | None = None
    counts: tuple[int, int, int] = CELLS

    def only(self, cells: Truths) -> Electrolyte:
        """Some of the variants."""
        whole = ("liquid", "counts")
        chosen: dict[str, Any] = {
            one.name: getattr(self, one.name) if one.name in whole else getattr(self, one.name)[cells]
            for one in fields(self)
        }
        return Electrolyte(**chosen)

    @property
    def rested(self) -> Floats:
        """Concentrations at rest, (variants, volumes)."""
        return np.repeat(self.concentration[:, None], sum(self.counts), axis=1)

    def after(self, concentration: Floats, current: Floats, hours: Floats) -> Floats:
        """Concentrations after a current (above 0 in discharge) for a time (implicit Euler)."""
        held, conducted, made = self._balance(concentration)
        seconds = (hours * 3600)[:, None]
        at = np.arange(held.shape[1])
        matrix = seconds[..., None] * conducted
        matrix[:, at, at] += held
        right = held * concentration + seconds * current[:, None] * made
        found: Floats = np.linalg.solve(matrix, right[..., None])[..., 0].astype(np.float64)
        return found

    def values(self, name: str, concentration: Floats) -> Floats:
        """One of the properties at concentrations (variants, volumes); one column where it is constant."""
        own: Floats = getattr(self, name)[:, None]
        function = getattr(self.liquid, name) if self.liquid else None
        if self.liquid is None or function is None:
            return own
        kelvin = (self.thermal_volt / VOLT_PER_KELVIN)[:, None]
        found: Floats = self.liquid.at(function, concentration, kelvin)
        return found * own if name in {"diffusion", "conductivity"} else found

    def _balance(self, concentration: Floats) -> tuple[Floats, Floats, Floats]:
        """Per area: liquid of each volume (m), exchange between volumes (m/s), salt made by a unit of current."""
        widths = _over(self.counts, self.thickness / np.maximum(self.counts, 1))
        effective = self.values("diffusion", concentration) * _over(self.counts, self.efficiency)
        between = 2 / (widths[:, :-1] / effective[:, :-1] + widths[:, 1:] / effective[:, 1:])
        count = widths.shape[1]
        matrix = np.zeros((len(widths), count, count))
        at = np.arange(count)
        matrix[:, at[:-1], at[:-1]] += between
        matrix[:, at[1:], at[1:]] += between
        matrix[:, at[:-1], at[1:]] -= between
        matrix[:, at[1:], at[:-1]] -= between
        left = 1 - _at_faces(self.values("transference", concentration), count)
        made = np.diff(left * _flow(self.counts), axis=1) * (self.ampere_per_m2 / FARADAY)[:, None]
        return widths * _over(self.counts, self.porosity), matrix, made

    def impedance(self, s: NDArray[np.complex128]) -> NDArray[np.complex128]:
        """What the electrolyte of the first variant adds to the impedance at rest, V per unit of current; s in 1/h."""
        one = self.only(np.arange(len(self.concentration)) == 0)
        held, conducted, made = (part[0] for part in one._balance(one.rested))
        system = conducted[None] + (s / 3600)[:, None, None] * np.diag(held)
        salt = np.linalg.solve(system, np.broadcast_to(made.astype(complex), (len(s), len(made)))[..., None])[..., 0]
        apart = _ends(one.counts, salt / one.concentration)
        weight = 2 * one.thermal_volt * _weight(one, one.rested)[:, 0]
        found: NDArray[np.complex128] = one._ohmic(one.rested) - weight * (apart[1] - apart[0])
        return found

    def _ohmic(self, concentration: Floats) -> Floats:
        """Resistance of the liquid, V per unit of current: the mean of the squared share of the current counts."""
        flow = _flow(self.counts)
        square = (flow[1:] ** 2 + flow[1:] * flow[:-1] + flow[:-1] ** 2) / 3
        if not self.counts[0]:
            square[0] = 1.0
        paths = _over(self.counts, self.thickness / np.maximum(self.counts, 1) / self.efficiency) * square
        ohmic: Floats = self.ampere_per_m2 * (paths / self.values("conductivity", concentration)).sum(axis=1)
        return ohmic

    def at_lithium(self, concentration: Floats, current: Floats) -> Floats:
        """Concentration (variants,) on lithium that stands at the separator: linear through half a volume."""
        width = self.thickness[:, 1] / self.counts[1]
        reach = self.values("diffusion", concentration)[:, 0] * self.efficiency[:, 1]
        made = (1 - self.values("transference", concentration)[:, 0]) * current * self.ampere_per_m2 / FARADAY
        return concentration[:, 0] + made * width / 2 / reach

    def volt(self, concentration: Floats, current: Floats) -> Floats:
        """What the electrolyte adds to the voltage: below 0 in discharge, above 0 in charge."""
        whole = concentration
        if not self.counts[0]:
            whole = np.concatenate([self.at_lithium(concentration, current)[:, None], concentration], axis=1)
        relative = whole / self.concentration[:, None]
        logarithm = np.log(np.maximum(relative, SMALLEST))
        weight = _weight(self, whole)
        weight = (weight[:, 1:] + weight[:, :-1]) / 2 if weight.shape[1] > 1 else weight
        steps = np.diff(logarithm, axis=1, prepend=logarithm[:, :1])
        steps[:, 1:] *= weight
        first, last = _ends(self.counts, np.cumsum(steps, axis=1))
        spread = 2 * self.thermal_volt * (last - first)
        lacking = np.maximum(-relative.min(axis=1), 0.0)
        total: Floats = spread - current * self._ohmic(concentration) - EMPTY_VOLT * lacking * np.sign(current)
        return total

    def exchange(self, concentration: Floats) -> tuple[Floats, Floats]:
        """Factors on the exchange rates of anode and cathode, (variants, 1)."""
        root = np.sqrt(np.maximum(concentration / self.concentration[:, None], SMALLEST))
        first, last = _ends(self.counts, root)
        return first[:, None], last[:, None]


def _at_faces(values: Floats, count: int) -> Floats:
    """Values of the volumes at the faces between them; those of the outer ones at the outer faces."""
    if values.shape[1] == 1:
        return np.repeat(values, count + 1, axis=1)
    inner = (values[:, 1:] + values[:, :-1]) / 2
    return np.concatenate([values[:, :1], inner, values[:, -1:]], axis=1)


def _flow(counts: tuple[int, int, int]) -> Floats:
    """Share of the current that the liquid carries at the faces of all volumes."""
    anode, separator, cathode = counts
    rising, falling = np.linspace(0, 1, anode + 1), np.linspace(1, 0, cathode + 1)[1:]
    return np.concatenate([rising, np.ones(separator), falling])


def _over(counts: tuple[int, int, int], values: Floats) -> Floats:
    """Values of the three regions for each volume."""
    return np.repeat(values, counts, axis=1)


def _ends(counts: tuple[int, int, int], values: Any) -> tuple[Any, Any]:
    """Means over the anode (or the value beside lithium) and over the cathode."""
    return values[:, : max(counts[0], 1)].mean(axis=1), values[:, -counts[2] :].mean(axis=1)


def _weight(of: Electrolyte, concentration: Floats) -> Floats:
    """(1 - t) f at each concentration."""
    found: Floats = (1 - of.values("transference", concentration)) * of.values("factor", concentration)
    return found
