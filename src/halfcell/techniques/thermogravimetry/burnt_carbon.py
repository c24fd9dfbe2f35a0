r"""Carbon content from a heating in air, where the rest of the sample oxidises at the same time.

.. math:: w_C = 100 - r/(1+g), \quad g(\mathrm{LiFePO_4}) = \frac{3 M(\mathrm{O_2})}{12 M(\mathrm{LiFePO_4})} = 0.0507

from 12 LiFePO4 + 3 O2 -> 4 Li3Fe2(PO4)3 + 2 Fe2O3, with r the mass (wt%) when that is complete; for another host g is
that of its formula and its oxide's. Silicon gains slowly and is not complete below 1000 degC: laws of oxidation are
fitted to the rise above the least mass, and each gives the mass without oxide (maths/oxide_growth).

References
----------
A. Hamelet et al., J. Mater. Chem. 19 (2009) 3979 (oxidation of LiFePO4 in air); I. Belharouak, C. Johnson, K. Amine,
Electrochem. Commun. 7 (2005) 983 (carbon in LiFePO4/C by thermogravimetry).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.materials.formulas import composition, molar_mass
from halfcell.maths.oxide_growth import growths
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.thermogravimetry.residue_and_char import noise_at_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.mass_steps import Step
    from halfcell.maths.oxide_growth import Growth
    from halfcell.maths.thermogram import Curve
    from halfcell.techniques.thermogravimetry.analysed_heating import Heating
    from halfcell.techniques.thermogravimetry.settings import Settings

    Array = NDArray[np.float64]

_GAIN_LFP = 3.0 * 31.998 / (12.0 * 157.757)  # mass gained per mass of LiFePO4
_LAST_DEGC, _MOST_CHANGE = 50.0, 0.3  # at the end of the heating: wt% that the mass may still change by
_SAME = 1e-6  # relative: ratios of elements that are one
_GAIN_SI = 31.998 / 28.085  # mass gained per mass of silicon, to SiO2
_RATES = (0.1, 0.3, 0.6)  # parts of the greatest rate of gain from which on it is silicon's alone
_FEWEST = 40  # points of the rise
_DESCRIBES = 0.02  # of the rise: the misfit of a law that describes it
_AS_GOOD, _EVEN = 4.0, 0.01  # times the least misfit up to which a law counts; misfits (wt%) that are all the same
_WHOLE = 100.0  # wt%
_ZERO_CELSIUS = 273.15  # K


def carbon_content(heating: Heating, made: Curve, steps: Sequence[Step], settings: Settings) -> Findings:
    """Carbon of a sample of carbon and the host that is set, :math:`w_C = 100 - r/(1 + g)`.

    Parameters
    ----------
    heating, made, steps
        The heating, its curve (wt% over degC) and its steps.
    settings
        Which host, and what becomes of it.

    Returns
    -------
    Findings
        wt%; nothing where no host is set.

    Source: A. Hamelet et al., J. Mater. Chem. 19 (2009) 3979; I. Belharouak et al., Electrochem. Commun. 7 (2005) 983.
    """
    if settings.oxidation == "none":
        return Findings()
    if heating.program.gas and not heating.program.is_oxidising:
        text = f"No carbon content: nothing burns in {heating.program.gas}. Heat the sample in air or oxygen."
        return refused("no_carbon_content", text)
    if settings.oxidation == "silicon":
        return _beside_silicon(heating, made, steps)
    gain = _GAIN_LFP if settings.oxidation == "LiFePO4" else gain_of(settings.host, settings.host_oxide)
    if gain is None:
        text = (
            f"No carbon content: {settings.host_oxide or 'nothing'!r} cannot be what {settings.host or 'no host'!r}"
            " oxidises to. Set host and host_oxide to formulas such as Sn and SnO2."
        )
        return refused("no_carbon_content", text)
    return _when_complete(heating, made, gain)


def gain_of(host: str, oxide: str) -> float | None:
    """Mass gained per mass of a host that becomes an oxide, n M(oxide)/M(host) - 1.

    The oxide's elements other than oxygen must be the host's, in one ratio; what it lacks (sulfur) has gone with the
    gas.

    Parameters
    ----------
    host, oxide
        Formulas.

    Returns
    -------
    float or None
        Without a unit; None where the formulas do not fit together.

    Source: definition.
    """
    before, after = composition(host), composition(oxide)
    kept = set(after) - {"O"}
    if not kept or not kept <= set(before):
        return None
    ratios = [before[element] / after[element] for element in sorted(kept)]
    if max(ratios) > (1.0 + _SAME) * min(ratios):
        return None
    try:
        return ratios[0] * molar_mass(oxide) / molar_mass(host) - 1.0
    except KeyError:
        return None


def _when_complete(heating: Heating, made: Curve, gain: float) -> Findings:
    """From the mass at the end, when all carbon is burnt and the host is oxidised."""
    last = made.temperature > made.temperature[-1] - _LAST_DEGC
    change = float(np.ptp(made.mass[last]))
    if change > _MOST_CHANGE:
        text = (
            f"No carbon content: the mass still changes by {change:.2f} wt% in the last {_LAST_DEGC:.0f} degC, so that"
            " burning or oxidation is not complete. Heat the sample further."
        )
        return refused("no_carbon_content", text)
    left = float(made.mass[-1])
    value = _WHOLE - left / (1.0 + gain)
    std = float(np.linalg.norm([heating.drift_doubt, noise_at_end(made), change / np.sqrt(12.0)])) / (1.0 + gain)
    return _bounded(value, std)


def _beside_silicon(heating: Heating, made: Curve, steps: Sequence[Step]) -> Findings:
    """The loss up to the least mass, and what silicon had gained by then."""
    losses, gains = [step for step in steps if step.loss > 0], [step for step in steps if step.loss < 0]
    if not losses or not gains or gains[-1].lower < losses[-1].upper - 1e-9:
        text = "No carbon content: the mass does not fall and then rise, as that of carbon on silicon does in air."
        return refused("no_carbon_content", text)
    found = _without_oxide(made, gains[-1].lower)
    if not found:
        text = (
            "No carbon content: the rise of the mass is too short, or follows no law of oxidation, to extrapolate the"
            " gain of silicon from it."
        )
        return refused("no_carbon_content", text)
    bare, model = _mean(found)
    drift = heating.drift_between(float(made.temperature[0]), gains[-1].lower)
    return _bounded(_WHOLE - bare, float(np.linalg.norm([model, drift, noise_at_end(made)])))


def _without_oxide(made: Curve, turn: float) -> list[tuple[Growth, float]]:
    """The laws that describe the rise, from several starts, each with its weight; what burns late spoils early ones.

    A law's error goes with its misfit, and with what it extrapolates: the gain that is there at the start.
    """
    rate = np.where(made.temperature > turn, -made.rate, 0.0)
    found = []
    for part in _RATES:
        first = int(np.argmax(rate > part * float(rate.max())))
        if len(rate) - first < _FEWEST:
            continue
        risen = float(made.mass[-1] - made.mass[first])
        laws = growths(made.temperature + _ZERO_CELSIUS, made.mass, first, _GAIN_SI)
        good = [law for law in laws if law.misfit < _DESCRIBES * risen]
        kept = [law for law in good if law.misfit < _AS_GOOD * max(good[0].misfit, _EVEN)]
        start = float(made.mass[first])
        found += [(law, max(start - law.bare, _EVEN) ** -2.0 * max(law.misfit, _EVEN) ** -4.0) for law in kept]
    return found


def _mean(found: Sequence[tuple[Growth, float]]) -> tuple[float, float]:
    """Mean mass without oxide over the laws by their weights, and its standard uncertainty."""
    weights = np.array([weight for _, weight in found])
    weights /= weights.sum()
    bare, own = np.array([(law.bare, law.bare_std) for law, _ in found]).T
    mean = float(weights @ bare)
    return mean, float(np.sqrt(weights @ (own**2 + (bare - mean) ** 2)))


def _bounded(value: float, std: float) -> Findings:
    """The carbon content; refused where it is below zero by more than its error."""
    if value < -2.0 * std:
        text = f"A carbon content of {value:.2f} wt% is impossible: the host is another, or was oxidised before."
        return refused("no_carbon_content", text)
    return Findings(quantities={"carbon_content": Quantity(value, "wt%", std, "propagated")})
