r"""The Arrhenius line of conductivities: activation energy and prefactor from ln(sigma T), or ln sigma, over 1/T.

Hopping of ions follows sigma T = A exp(-E_a/(k_B T)) (Nernst-Einstein, D = D_0 exp(-E_a/(k_B T))), a band or polaron of
constant mobility sigma = A exp(-E_a/(k_B T)). The two forms differ by about k_B T in E_a (26 meV at 25 degC). The line
is fitted with weights 1/u^2, u the uncertainty of the logarithm; an uncertainty of T counts as (E_a/(k_B T^2)) u_T.
Where the points scatter by more than that, the scatter is the uncertainty, with Student's factor for few points.
Between chi^2 per degree of freedom of 1, where chance alone may be at work, and of 2 the one goes over into the other.
Three points leave one degree of freedom, by which their scatter cannot be judged: `knows_scatter` is false, and no
uncertainty holds.

Source: T. Famprikis et al., Nat. Mater. 18 (2019) 1278 (solid electrolytes, sigma T); k_B = 8.617333262e-5 eV/K (CODATA
2018, exact).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from halfcell.maths.students_t import students_factor

Reals = NDArray[np.float64]
Form = Literal["sigma T", "sigma"]

BOLTZMANN = 8.617333262e-5  # eV/K
ZERO_CELSIUS = 273.15  # K
_JUDGED = 2  # degrees of freedom: with one, a scatter of three times what is stated passes for none in 26 of 100 lines
_BENT, _BEND = 3.0, 0.05  # standard uncertainties of a curvature; what it must change the conductivity by at an end
_FEWEST = 3  # temperatures: two give a line without any error
_FEWEST_BENT = 5  # temperatures: a parabola through four leaves one deviation


@dataclass(frozen=True, kw_only=True)
class ArrheniusLine:
    """A fitted line ln y = intercept - energy/(k_B T), y = sigma T (S K/cm) or sigma (S/cm) by `form`.

    `covariance` of (intercept, energy) is a row of two rows; `bend` is by what part of itself the conductivity leaves
    the line at the ends of the range by a curvature that is beyond its noise (zero where there is none).
    """

    form: Form
    intercept: float
    energy: float
    covariance: tuple[tuple[float, float], tuple[float, float]]
    scatter: float
    bend: float
    freedom: int

    @property
    def knows_scatter(self) -> bool:
        """Whether there are points enough to tell how they scatter."""
        return self.freedom >= _JUDGED

    @property
    def energy_std(self) -> float:
        """Standard uncertainty of the activation energy (eV)."""
        return float(np.sqrt(self.covariance[1][1]))

    def conductivity(self, kelvin: Reals) -> Reals:
        """Conductivity (S/cm), shape (n,), at temperatures (K), shape (n,): exp(ln y), over T where y = sigma T."""
        y = np.exp(self.intercept - self.energy / (BOLTZMANN * kelvin))
        return np.asarray(y / kelvin if self.form == "sigma T" else y)

    def relative_std(self, kelvin: float) -> float:
        """Relative standard uncertainty of the line's conductivity at a temperature (K), sqrt(g^T C g)."""
        gradient = np.array([1.0, -1 / (BOLTZMANN * kelvin)])
        return float(np.sqrt(gradient @ np.array(self.covariance) @ gradient))


def arrhenius_line(
    kelvin: Reals, sigma: Reals, relative_std: Reals, form: Form = "sigma T", kelvin_std: float = 0.0
) -> ArrheniusLine:
    """Fit the line ln y = ln A - E_a/(k_B T) of at least three different temperatures, y = sigma T or sigma.

    Parameters
    ----------
    kelvin, sigma, relative_std
        Temperatures (K), conductivities (S/cm) and their relative standard uncertainties, without what all share,
        shape (n,).
    form
        Whether ln(sigma T) or ln sigma is a line over 1/T.
    kelvin_std
        Standard uncertainty of each temperature (K), independent of that of the others.

    Returns
    -------
    ArrheniusLine
        Activation energy (eV), intercept and their covariance, the scatter about the line, and whether it bends.

    Raises
    ------
    ValueError
        For fewer than three different temperatures.

    Source: T. Famprikis et al., Nat. Mater. 18 (2019) 1278, for both forms.
    """
    if len(np.unique(np.round(kelvin, 6))) < _FEWEST:
        raise ValueError("an activation energy with an uncertainty needs three different temperatures")
    y = np.log(sigma * kelvin) if form == "sigma T" else np.log(sigma)
    x = 1 / (BOLTZMANN * kelvin)
    spread = np.asarray(np.maximum(relative_std, 1e-9))
    energy = -float(np.polyfit(x, y, 1)[0])
    spread = np.hypot(spread, energy * x / kelvin * kelvin_std)
    values, inverse, chi = _fitted(x, y, spread, 1)
    freedom = len(x) - 2
    scatter = chi / freedom
    wide = scatter * students_factor(freedom) ** 2
    scale = 1 + (wide - 1) * min(scatter - 1, 1.0) if scatter > 1 else 1.0
    covariance = inverse * scale
    flipped = covariance * np.array([[1.0, -1.0], [-1.0, 1.0]])
    return ArrheniusLine(
        form=form,
        intercept=float(values[0]),
        energy=-float(values[1]),
        covariance=((float(flipped[0, 0]), float(flipped[0, 1])), (float(flipped[1, 0]), float(flipped[1, 1]))),
        scatter=float(np.sqrt(scatter)),
        bend=_bend(x, y, spread),
        freedom=freedom,
    )


def _fitted(x: Reals, y: Reals, spread: Reals, degree: int) -> tuple[Reals, Reals, float]:
    """Coefficients (constant first), their covariance for uncertainties that are known, and chi squared."""
    middle = float(x.mean())
    table = np.vander(x - middle, degree + 1, increasing=True) / spread[:, None]
    inverse: Reals = np.asarray(np.linalg.inv(table.T @ table), dtype=float)
    values = inverse @ table.T @ (y / spread)
    chi = float(np.sum((table @ values - y / spread) ** 2))
    if degree > 1:
        return values, inverse, chi
    back = np.array([[1.0, -middle], [0.0, 1.0]])
    return back @ values, back @ inverse @ back.T, chi


def _bend(x: Reals, y: Reals, spread: Reals) -> float:
    """What a significant curvature makes of the conductivity at the ends of the range."""
    if len(np.unique(x)) < _FEWEST_BENT:
        return 0.0
    values, inverse, chi = _fitted(x, y, spread, 2)
    freedom = len(x) - 3
    std = float(np.sqrt(inverse[2, 2] * max(1.0, chi / freedom))) * students_factor(freedom)
    effect = abs(float(values[2])) * (float(np.ptp(x)) / 2) ** 2
    return effect if abs(values[2]) > _BENT * std and effect > _BEND else 0.0
