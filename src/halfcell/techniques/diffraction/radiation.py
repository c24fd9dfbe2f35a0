"""The radiation of a scan: lines of a tube by its anode or wavelength, or one line where no tube emits it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.materials.reflections import CU_KA1, CU_KA2
from halfcell.maths.powder.reciprocal_grid import Radiation, emission

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

# K-alpha-1 and K-alpha-2 in angstrom, Hoelzer et al., Phys. Rev. A 56 (1997) 4554; Mo and Ag: Deslattes et al.,
# Rev. Mod. Phys. 75 (2003) 35
TUBES = {
    "Cr": (2.289726, 2.293651),
    "Fe": (1.936041, 1.939973),
    "Co": (1.788996, 1.792835),
    "Cu": (CU_KA1, CU_KA2),
    "Mo": (0.709317, 0.713607),
    "Ag": (0.559422, 0.563813),
}
USUAL_RATIO = 0.5  # K-alpha-2 over K-alpha-1 of a tube
_SAME = 1.5e-4  # relative; tables of different age give the wavelength of a tube to this
_BOTH_LINES = 4  # times the tolerance of one wavelength: files round both


class _Emission(NamedTuple):
    """The emission lines and what is said about them."""

    radiation: Radiation
    notes: tuple[Note, ...]


def radiation_of(measurement: Measurement, settings: Settings) -> tuple[Radiation, tuple[Note, ...]]:
    """The emission lines of a scan, from the settings, the file or its anode; else those of copper, with a doubt.

    Only the tubes of Cr, Fe, Co, Cu, Mo and Ag have a doublet. Any other wavelength is one line, and what was not
    stated is said.
    """
    meta = measurement.meta
    own, stated = settings.wavelength_angstrom, _number(meta.get("wavelength_angstrom"))
    second = _number(meta.get("wavelength2_angstrom"))
    if own is not None and (stated is None or abs(own / stated - 1) > _SAME):
        second = None  # that of the file belongs to another first wavelength
    no_notes: tuple[Note, ...] = ()
    first, notes = own or stated, no_notes
    if first is None:
        first, second, notes = _of_anode(meta.get("anode"))
    ratio = settings.wavelength_ratio
    if ratio is None:
        ratio = _number(meta.get("wavelength_ratio"))
    if second is not None and abs(second / first - 1) < _SAME:
        text = f"both wavelengths are {first:g} angstrom: one line, without K-alpha-2"
        return emission(first / 10, first / 10, 0.0), (*notes, Note("info", "monochromatic", text))
    if second is None or _tube(first, second) is None:
        found = _doublet(first, ratio)
        return found.radiation, (*notes, *found.notes)
    if ratio is None and not notes:
        notes = (_ratio_assumed("the file states both wavelengths of"),)
    return emission(first / 10, second / 10, USUAL_RATIO if ratio is None else ratio), notes


def _tube(first: float, second: float) -> str | None:
    """The anode whose K-alpha doublet two wavelengths are; None if they are none."""
    for anode, (one, two) in TUBES.items():
        if abs(first / one - 1) < _BOTH_LINES * _SAME and abs(second / two - 1) < _BOTH_LINES * _SAME:
            return anode
    return None


def _ratio_assumed(what: str) -> Note:
    """What is assumed where the file has no ratio of K-alpha-2 to K-alpha-1."""
    todo = "set wavelength_ratio = 0 if a monochromator removes K-alpha-2"
    return Note("info", "doublet_assumed", f"{what} a K-alpha doublet, and no ratio: 0.5 is assumed; {todo}")


def angles(measurement: Measurement, settings: Settings) -> Array:
    """2theta in degrees; of a file with q or d they are those at the wavelength that is set.

    Parameters
    ----------
    measurement
        Angles (degrees), shape (n,), and what the file says its axis was.
    settings
        The wavelength (angstrom) that is set.

    Returns
    -------
    numpy.ndarray
        Degrees, shape (n,).

    Raises
    ------
    InputError
        If a q or d of the file cannot be reached with the wavelength that is set.

    Source: definition: Bragg's law, 2 d sin(theta) = lambda.
    """
    x, own = measurement["two_theta_degree"], settings.wavelength_angstrom
    stated = _number(measurement.meta.get("wavelength_angstrom"))
    if own is None or stated is None or measurement.meta.get("axis") not in {"q", "d"}:
        return x
    sine = np.sin(np.radians(x) / 2) * own / stated
    if np.max(sine, initial=0.0) >= 1:
        hint = "the file has q or d; leave wavelength_angstrom out or correct it"
        raise InputError(f"spacings of the file cannot be reached with {own:g} angstrom", measurement.where, hint)
    return np.asarray(np.degrees(2 * np.arcsin(sine)))


def _of_anode(anode: Json) -> tuple[float, float, tuple[Note, ...]]:
    """The doublet of the anode that the file names; else that of copper, with a doubt."""
    known = str(anode or "").strip().capitalize()
    if known in TUBES:
        text = f"the file states the anode, {known}, and no wavelength: its K-alpha lines are taken"
        return *TUBES[known], (Note("info", "wavelength_of_anode", text),)
    text = "the file does not state the wavelength: Cu K-alpha is assumed"
    if known:
        text = f"the file states the anode {known!r}, whose wavelengths are not known here: Cu K-alpha is assumed"
    what = f"{text}; set wavelength_angstrom for another tube or a synchrotron"
    return CU_KA1, CU_KA2, (Note("doubt", "wavelength_assumed", what),)


def _doublet(first: float, ratio: float | None) -> _Emission:
    """The lines of a first wavelength that stands alone.

    A K-alpha-1 brings its K-alpha-2; the mean of a doublet stands for the doublet; any other wavelength is one line.
    """
    if ratio == 0:
        return _Emission(emission(first / 10, first / 10, 0.0), ())
    share = USUAL_RATIO if ratio is None else ratio
    for anode, (one, two) in TUBES.items():
        if abs(first / one - 1) < _SAME:
            notes = () if ratio else (_ratio_assumed(f"{first:g} angstrom is K-alpha-1 of {anode}; the tube has"),)
            return _Emission(emission(first / 10, first * two / one / 10, share), notes)
        mean = (2 * one + two) / 3
        if abs(first / mean - 1) < _SAME:
            text = f"{first:g} angstrom is the mean of the {anode} K-alpha doublet: its two lines are used"
            notes = (Note("info", "wavelength_mean", f"{text}, {one:g} and {two:g} angstrom"),)
            return _Emission(emission(one / 10, two / 10, share), notes)
    text = f"{first:g} angstrom is no K-alpha line of a tube: one wavelength, without K-alpha-2"
    if ratio:
        text += f" (the ratio {ratio:g} that is stated is not used)"
    text += "; the beam is taken as polarised normal to the plane of scattering, as at a synchrotron"
    single = dataclasses.replace(emission(first / 10, first / 10, 0.0), monochromator=0.0)
    return _Emission(single, (Note("info", "monochromatic", text),))


def _number(value: Json) -> float | None:
    return float(value) if isinstance(value, float | int) else None
