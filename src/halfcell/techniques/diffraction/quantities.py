"""Quantities of the whole-pattern fit with both kinds of uncertainty, and doubts about the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.materials.reflections import B_ISO
from halfcell.techniques.diffraction.aberrations import averaged_over
from halfcell.techniques.diffraction.agreement_factors import residuals
from halfcell.techniques.diffraction.fit_bounds import cell_on_bound, size_on_bound, strain_on_bound, without_width
from halfcell.techniques.diffraction.instrument_doubt import by_instrument, largest_size
from halfcell.techniques.diffraction.size_anisotropy import sphere_of_equal_volume
from halfcell.techniques.diffraction.strain_anisotropy import directed_quantities, is_directed
from halfcell.techniques.diffraction.turbostratic_carbon import graphitisation
from halfcell.techniques.diffraction.weight_shares import weight_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

    Array = NDArray[np.float64]

_BREADTH = float(np.sqrt(np.pi / 2))  # breadth / (4 tan theta) over the root mean square of a Gaussian strain
_SPHERE = 4.0 / 3.0  # D over L_V of spheres of diameter D: L_V = 3 D/4
_POOR = 1.5  # reduced chi^2 above which the fit does not reach the counting noise
_ALARM = 4.0  # sigma
_STRONG_INDEX = 1.5  # mean square of the distribution of directions, beyond which shares are doubted
_STRONG_TEXTURE = (0.6, 1.6)  # r of March and Dollase beyond which shares are doubted
# relative, of cell lengths: rms deviation from the certificates of SRM 660a and 660c, each on another diffractometer
_UNMODELLED = 3e-5
_LOST = 0.5  # relative standard uncertainty of a size that is no number
_NOTHING = 0.03  # of the other error: a smaller spread is none


def fit_quantities(
    whole: WholePatternFit, data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Sizes, cells, strains, fractions, displacement and goodness of fit, with doubts about them."""
    found: dict[str, Quantity] = {"chi2": Quantity(whole.fit.reduced_chi2, "", decimals=2)} | residuals(whole.fit, data)
    for shift in (one for one in whole.fit.pattern.model.shifts if not whole.fit.on_bound(one)):
        found[shift] = Quantity(whole.fit.value(shift), "degree", whole.fit.std(shift), "fit covariance")
    notes: tuple[Note, ...] = _quality(whole, data)
    for name in whole.names:
        cells, alarms = ({}, ()) if cell_on_bound(whole.fit, name) else _cell(whole, name)
        if whole.rejection(name, data.counts):
            found, notes = found | cells, (*notes, _rejected(whole, name, data), *alarms)
            continue
        sizes, doubts = _size(whole, name, data, settings)
        strains, held = _strain(whole, name)
        found |= sizes | cells | strains
        if name == "graphite" and "graphite.lattice_c" in cells:
            c = cells["graphite.lattice_c"]
            found |= graphitisation(name, c.value / 2, (c.std or 0.0) / 2)
        notes += doubts + alarms + held
    (shares, on_shares), (textures, on_texture) = weight_shares(whole, data, settings), _orientations(whole)
    return found | textures | shares, notes + on_texture + on_shares


def _rejected(whole: WholePatternFit, name: str, data: Scan) -> Note:
    """Why a phase has no size, and what to do about it."""
    chi2, why = whole.fit.reduced_chi2, whole.rejection(name, data.counts)
    todo = "see the figure 'fit'; add missing phases, give the instrument's standard, or narrow the range"
    text = f"{name}: reduced chi^2 is {chi2:.3g} and {why}: no size, strain or share is given; {todo}"
    return Note("refused", "hopeless_fit", text)


def _size(
    whole: WholePatternFit, name: str, data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """L_V, D_V and sigma; refused if the size broadening cannot be separated from that of the instrument."""
    fit = whole.fit
    if (held := size_on_bound(fit, name)) is not None:
        return {}, (held,)
    logarithm, relative = sphere_of_equal_volume(fit, name)
    length = float(np.exp(logarithm))
    limit = largest_size(whole.fit, name, settings)
    if length > limit or relative > _LOST:
        what = f"{name}: the size broadening is lost in that of the instrument"
        text = f"{what}; the crystallites are larger than about {min(length, limit) / 2:.0f} nm"
        return {}, (Note("refused", "size_beyond_resolution", text),)
    spread, sigma_spread = whole.spread(name)
    std = float(np.hypot(length * relative, by_instrument(length, data, settings)))
    found = {
        f"{name}.column_length": Quantity(length, "nm", std, "fit covariance"),
        f"{name}.column_length_spread": _like(spread, std, "nm"),
        f"{name}.diameter": Quantity(_SPHERE * length, "nm", _SPHERE * std, "fit covariance"),
        f"{name}.diameter_spread": _like(_SPHERE * spread, _SPHERE * std, "nm"),
    }
    on_width = without_width(fit, name)
    if not on_width:
        width = fit.std(f"{name}.sigma")
        found[f"{name}.size_sigma"] = Quantity(fit.value(f"{name}.sigma"), "", width, "fit covariance")
        found[f"{name}.size_sigma_spread"] = _like(sigma_spread, width, "")
    return found, on_width


def _like(spread: float, std: float, unit: str) -> Quantity:
    """A spread with as many digits as the statistical uncertainty beside it, at least two."""
    smaller = min(x for x in (spread, std) if x > _NOTHING * std) if std > 0 else 1.0
    return Quantity(spread, unit, decimals=max(1 - int(np.floor(np.log10(smaller))), 0))


def _cell(whole: WholePatternFit, name: str) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Cell lengths, with a doubt if they are not those of the phase."""
    facts, fit = phase(name), whole.fit
    free = [n for n in fit.pattern.names if n.startswith(f"{name}.cell")]
    axes = {1: ("a",), 2: ("a", "c"), 3: ("a", "b", "c")}[len(free)]
    found: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for axis, parameter in zip(axes, free, strict=True):
        reference = facts.cell["abc".index(axis)]
        over = averaged_over(fit, whole.aberrations, parameter)
        value, std = reference * (1 + over.mean), reference * float(np.hypot(over.std, _UNMODELLED))
        kind: Kind = "spread over models" if np.hypot(over.spread, _UNMODELLED) > 0.5 * over.std else "fit covariance"
        found[f"{name}.lattice_{axis}"] = Quantity(value, "angstrom", std, kind)
        off = abs(value - reference) / np.hypot(std, facts.cell_spread * reference)
        if off > _ALARM:
            what = f"{axis}({name}) = {found[f'{name}.lattice_{axis}'].number} angstrom is off by {off:.0f} sigma"
            expected = f"{reference:g} +- {facts.cell_spread * reference:.1g} expected"
            why = "there may be a second phase, dissolved atoms or a displaced specimen"
            notes += (Note("doubt", "lattice_off", f"{what} ({expected}): {why}"),)
    return found, notes


def _strain(whole: WholePatternFit, name: str) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Microstrain in per cent, if it was free: breadth / (4 tan theta), and the root mean square of a Gaussian one.

    A Gaussian strain of root mean square e has lines of integral breadth sqrt(2 pi) e s, so that breadth / (4 tan
    theta) is sqrt(pi / 2) e, 1.25 times as much. A Lorentzian strain has no root mean square.
    """
    if name not in whole.strained:
        return {}, ()
    if is_directed(whole.fit, name):
        return directed_quantities(whole.fit, name)
    if held := strain_on_bound(whole.fit, name):
        return {}, held
    model = next(one for one in whole.fit.pattern.model.phases if one.lines.name == name)
    if model.strain_shape == "lorentzian":
        breadth, wide = whole.fit.value(f"{name}.strain"), whole.fit.std(f"{name}.strain")
        note = Note("info", "lorentzian_strain", f"{name}: the strain is Lorentzian, which has no root mean square")
        return {f"{name}.strain_breadth": Quantity(0.1 * breadth, "%", 0.1 * wide, "fit covariance")}, (note,)
    square, std = max(whole.fit.value(f"{name}.strain"), 0.0), whole.fit.std(f"{name}.strain")
    root = float(np.sqrt(square))
    value, wide = 0.1 * root, 0.1 * std / (2 * max(root, std**0.5))
    return {
        f"{name}.strain": Quantity(value, "%", wide, "fit covariance"),
        f"{name}.strain_breadth": Quantity(_BREADTH * value, "%", _BREADTH * wide, "fit covariance"),
    }, ()


def _orientations(whole: WholePatternFit) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """March's parameter of oriented phases, with a doubt where it is strong, and displacement factors as fitted."""
    found: dict[str, Quantity] = {}
    notes: tuple[Note, ...] = ()
    for name, one in whole.oriented.items():
        found[f"{name}.march_dollase"] = Quantity(one.r, "", one.std, "fit covariance")
        face = f"({' '.join(map(str, one.axis))})"
        what = f"{name}: preferred orientation on {face}, March-Dollase r = {found[f'{name}.march_dollase']}"
        if not _STRONG_TEXTURE[0] < one.r < _STRONG_TEXTURE[1]:
            todo = "shares rest on this model; measure the powder in a capillary or spray-dried"
            notes += (Note("doubt", "orientation", f"{what}, which is strong: {todo}"),)
        else:
            notes += (Note("info", "orientation", what),)
    for name, series in whole.harmonics.items():
        found[f"{name}.texture_index"] = Quantity(series.texture_index, "", decimals=2)
        what = f"{name}: preferred orientation about more than one axis, spherical harmonics up to order {series.order}"
        todo = "shares rest on this model; measure the powder in a capillary or spray-dried"
        level: Literal["doubt", "info"] = "doubt" if series.texture_index > _STRONG_INDEX else "info"
        notes += (Note(level, "orientation", f"{what}, texture index {series.texture_index:.2f}: {todo}"),)
    for name, factor in whole.factors.items():
        if factor.used != B_ISO:
            found[f"{name}.displacement_factor"] = Quantity(factor.b, "angstrom2", factor.std, "fit covariance")
    return found, notes


def _quality(whole: WholePatternFit, data: Scan) -> tuple[Note, ...]:
    """Doubts if the fit does not reach the noise, or leaves lines that no phase explains."""
    fit = whole.fit
    notes: tuple[Note, ...] = ()
    if fit.reduced_chi2 > _POOR:
        what = f"the fit does not reach the counting noise: reduced chi^2 is {fit.reduced_chi2:.2f}"
        notes = (Note("doubt", "poor_fit", f"{what}, and uncertainties are widened accordingly"),)
    places = unexplained(fit.solution.model, fit.variance, data)
    if places:
        shown = ", ".join(f"{place:.2f}" for place in places[:8])
        text = f"there are lines at {shown} degrees that none of the phases explains"
        notes += (Note("doubt", "unexplained_lines", text),)
    return notes


def unexplained(model: Array, variance: Array, data: Scan, sigma: float = 8.0) -> list[float]:
    """Angles where the residual, summed over 0.4 degrees, stands out by `sigma` and by 3 % of the strongest line.

    Parameters
    ----------
    model, variance
        The fitted counts and the variances of the counts, shape (n,).
    data
        The scan.
    sigma
        By how many standard deviations of the sum a residual stands out.

    Returns
    -------
    list of float
        Degrees, in order.

    Source: procedure of this package.
    """
    step = float(np.median(np.diff(data.two_theta)))
    half = max(round(0.2 / step), 1)
    kernel = np.ones(2 * half + 1)
    excess = np.convolve(data.counts - model, kernel, mode="same")
    noise = np.sqrt(np.convolve(np.where(np.isfinite(variance), variance, 0.0), kernel, mode="same"))
    strong = 0.03 * len(kernel) * float(np.max(model) - np.min(model))
    stands = (excess > sigma * np.maximum(noise, 1e-12)) & (excess > strong)
    place = np.flatnonzero(stands)
    runs = np.split(place, np.flatnonzero(np.diff(place) > 2 * half) + 1)
    return [float(data.two_theta[run[np.argmax(excess[run])]]) for run in runs if len(run)]
