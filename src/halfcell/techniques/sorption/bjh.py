"""BJH: volumes, wall areas and most frequent diameters of mesopores, from each branch, always with its settings."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import pores
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.sorption.branches import Branch
from halfcell.techniques.sorption.film_thickness import FilmThickness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.measurement import Measurement
    from halfcell.maths.pores import Pores
    from halfcell.techniques.sorption.branches import Branches
    from halfcell.techniques.sorption.settings import Settings

_LIMITS_NM = (1.7, 300.0)  # from where Kelvin's equation means something to pores that fill beyond p/p0 0.99
_LOWEST, _HIGHEST = 0.1, 0.8  # relative pressures: points below are not used; a branch must reach above
_FEWEST = 6  # points, chosen: fewer give no distribution
_NEGATIVE = 0.05  # of the volume, in cores that come out negative
_NARROW_NM = 10.0  # diameters below which the Kelvin equation gives too small ones
_CAVITATION_NM = (3.3, 4.3)  # where nitrogen's tensile strength puts a peak into every desorption branch

Side = Literal["adsorption", "desorption"]


@dataclass(frozen=True, kw_only=True)
class BjhSettings:
    """Diameters of pores that count (nm), Kelvin factor (nm), film thickness: a volume has no meaning without them."""

    limits_nm: tuple[float, float]
    kelvin_nm: float
    film: FilmThickness

    @property
    def note(self) -> Note:
        """The settings as a note."""
        low, high = self.limits_nm
        text = (
            f"BJH in cylinders closed at one end, {low:g} to {high:g} nm, "
            f"Kelvin factor {self.kelvin_nm:.4g} nm, {self.film.name}."
        )
        return Note("info", "bjh_settings", text)


def with_other_film(settings: BjhSettings) -> BjhSettings:
    """The same with Halsey's thickness, or with Harkins and Jura's where that was taken.

    Parameters
    ----------
    settings
        Of an analysis by BJH.

    Returns
    -------
    BjhSettings
        The same with the other curve of thickness (nm).

    Source: as `film_thickness`.
    """
    halsey = settings.film.name.startswith("Halsey")
    at, name = (pores.harkins_jura, "Harkins and Jura") if halsey else (pores.halsey, "Halsey")
    return dataclasses.replace(settings, film=FilmThickness(at=at, name=name))


def bjh_settings(measurement: Measurement, settings: Settings, film: FilmThickness) -> BjhSettings:
    """What is set, else the instrument's own, else 1.7 to 300 nm and 0.953 nm.

    Parameters
    ----------
    measurement
        What the instrument's report states.
    settings
        What is set.
    film
        The curve of thickness (nm).

    Returns
    -------
    BjhSettings
        Limits of the diameters and the Kelvin factor, nm.

    Source: E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373.
    """
    own = measurement.meta.get("vendor", {})
    low, high = settings.pore_limits_nm or own.get("pore_limits_nm") or _LIMITS_NM
    kelvin = settings.kelvin_factor_nm or own.get("kelvin_factor_nm") or pores.KELVIN_NM
    return BjhSettings(limits_nm=(float(low), float(high)), kelvin_nm=float(kelvin), film=film)


def bjh(found: Branches, liquid_per_gas: float, settings: BjhSettings) -> dict[Side, Pores]:
    """The pores of each branch that reaches a relative pressure of 0.8.

    Parameters
    ----------
    found
        Both branches.
    liquid_per_gas
        Volume of liquid per volume of gas (STP).
    settings
        Thickness of the film, Kelvin factor and limits of the diameters (nm).

    Returns
    -------
    dict of Pores
        By branch.

    Source: E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373.
    """
    made = {side: _pores(branch, liquid_per_gas, settings) for side, branch in _sides(found).items()}
    return {side: pores_ for side, pores_ in made.items() if pores_ is not None}


def _sides(found: Branches) -> dict[Side, Branch]:
    """Both branches; the desorption starts from the last point of the adsorption."""
    up, down = found.up, found.down
    if down is None:
        return {"adsorption": up}
    if up.pressure[-1] <= down.pressure[-1]:
        return {"adsorption": up, "desorption": down}
    joined = Branch(pressure=np.append(down.pressure, up.pressure[-1]), loading=np.append(down.loading, up.loading[-1]))
    return {"adsorption": up, "desorption": joined}


def _pores(branch: Branch, liquid_per_gas: float, settings: BjhSettings) -> Pores | None:
    used = branch.pressure > _LOWEST
    if int(used.sum()) < _FEWEST or float(branch.pressure[-1]) < _HIGHEST:
        return None
    p = branch.pressure[used]
    liquid = branch.loading[used] * liquid_per_gas
    return pores.bjh(p, liquid, settings.film.at(p), settings.limits_nm, settings.kelvin_nm)


def bjh_quantities(made: Mapping[Side, Pores], others: Mapping[Side, Pores]) -> dict[str, Quantity]:
    """Volume, wall area and most frequent diameter of each branch.

    The error is the difference from the same with another thickness curve, of the diameter also the width of its
    class.

    Parameters
    ----------
    made, others
        Pores of each branch, by the chosen thickness curve and by another.

    Returns
    -------
    dict of Quantity
        cm3/g, m2/g and nm.

    Source: definition.
    """
    quantities = {}
    for side, found in made.items():
        other = others.get(side, found)
        sums = {"volume": (found.volume.sum(), other.volume.sum()), "area": (found.area.sum(), other.area.sum())}
        for (what, (one, two)), unit in zip(sums.items(), ("cm3/g", "m2/g"), strict=True):
            quantities[f"bjh_{what}_{side}"] = Quantity(
                float(one), unit, abs(float(one - two)) or None, "spread over models"
            )
        mode, again = _mode(found), _mode(other)
        if mode is not None and again is not None:
            place = int(np.argmax(found.per_log_diameter))
            width = float(found.wide[place] - found.narrow[place]) / np.sqrt(12.0)
            std = float(np.hypot(width, mode - again))
            quantities[f"bjh_mode_{side}"] = Quantity(mode, "nm", std or None, "spread over models")
    return quantities


def bjh_notes(made: Mapping[Side, Pores]) -> tuple[Note, ...]:
    """Doubts about cores that come out negative, and about diameters below 10 nm."""
    notes = []
    for side, found in made.items():
        whole, mode = float(found.volume.sum()), _mode(found)
        if whole > 0 and found.negative > _NEGATIVE * whole:
            text = (
                f"{found.negative / whole:.0%} of the BJH volume of the {side} came out negative and was left out:"
                " the film is thicker than the thickness curve says, or the branch is noisy. The volume is too large by"
                " as much."
            )
            notes.append(Note("doubt", "bjh_negative", text))
        if mode is not None and mode < _NARROW_NM:
            text = (
                f"The BJH mode of the {side}, {mode:.3g} nm: below 10 nm BJH gives diameters 20 to 30 % too small"
                " (Thommes et al. 2015); a DFT kernel for the surface does not."
            )
            notes.append(Note("doubt", "bjh_narrow", text))
    return tuple(notes)


def _mode(found: Pores) -> float | None:
    """Diameter (nm) at the top of dV/dlogD."""
    density = found.per_log_diameter
    return float(found.diameter[int(np.argmax(density))]) if len(density) and float(density.max()) > 0 else None


def beside_vendor(quantities: Mapping[str, Quantity], measurement: Measurement, settings: Settings) -> Findings:
    """How far the BJH volumes are from those in the instrument's report, where its thickness curve was used."""
    own = measurement.meta.get("vendor", {})
    words = [
        f"{own[name]:.6g} cm3/g by the {name[11:]} (this analysis: {quantities[name].value / own[name] - 1.0:+.2%})"
        for name in ("bjh_volume_adsorption", "bjh_volume_desorption")
        if own.get(name) and name in quantities
    ]
    if settings.thickness != "instrument" or not words:
        return Findings()
    return Findings(notes=(Note("info", "vendor_bjh", f"BJH volumes in the instrument's report: {', '.join(words)}."),))


def cavitation(found: Pores | None) -> Findings:
    """A doubt where the desorption peaks at 3.4 to 4.2 nm: that is the liquid's tensile strength, not a pore.

    Parameters
    ----------
    found
        Pores of the desorption.

    Returns
    -------
    Findings
        The note, or nothing.

    Source: M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051.
    """
    if found is None or not len(found.volume):
        return Findings()
    at = float(found.diameter[int(np.argmax(found.per_log_diameter))])
    low, high = _CAVITATION_NM
    if not low < at < high:
        return Findings()
    text = f"The desorption peaks at {at:.2g} nm, where the liquid cavitates (p/p0 0.42-0.50): that may be no pore."
    return Findings(notes=(Note("doubt", "tensile_strength", text),))
