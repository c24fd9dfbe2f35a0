"""The result of a fitted pattern: quantities with their doubts, one row per line, curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note, Row
from halfcell.materials.phases import phase
from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques.diffraction.absence import absence_limits, amorphous_limits
from halfcell.techniques.diffraction.doublet_doubt import doublet_doubt
from halfcell.techniques.diffraction.internal_standard import amorphous_share
from halfcell.techniques.diffraction.quantities import fit_quantities
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import Scan, lines_of, positions
from halfcell.techniques.diffraction.single_lines import LineSize, line_quantities, scherrer_lines
from halfcell.techniques.diffraction.size_agreement import GOOD, size_contradiction
from halfcell.techniques.diffraction.size_anisotropy import anisotropy_quantities
from halfcell.techniques.diffraction.strain_anisotropy import is_directed
from halfcell.techniques.diffraction.turbostratic_carbon import carbon_quantities

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.quantity import Quantity
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

    Array = NDArray[np.float64]

_STRONG = 0.05  # of a phase's strongest line: weaker lines do not spoil the width of another phase's line
_OVERLAPS = 1.5  # widths: lines that are nearer are fitted wrong


def pattern_result(
    data: Scan, settings: Settings, whole: WholePatternFit, lines: dict[str, tuple[LineSize, ...]]
) -> DiffractionResult:
    """The result of a fitted pattern and its single lines by phase."""
    chosen = {name: scherrer_lines(each, _others(name, lines, data), settings) for name, each in lines.items()}
    quantities, notes = _quantities(whole, data, settings, lines, chosen)
    background, parts = whole.fit.parts()
    return DiffractionResult(
        technique="diffraction",
        quantities=quantities,
        rows=_rows(lines, settings, frozenset(n for n in whole.names if whole.rejection(n, data.counts))),
        notes=(*notes, *_method(settings, chosen), *doublet_doubt(whole.fit, data)),
        two_theta=data.two_theta,
        counts=data.counts,
        variance=whole.fit.variance,
        phases=whole.names,
        model=whole.fit.solution.model,
        background=background,
        parts=_named(whole.names, parts, settings),
        ticks={name: ticks(name, data) for name in whole.names},
        hkl={name: indices(name, data) for name in whole.names},
        cards={name: card for name in whole.names if (card := phase(name).cod)},
        widths=_widths(lines),
    )


def _named(names: tuple[str, ...], parts: tuple[Array, ...], settings: Settings) -> dict[str, Array]:
    """Pattern of each phase; stacks and layers of carbon come last."""
    return dict(zip((*names, "carbon (00l)", "carbon (hk)") if settings.carbon else names, parts, strict=True))


def _quantities(
    whole: WholePatternFit,
    data: Scan,
    settings: Settings,
    lines: dict[str, tuple[LineSize, ...]],
    chosen: dict[str, tuple[LineSize, ...]],
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """All quantities with their doubts: whole pattern, single lines, limits of absence, carbon."""
    quantities, notes = fit_quantities(whole, data, settings)
    by_direction, on_direction = anisotropy_quantities(whole.fit, whole.anisotropic, data, settings)
    quantities, notes = quantities | by_direction, notes + on_direction
    for name in whole.names:
        if whole.rejection(name, data.counts):
            continue
        sizes, refused = line_quantities(name, lines[name], chosen[name], settings)
        quantities |= _standing(sizes, name, whole, {note.code for note in notes if note.text.startswith(f"{name}: ")})
        overlaps = _overlaps(name, lines, data, fits=whole.fit.reduced_chi2 < GOOD)
        notes += refused + overlaps
        notes += size_contradiction(whole, name, quantities, settings, overlaps=bool(overlaps))
    limits, on_limits = absence_limits(whole, data, settings)
    glass, on_glass = amorphous_limits(whole, data, settings)
    added, on_added = amorphous_share(quantities, settings.spike)
    quantities |= limits | glass | added
    on_carbon: tuple[Note, ...] = ()
    if settings.carbon:
        carbon, on_carbon = carbon_quantities(whole.fit, whole.degrees)
        quantities |= carbon
    return quantities, notes + on_limits + on_glass + on_added + on_carbon


def _standing(sizes: dict[str, Quantity], name: str, whole: WholePatternFit, codes: set[str]) -> dict[str, Quantity]:
    """The values from single lines without those that the whole pattern says are none.

    No size beyond the resolution of the instrument, and no straight line through breadths that depend on the direction.
    """
    if "size_beyond_resolution" in codes and name not in whole.anisotropic:
        return {}
    if is_directed(whole.fit, name) or name in whole.anisotropic:
        return {key: one for key, one in sizes.items() if "williamson_hall" not in key}
    return sizes


def _others(name: str, lines: dict[str, tuple[LineSize, ...]], data: Scan) -> Array:
    """Angles of the strong lines of all other phases."""
    found = [ticks(other, data) for other in lines if other != name]
    return np.concatenate([place[height > _STRONG] for place, height in found]) if found else np.zeros(0)


def _overlaps(name: str, lines: dict[str, tuple[LineSize, ...]], data: Scan, *, fits: bool) -> tuple[Note, ...]:
    """A doubt if a line of another phase is within 1.5 widths of one of the phase's measured lines.

    `fits` is whether the whole-pattern fit reaches the noise, so that its size is valid.
    """
    for other in lines:
        if other == name:
            continue
        place, height = ticks(other, data)
        place = place[height > _STRONG]
        for line in lines[name]:
            gap = np.abs(place - line.peak.position).min(initial=90.0)
            if gap < _OVERLAPS * line.peak.width:
                what = f"{name} {line.hkl} overlaps with a line of {other} {gap:.2f} degrees away"
                why = "sizes from single lines are wrong there" + ("; the whole-pattern size is valid" if fits else "")
                return (Note("doubt", "overlap", f"{what}: {why}"),)
    return ()


def _rows(lines: dict[str, tuple[LineSize, ...]], settings: Settings, rejected: frozenset[str]) -> tuple[Row, ...]:
    """One row per line; without sizes for phases whose fit is too poor to tell which phase a line belongs to."""
    no_size: Row = {"scherrer_size": None, "scherrer_size_std": None}
    return tuple(
        {**line.row(name, settings.shape_factor), **(no_size if name in rejected else {})}
        for name, each in lines.items()
        for line in each
    )


def _widths(lines: dict[str, tuple[LineSize, ...]]) -> dict[str, tuple[Array, Array, Array]]:
    """Points of the Williamson-Hall plot."""
    found = {}
    for name, each in lines.items():
        points = [(line.s, *line.breadth_s) for line in each if line.breadth_s is not None]
        if points:
            s, breadth, std = np.array(points).T
            found[name] = (s, breadth, std)
    return found


def _method(settings: Settings, chosen: dict[str, tuple[LineSize, ...]]) -> tuple[Note, ...]:
    """How the Scherrer sizes were determined, and whether the instrument was removed."""
    used = [f"{name} {', '.join(line.hkl for line in each)}" for name, each in chosen.items() if each]
    lines = "; ".join(used) or "none"
    method = f"Scherrer size: K = {settings.shape_factor:g}, full width at half maximum, lines {lines}"
    if isinstance(settings.instrument, Instrument):
        how = f"instrument removed by Voigt deconvolution (standard: {settings.instrument.source})"
        return (Note("info", "scherrer", f"{method}; {how}"),)
    text = "no instrument standard was given: sizes include the broadening of the instrument and are lower bounds"
    return (Note("info", "scherrer", method), Note("doubt", "uncorrected", text))


def ticks(name: str, data: Scan) -> tuple[Array, Array]:
    """Angles and relative heights of a phase's lines within the scan.

    Parameters
    ----------
    name, data
        The phase, and the scan with its radiation.

    Returns
    -------
    tuple of numpy.ndarray
        Angles (degrees) and heights relative to the highest, m |F|^2 (1 + cos^2 2theta)/(sin^2 theta cos theta),
        shape (lines,) each.

    Source: International Tables for Crystallography C (1992), 6.2.5, for the Lorentz and polarisation factors.
    """
    listed = lines_of(name, data)[1]
    place = positions(listed, data)
    half = np.radians(place) / 2
    height = listed.intensity * (1 + np.cos(2 * half) ** 2) / (np.sin(half) ** 2 * np.cos(half))
    inside = _inside(place, data)
    return place[inside], height[inside] / height.max()


def indices(name: str, data: Scan) -> tuple[str, ...]:
    """The indices of the lines that `ticks` gives, in their order."""
    listed = lines_of(name, data)[1]
    return listed.part(_inside(positions(listed, data), data)).names


def _inside(place: Array, data: Scan) -> NDArray[np.bool_]:
    return np.asarray((place > data.two_theta[0]) & (place < data.two_theta[-1]))
