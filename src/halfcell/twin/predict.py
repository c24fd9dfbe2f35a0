"""What a card predicts: a rate series with capacity, mean voltage and energy density, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.cell import STEPS, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.liquids import liquid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.card import Card
    from halfcell.twin.card_series import Target
    from halfcell.twin.cell import Discharge

BEYOND = 1.5  # times the highest measured rate: a half cell fitted up to 1C came out 10 to 17 % too good at 2C
NO_ELECTROLYTE_ABOVE_PER_HOUR = 6.0
"""A rate (1/h) above which the electrolyte, of which the kernel knows a resistance only, may end a discharge early."""


FARTHEST_PRESSURE = 10.0  # ratio to the reference up to which a power law of the contact resistance is trusted


class MeasuredRow(NamedTuple):
    """A measured discharge: current (mA/g), capacity (mAh/g), mean voltage, may a fit use it, was the cell fresh.

    `capacity_std` (relative) and `volt_std` (V) are None where the series does not state them.
    """

    current: float
    capacity: float
    volt: float | None
    fit_volt: bool
    fresh: bool = False
    capacity_std: float | None = None
    volt_std: float | None = None


@dataclass(frozen=True, kw_only=True)
class RateRow:
    """One rate: current (mA per g of cathode material), prediction, and what was measured (None: nothing).

    `energy_density` counts both electrodes and the separator (Wh/kg).
    """

    current: float
    capacity: float
    mean_volt: float
    energy_wh: float
    energy_density: float
    measured_capacity: float | None = None
    measured_volt: float | None = None

    @property
    def capacity_error(self) -> float | None:
        """Predicted less measured capacity, % of the measured one."""
        return (self.capacity / self.measured_capacity - 1) * 100 if self.measured_capacity else None

    @property
    def volt_error(self) -> float | None:
        """Predicted less measured mean voltage, V."""
        return None if self.measured_volt is None else self.mean_volt - self.measured_volt


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """A rate series of a card."""

    card: Card
    rows: tuple[RateRow, ...]
    curves: Discharge

    @property
    def mean_error(self) -> float | None:
        """Mean of the magnitudes of the errors of the capacities, %."""
        errors = [abs(row.capacity_error) for row in self.rows if row.capacity_error is not None]
        return sum(errors) / len(errors) if errors else None

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the prediction rests on, and where it leaves what it knows."""
        found = list(doubts_of(self.card))
        fast = [row.current for row in self.rows if row.current > NO_ELECTROLYTE_ABOVE_PER_HOUR * row.capacity]
        if fast and self.card.electrolyte == "liquid" and not self.card.has_electrolyte:
            found.append(
                f"{fast[0]:g} mA/g and more discharge the cell in less than ten minutes: depletion of the electrolyte, "
                "which the model does not hold, may end them earlier"
            )
        known = max((row.current for row in measured_series(self.card)), default=0.0)
        beyond = [row.current for row in self.rows if row.current > BEYOND * known > 0]
        if beyond and not self.card.has_electrolyte and self.card.electrolyte == "liquid":
            found.append(
                f"{beyond[0]:g} mA/g and more are beyond the measured rates of the card (up to {known:g} mA/g): what "
                "then limits a cell, such as its electrolyte, they do not tell; measure there, or describe it"
            )
        return tuple(found)


def doubts_of(card: Card) -> tuple[str, ...]:
    """What nothing supports in a card, and where a value lies far from where it was determined."""
    found = [f"assumed: {', '.join(card.assumed)}"] if card.assumed else []
    if "contact.pressure_mpa" in card.values:
        ratio = card.value("contact.pressure_mpa") / card.value("contact.reference_mpa")
        if not 1 / FARTHEST_PRESSURE <= ratio <= FARTHEST_PRESSURE:
            found.append(
                f"the stack pressure is {ratio:.3g} times that at which the contact resistance is known: at such a "
                "pressure contacts may have closed or opened; measure it there"
            )
    if card.liquid:
        found += _out_of_range(card)
    return tuple(found)


def _out_of_range(card: Card) -> list[str]:
    """A doubt about a temperature at which the liquid of a card was not measured."""
    liquid, celsius = liquid_of(card.liquid), card.value("cell.temperature_celsius")
    low, high = liquid.celsius
    given = any(path.startswith("electrolyte.") and path.endswith("activation_kj_per_mol") for path in card.values)
    if low <= celsius <= high or (given and not liquid.warms):
        return []
    known = f"{low:g} degC" if low == high else f"{low:g} to {high:g} degC"
    more = "" if liquid.warms else "; give activation energies of its diffusion and conductivity"
    return [f"the liquid {liquid.name!r} was measured at {known}, the cell is at {celsius:g} degC{more}"]


def predict(card: Card, currents: Sequence[float] = (), steps: int = STEPS) -> Prediction:
    """Predict a rate series.

    Parameters
    ----------
    card
        The cell.
    currents
        mA per gram of cathode material; those of all measured series of the card where none are given.
    steps
        Steps of a discharge.

    Raises
    ------
    InputError
        If there is no current.
    """
    measured = {} if currents else {row.current: row for row in measured_series(card)}
    chosen = list(currents) or list(measured)
    if not chosen:
        raise InputError("no current to predict for", card.origin, "give --current, or [[measured]] in the card")
    variants = [card.at(fresh=one in measured and measured[one].fresh) for one in chosen]
    curves = discharge(compiled(variants), np.array(chosen), steps)
    return Prediction(
        card=card,
        rows=tuple(
            _row(card, current, float(q), float(v), measured.get(current))
            for current, q, v in zip(chosen, curves.capacity, curves.mean_volt, strict=True)
        ),
        curves=curves,
    )


def _per_gram(card: Card, target: Target) -> float:
    """How much of the unit of a series one mAh per gram of cathode material is."""
    if target.per == "g":
        return 1.0
    if target.per == "cm2":
        return card.value("cathode.active_mg") * 1e-3 / card.value("cell.area_cm2")
    raise InputError(f"unknown basis {target.per!r} of a measured series", card.origin, 'per = "g" or "cm2"')


def measured_series(card: Card) -> tuple[MeasuredRow, ...]:
    """What the card says was measured, per gram of cathode material."""
    found = []
    for target in card.targets:
        unit = _per_gram(card, target)
        volts = target.mean_volt or (float("nan"),) * len(target.current)
        share = None if target.capacity_percent is None else target.capacity_percent / 100
        for current, capacity, volt in zip(target.current, target.capacity, volts, strict=True):
            known = None if np.isnan(volt) else volt
            of = (target.fit_volt, target.fresh, share, target.volt_std)
            found.append(MeasuredRow(current / unit, capacity / unit, known, *of))
    return tuple(found)


def _row(card: Card, current: float, capacity: float, volt: float, measured: MeasuredRow | None) -> RateRow:
    energy = capacity * card.value("cathode.active_mg") * 1e-6 * volt
    mass = sum(card.value(path) for path in ("anode.electrode_mg", "cathode.electrode_mg", "cell.separator_mg"))
    return RateRow(
        current=current,
        capacity=capacity,
        mean_volt=volt,
        energy_wh=energy,
        energy_density=energy / mass * 1e6,
        measured_capacity=measured.capacity if measured else None,
        measured_volt=measured.volt if measured else None,
    )
