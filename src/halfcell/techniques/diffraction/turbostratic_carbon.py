"""Turbostratic carbon in a pattern: stacking distance d002, stack height Lc, layer size La."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.turbostratic_carbon import bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.maths.powder.pattern_fit import PatternFit

    Array = NDArray[np.float64]

STACK = "carbon"
D002_NM = 0.355  # middle of the 3.40 to 3.70 angstrom of turbostratic carbons
_MISPLACED = 0.05  # degrees: lines of a specimen 0.1 mm off the axis, which a pattern of carbon alone cannot tell
_GRAPHITE, _TURBOSTRATIC = 3.354, 3.440  # angstrom: d002 of graphite and of layers without order
_RANGE = 0.12  # relative: 3.12 to 3.98 angstrom, beyond all layered carbons on both sides
_LAYERED = (3.35, 3.90)  # angstrom: graphite, and (chosen) above the spacings of soft and hard carbons


def stack(size: float = 1.5, sigma: float = 0.3) -> PhaseModel:
    """The (002) and (004) lines of stacked layers as a phase; the prior of d002 is 3.55(15) angstrom.

    Parameters
    ----------
    size, sigma
        L_V of the stacks (nm), and the standard deviation of ln D.

    Returns
    -------
    PhaseModel
        Two lines at s = 1/d002 and 2/d002.

    Source: procedure of this package; the mean of d002 is that of hard carbons.
    """
    orders = np.array([1.0, 2.0])
    lines = Lines(
        name=STACK,
        parts=(orders / D002_NM)[None] ** 2,
        intensity=np.array([1.0, 0.05]),
        column=np.array([0, 1]),
    )
    return PhaseModel(
        lines=lines, size=size, sigma=sigma, free_sigma=False, cell_std=0.04, cell_range=_RANGE, texture=3.0
    )


def averaged(fits: Sequence[PatternFit]) -> dict[str, tuple[float, float]]:
    """Value and standard uncertainty of each parameter, averaged over backgrounds of several degrees.

    The weights are Akaike weights, exp(-(chi^2 + 2 k)/2) (Burnham and Anderson 2002, eq. 4.9). The variance is that of
    each fit plus that over the choice of the background, which is as large for lines that are 10 degrees wide.
    """
    noise = max(min(fit.reduced_chi2 for fit in fits), 1.0)
    cost = np.array([fit.solution.deviance / noise + 2 * fit.pattern.model.degree for fit in fits])
    weight = np.exp(-0.5 * (cost - cost.min()))
    weight /= weight.sum()
    found = {}
    for name in fits[0].pattern.names:
        value = np.array([fit.value(name) for fit in fits])
        std = np.array([fit.std(name) for fit in fits])
        mean = float(weight @ value)
        found[name] = (mean, float(np.sqrt(weight @ (std**2 + (value - mean) ** 2))))
    return found


def carbon_quantities(fit: PatternFit, degrees: Sequence[PatternFit]) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """d002, Lc, La and a of the layers from the fit, and also the values read from the peaks as often published.

    Each is the mean over the degrees of the background that were fitted (`averaged`). d002 and Lc are corrected for the
    slope of the Lorentz, polarisation and scattering factors over the broad line; Lc is L_V, La that of Warren's
    two-dimensional bands. As often published: d of the highest point, Lc = 0.9 lambda / (beta cos theta) of (002) and
    La = 1.84 lambda / (beta cos theta) of (10), with full widths at half maximum of the fitted parts.
    """
    mean = averaged(degrees or (fit,))
    (ln_lc, lc_std), (ln_la, la_std) = mean[f"{STACK}.ln_size"], mean["bands.ln_la"]
    (cell, cell_std), (a, a_std) = mean[f"{STACK}.cell0"], mean["bands.a"]
    lc, la, d002 = float(np.exp(ln_lc)), float(np.exp(ln_la)), 10 * D002_NM * (1 + cell)
    shifted = 0.0 if fit.pattern.model.shifts else _spacing_per_degree(d002, fit) * _MISPLACED
    kind: Kind = "propagated" if shifted else "fit covariance"
    found = {
        "carbon.d002": Quantity(d002, "angstrom", float(np.hypot(10 * D002_NM * cell_std, shifted)), kind),
        "carbon.lc": Quantity(lc, "nm", lc * lc_std, "fit covariance"),
        "carbon.la": Quantity(la, "nm", la * la_std, "fit covariance"),
        "carbon.lattice_a": Quantity(10 * a, "angstrom", 10 * a_std, "fit covariance"),
    }
    found, on_bounds = _determined(fit, found)
    if "carbon.d002" in found:
        found |= graphitisation("carbon", d002, float(found["carbon.d002"].std or 0.0))
    text = (
        "d002 and Lc corrected for Lorentz, polarisation and scattering factors; La from Warren's two-dimensional bands"
    )
    if shifted:
        text += f"; the error of d002 holds a shift of {_MISPLACED:g} degrees, as of a specimen 0.1 mm off"
    notes: tuple[Note, ...] = (Note("info", "carbon_model", text), *on_bounds)
    found |= _as_published(fit, found)
    if "carbon.d002" in found and not _LAYERED[0] < d002 < _LAYERED[1]:
        notes += (Note("doubt", "d002_range", f"d002 = {d002:.3f} angstrom is outside the range of layered carbons"),)
    return found, notes


def graphitisation(name: str, spacing: float, std: float) -> dict[str, Quantity]:
    """Degree of graphitisation, g = (3.440 - d002) / (3.440 - 3.354).

    Parameters
    ----------
    name
        What the quantity is named after.
    spacing, std
        d002 and its standard uncertainty, angstrom.

    Returns
    -------
    dict of Quantity
        %; nothing for spacings outside of both, for which it has no meaning.

    Source: J. Maire and J. Mering, in Chemistry and Physics of Carbon 6 (1970) 125.
    """
    if not _GRAPHITE < spacing < _TURBOSTRATIC:
        return {}
    per = 100 / (_TURBOSTRATIC - _GRAPHITE)
    return {f"{name}.graphitisation": Quantity(per * (_TURBOSTRATIC - spacing), "%", per * std, "propagated")}


def _as_published(fit: PatternFit, found: dict[str, Quantity]) -> dict[str, Quantity]:
    """The values as often published, of what is determined."""
    model, made = fit.pattern.model, {}
    published = _published(model.two_theta, fit.parts()[1][len(model.phases) - 1], model.radiation.first, 0.9)
    if published and "carbon.d002" in found:
        made["carbon.d002_peak"] = Quantity(published[0], "angstrom")
        made["carbon.lc_scherrer"] = Quantity(published[1], "nm")
    if "carbon.la" not in found:
        return made
    a, la = found["carbon.lattice_a"].value / 10, found["carbon.la"].value
    band = bands(model.two_theta, model.radiation.first, a, la)[0][:, 0]
    read = _published(model.two_theta, band, model.radiation.first, 1.84)
    return made | ({"carbon.la_scherrer": Quantity(read[1], "nm")} if read else {})


def _spacing_per_degree(spacing: float, fit: PatternFit) -> float:
    """Change of a spacing (angstrom) per degree of 2theta."""
    sine = 5 * fit.pattern.model.radiation.first / spacing
    return float(spacing * np.sqrt(1 - sine**2) / sine * np.radians(0.5))


def _determined(fit: PatternFit, found: dict[str, Quantity]) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """The quantities without those whose parameter is on a bound of the fit, and a refusal that names them.

    d002 and Lc are read from one line, La and a from the bands: neither stands without the other.
    """
    notes: tuple[Note, ...] = ()
    for keys, names in (
        ((f"{STACK}.cell0", f"{STACK}.ln_size"), ("carbon.d002", "carbon.lc")),
        (("bands.a", "bands.ln_la"), ("carbon.la", "carbon.lattice_a")),
    ):
        held = [name for key, name in zip(keys, names, strict=True) if fit.on_bound(key)]
        if not held:
            continue
        stated = ", ".join(f"{name} = {found[name].value:.4g} {found[name].unit}" for name in held)
        what = f"{stated} stays on the bound of the fit: {' and '.join(names)} are not determined"
        todo = "see the figure 'fit'; the range may be too short, or the sample graphitic (set the phase graphite)"
        notes += (Note("refused", "carbon_on_bound", f"{what}; {todo}"),)
        found = {key: value for key, value in found.items() if key not in names}
    return found, notes


def _published(two_theta: Array, part: Array, wavelength: float, factor: float) -> tuple[float, float] | None:
    """Spacing of the highest point (angstrom) and factor lambda / (FWHM cos theta) in nm; None if it is cut off."""
    top = int(np.argmax(part))
    above = np.flatnonzero(part > part[top] / 2)
    if part[top] <= 0 or above[0] == 0 or above[-1] == len(part) - 1:
        return None
    half = np.radians(two_theta[top]) / 2
    width = np.radians(two_theta[above[-1]] - two_theta[above[0]])
    return float(5 * wavelength / np.sin(half)), float(factor * wavelength / (width * np.cos(half)))
