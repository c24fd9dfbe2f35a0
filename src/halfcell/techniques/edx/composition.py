"""Amounts of the elements: by k-factors (thin film), by standards (bulk), or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.materials.x_rays import x_ray_element
from halfcell.techniques.edx.bulk import Ratio, Share, emitted, oxygen_per_mass, shares_of
from halfcell.techniques.edx.references import k_ratios
from halfcell.techniques.edx.thin import calculated_factor, film_shares, stated_factors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.edx.lines import LineFamily
    from halfcell.techniques.edx.settings import Settings
    from halfcell.techniques.edx.spectrum import Fitted, Recording, Setup
    from halfcell.techniques.edx.standards import Standard

    Array = NDArray[np.float64]

_GUESSED = 0.25  # relative uncertainty of the amount of an element without a standard
_BELOW = 3.0  # standard uncertainties
_SUM = 0.05  # how far mass fractions by standards may sum from 1
_EXPLAINED = "a bulk sample's intensities depend on absorption and backscattering: only their ratios are given"


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Mass fractions by element, k-ratios, the part of each element's atoms in per cent, and notes."""

    weights: Mapping[str, Share]
    ratios: tuple[Ratio, ...] = ()
    notes: tuple[Note, ...] = ()


def below_nothing(fitted: Fitted, counted: Sequence[LineFamily]) -> list[str]:
    """Elements whose counts are negative beyond their uncertainty: what lies near them is not in the fit."""
    found = ((family.element, *fitted.counts(family.name)) for family in counted)
    return [element for element, value, std in found if value < -_BELOW * std]


def rough_weights(fitted: Fitted, counted: Sequence[LineFamily], setup: Setup) -> dict[str, float]:
    """Mass fractions without standards, good to some tens of per cent: enough for the edges of a continuum."""
    guess = {family.element: 1.0 / len(counted) for family in counted}
    for _ in range(3):
        amounts = {f.element: _sensitivity(f, guess, setup) for f in counted}
        raw = {f.element: max(fitted.counts(f.name)[0], 0.0) / amounts[f.element] for f in counted}
        total = sum(raw.values())
        if total <= 0:
            return {}
        guess = {symbol: max(value / total, 1e-4) for symbol, value in raw.items()}
    return guess


def _sensitivity(family: LineFamily, weights: Mapping[str, float], setup: Setup) -> float:
    """Counts of a line per mass fraction, up to a factor common to all lines."""
    factor = 1.0 / calculated_factor(family, setup.beam)[0]
    return factor * emitted(family.element, family.shell, family.line, weights, setup)[0]


def film(fitted: Fitted, counted: Sequence[LineFamily], settings: Settings, beam: float) -> Amounts:
    """Mass fractions of a thin film.

    Parameters
    ----------
    fitted, counted
        The fitted spectrum, and the lines that amounts are taken from.
    settings
        k-factors, where they are set, and their uncertainty (%).
    beam
        keV.

    Returns
    -------
    Amounts
        Mass fractions with standard uncertainties.

    Source: G. Cliff, G. W. Lorimer, J. Microsc. 103 (1975) 203.
    """
    stated = stated_factors(settings.k_factors)
    lacking = [family.name for family in counted if family.name not in stated]
    notes: tuple[Note, ...] = ()
    if stated and lacking:
        text = f"No k-factor of {', '.join(lacking)} is given: no composition (the others are relative to each other)."
        return Amounts(weights={}, notes=(Note("refused", "no_k_factor", text),))
    if stated:
        error = settings.k_factor_uncertainty_percent / 100.0
        factors = {family.name: (stated[family.name], error) for family in counted}
    else:
        factors = {family.name: calculated_factor(family, beam) for family in counted}
        text = "The k-factors were calculated, good to 20 % (L and M lines 35 %, below 1 keV 50 %): measure them on a"
        notes = (Note("doubt", "calculated_k_factors", f"{text} film of known composition and set k_factors."),)
    counts = {family.name: fitted.counts(family.name) for family in counted}
    return Amounts(weights=film_shares(counts, factors, {f.name: f.element for f in counted}), notes=notes)


def bulk(
    recording: Recording,
    fitted: Fitted,
    counted: Sequence[LineFamily],
    standards: Sequence[Standard],
    setup: Setup,
    settings: Settings,
) -> Amounts:
    """Mass fractions of a bulk sample by standards; the composition enters the continuum, so it is done twice.

    Parameters
    ----------
    recording, fitted, counted
        Channels and counts, their fit, and the lines that amounts are taken from.
    standards, setup
        Spectra of known composition; beam (keV) and take-off angle (degrees).
    settings
        Oxides, and how standards are used.

    Returns
    -------
    Amounts
        Mass fractions with standard uncertainties, and k-ratios.

    Source: J. L. Pouchou, F. Pichoir, in Electron Probe Quantitation, Plenum (1991), 31.
    """
    weights = rough_weights(fitted, counted, setup)
    oxides = oxygen_per_mass(settings.oxides)
    shares: dict[str, Share] = {}
    ratios: tuple[Ratio, ...] = ()
    for _ in range(2):
        found = k_ratios(recording, fitted, standards, setup, weights, settings.tail)
        wanted = {family.element for family in counted}
        ratios = tuple(r for r in found if r.element in wanted)
        measured = tuple(r for r in ratios if not (settings.oxides and r.element == "O"))
        rest = _without_standard(fitted, counted, measured, weights, setup, by_oxides=bool(settings.oxides))
        if not measured:
            text = "None of the standards holds an element of the sample with an undisturbed line: no composition."
            return Amounts(weights={}, ratios=ratios, notes=(Note("refused", "no_standard", text),))
        shares = shares_of(measured, setup, settings.oxides, {s: part.value for s, part in rest.items()})
        shares |= rest
        weights = {symbol: max(share.value, 1e-4) for symbol, share in shares.items()}
    return Amounts(weights=shares, ratios=ratios, notes=tuple(_bulk_notes(shares, rest, oxides, settings)))


def _without_standard(
    fitted: Fitted,
    counted: Sequence[LineFamily],
    ratios: Sequence[Ratio],
    weights: Mapping[str, float],
    setup: Setup,
    *,
    by_oxides: bool,
) -> dict[str, Share]:
    """Mass fractions of elements without a standard, from the sensitivity of the element nearest in energy."""
    known = {r.element: max(r.value * r.standard[r.element], 1e-6) for r in ratios}
    lines = {family.element: family for family in counted}
    found = {}
    for family in counted:
        if family.element in known or (by_oxides and family.element == "O") or not known:
            continue
        nearest = lines[min(known, key=lambda symbol: abs(np.log(lines[symbol].energy / family.energy)))]
        per_share = weights[nearest.element] * _sensitivity(nearest, weights, setup) / fitted.counts(nearest.name)[0]
        value = max(fitted.counts(family.name)[0], 0.0) * per_share / _sensitivity(family, weights, setup)
        found[family.element] = Share(value=float(value), std=float(_GUESSED * value))
    return found


def _bulk_notes(
    shares: Mapping[str, Share], rest: Mapping[str, Share], oxides: Mapping[str, float], settings: Settings
) -> list[Note]:
    notes = []
    if rest:
        text = (
            f"No standard has a usable line of {', '.join(rest)}: the amount is estimated from the nearest line, within"
        )
        notes.append(Note("doubt", "no_standard", f"{text} {100 * _GUESSED:.0f} %."))
    if settings.oxides and (lacking := [symbol for symbol in shares if symbol != "O" and symbol not in oxides]):
        text = f"No oxide of {', '.join(lacking)} is among the oxides: it binds no oxygen."
        notes.append(Note("info", "not_oxidised", text))
    total = sum(share.value for share in shares.values())
    if abs(total - 1.0) > _SUM:
        text = f"The mass fractions sum to {100 * total:.1f} %: an element is missing, or dose, tilt or surface differ"
        notes.append(Note("doubt", "total_off", f"{text} between sample and standards."))
    return notes


def refused_bulk(settings: Settings) -> Note:
    """Why there is no composition without standards: refused where it was asked for."""
    if settings.sample == "bulk":
        text = f"No standards: no at% ({_EXPLAINED}). Set standards to a folder of spectra."
        return Note("refused", "no_standards", text)
    text = "Whether the sample is a thin film or bulk is not set: no at%, only intensities. Set sample = thin or bulk."
    return Note("info", "sample_not_stated", text)


def atomic_percent(weights: Mapping[str, Share]) -> dict[str, Share]:
    """Atomic per cent from mass fractions; uncertainties as of independent mass fractions."""
    moles = {symbol: share.value / x_ray_element(symbol).mass for symbol, share in weights.items()}
    total = sum(moles.values())
    if total <= 0:
        return {}
    stds = {symbol: share.std / x_ray_element(symbol).mass for symbol, share in weights.items()}
    made = {}
    for symbol, amount in moles.items():
        part = amount / total
        variance = ((1.0 - part) * stds[symbol]) ** 2 + sum((part * stds[n]) ** 2 for n in moles if n != symbol)
        made[symbol] = Share(value=float(100.0 * part), std=float(100.0 * np.sqrt(variance) / total))
    return made
