r"""Carbon content from a heating in air, where the rest of the sample oxidises at the same time.

.. math:: w_C = 100 - r/(1+g), \quad g(\mathrm{LiFePO_4}) = \frac{3 M(\mathrm{O_2})}{12 M(\mathrm{LiFePO_4})} = 0.0507

from 12 LiFePO4 + 3 O2 -> 4 Li3Fe2(PO4)3 + 2 Fe2O3, with r the mass (wt%) when that is complete. Silicon gains slowly
and is not complete below 1000 degC: its gain up to where the mass is least is extrapolated from the rate above it, and
added to the loss.

References
----------
A. Hamelet et al., J. Mater. Chem. 19 (2009) 3979 (oxidation of LiFePO4 in air); I. Belharouak, C. Johnson, K. Amine,
Electrochem. Commun. 7 (2005) 983 (carbon in LiFePO4/C by thermogravimetry).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.thermogravimetry.residue_and_char import noise_at_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.mass_steps import Step
    from halfcell.maths.thermogram import Curve
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

    Array = NDArray[np.float64]

_GAIN_LFP = 3.0 * 31.998 / (12.0 * 157.757)  # mass gained per mass of LiFePO4
_LAST_DEGC, _MOST_CHANGE = 50.0, 0.3  # at the end of the heating: wt% that the mass may still change by
_RATES = (0.1, 0.3)  # parts of the greatest rate of gain from which on it is silicon's alone
_FEWEST = 20  # points of the rate
_ZERO_CELSIUS = 273.15  # K


def carbon_content(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> Findings:
    """Carbon (wt%) of a sample of carbon and the host that is set; nothing where none is set."""
    if settings.oxidation == "none":
        return Findings()
    if heating.program.gas and not heating.program.is_oxidising:
        text = f"No carbon content: nothing burns in {heating.program.gas}. Heat the sample in air or oxygen."
        return refused("no_carbon_content", text)
    return _beside_iron(heating, made) if settings.oxidation == "LiFePO4" else _beside_silicon(heating, made, steps)


def _beside_iron(heating: Heating, made: Curve) -> Findings:
    """From the mass at the end, when all carbon is burnt and all Fe(II) is Fe(III)."""
    last = made.temperature > made.temperature[-1] - _LAST_DEGC
    change = float(np.ptp(made.mass[last]))
    if change > _MOST_CHANGE:
        text = (
            f"No carbon content: the mass still changes by {change:.2f} wt% in the last {_LAST_DEGC:.0f} degC, so that"
            " burning or oxidation is not complete. Heat the sample further."
        )
        return refused("no_carbon_content", text)
    left = float(made.mass[-1])
    value = 100.0 - left / (1.0 + _GAIN_LFP)
    std = float(np.linalg.norm([heating.drift_doubt, noise_at_end(made), change / np.sqrt(12.0)])) / (1.0 + _GAIN_LFP)
    return _bounded(value, std)


def _beside_silicon(heating: Heating, made: Curve, steps: Sequence[Step]) -> Findings:
    """The loss up to the least mass, and what silicon had gained by then."""
    losses, gains = [step for step in steps if step.loss > 0], [step for step in steps if step.loss < 0]
    if not losses or not gains or gains[-1].lower < losses[-1].upper - 1e-9:
        text = "No carbon content: the mass does not fall and then rise, as that of carbon on silicon does in air."
        return refused("no_carbon_content", text)
    turn = gains[-1].lower
    lowest = float(np.interp(turn, made.temperature, made.mass))
    gained = [_gain_before(made, turn, part) for part in _RATES]
    known = [gain for gain in gained if gain is not None]
    if not known:
        text = "No carbon content: the rise of the mass is too short to extrapolate the oxidation of silicon from it."
        return refused("no_carbon_content", text)
    gain = float(np.mean(known))
    model = max(float(np.ptp(known)), 0.25 * gain)  # the law of the rate
    drift = heating.drift_between(float(made.temperature[0]), turn)
    return _bounded(100.0 - lowest + gain, float(np.linalg.norm([model, drift, noise_at_end(made)])))


def _gain_before(made: Curve, turn: float, part: float) -> float | None:
    """What silicon gains (wt%) up to a temperature: Arrhenius' law of the rate above it, integrated below it."""
    rate = -made.rate
    above = (made.temperature > turn) & (rate > part * float(rate[made.temperature > turn].max()))
    if int(above.sum()) < _FEWEST:
        return None
    inverse = 1.0 / (made.temperature + _ZERO_CELSIUS)
    slope, intercept = np.polyfit(inverse[above], np.log(rate[above]), 1, w=rate[above])
    if slope >= 0:
        return None
    below = made.temperature <= turn
    return float(np.trapezoid(np.exp(intercept + slope * inverse[below]), made.temperature[below]))


def _bounded(value: float, std: float) -> Findings:
    """The carbon content; refused where it is below zero by more than its error."""
    if value < -2.0 * std:
        text = f"A carbon content of {value:.2f} wt% is impossible: the host is another, or was oxidised before."
        return refused("no_carbon_content", text)
    return Findings(quantities={"carbon_content": Quantity(value, "wt%", std, "propagated")})
