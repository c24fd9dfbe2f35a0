"""Reduction of one scan: E0, normalisation, background, transform, first peak, and their spread over windows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import exafs, exafs_transform
from halfcell.techniques.exafs.chi_of_r import ChiOfR, chi_of_r, normalised
from halfcell.techniques.exafs.edge_step_deficit import edge_step, edge_step_deficit
from halfcell.techniques.exafs.glitches import treat_glitches
from halfcell.techniques.exafs.result import ExafsResult
from halfcell.techniques.exafs.window_spread import E0_SPAN, WindowSpread, window_spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.settings import Settings

    Array = NDArray[np.floating]

_FEWEST = 30  # energies of a scan
_SHORTEST = 1.5  # 1/angstrom, of the range of a transform


def available_k(measurement: Measurement, settings: Settings) -> float:
    """The largest k that a scan reaches (1/angstrom).

    Parameters
    ----------
    measurement
        Energies (eV, ascending) and absorption, shape (n,).
    settings
        E0 (eV) where it is set.

    Returns
    -------
    float
        1/angstrom, k = sqrt(2 m (E - E0))/hbar.

    Source: definition.
    """
    energy, e0 = measurement["energy_electronvolt"], edge_of(measurement, settings)
    return float(np.sqrt(exafs.K_PER_E * max(energy[-1] - e0, 0.0)))


def edge_of(measurement: Measurement, settings: Settings) -> float:
    """E0 (eV): as set, or found in a scan that can have one.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    settings
        E0 (eV) where it is set.

    Returns
    -------
    float
        eV.

    Raises
    ------
    InputError
        If the energies are not positive and ascending, or there are fewer than 30.

    Source: as `maths.exafs`.
    """
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    problem = ""
    if len(energy) < _FEWEST:
        problem = f"{len(energy)} energies are too few for a scan"
    elif not energy[0] > 0 or not (np.diff(energy) > 0).all():
        problem = "the energies are not positive and ascending"
    if problem:
        raise InputError(problem, measurement.where, "is this the column of energies, in eV?")
    return float(settings.e0_electronvolt or exafs.edge_energy(energy, mu))


def reduce_scan(measurement: Measurement, settings: Settings) -> ExafsResult:
    """Normalise one scan, subtract its background, transform it to chi(R), and find its first peak.

    Raises
    ------
    InputError
        If the scan has no edge, too few points before or after it, or ends too early.
    """
    if measurement.technique != "xas":
        raise InputError("this is not an absorption scan", measurement.where, "give it as the setting `path`")
    e0 = edge_of(measurement, settings)
    measurement, glitches = treat_glitches(measurement, e0, settings)
    normal = normalised(measurement, e0, settings)
    top = min(settings.k_range[1], available_k(measurement, settings))
    if top < settings.k_range[0] + _SHORTEST:
        raise InputError(f"the scan ends at k = {top:.1f} 1/angstrom", measurement.where, "lower k_range")
    found = chi_of_r(measurement, normal, settings, (settings.k_range[0], top))
    spread = window_spread(measurement, settings, found)
    quantities, refused = _quantities(measurement, found, spread)
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    return ExafsResult(
        technique="exafs",
        quantities=quantities,
        notes=(*_notes(measurement, found, settings), *refused, *glitches),
        settings=_used(settings, found),
        energy_electronvolt=energy,
        normalised=(mu - normal.pre_edge) / normal.step,
        k=np.asarray(found.k, dtype=float),
        chi=np.asarray(found.chi, dtype=float),
        r_angstrom=np.asarray(found.r, dtype=float),
        magnitude=np.asarray(np.abs(found.spectrum), dtype=float),
        k_weight=settings.k_weight,
        k_range=found.k_range,
        noise=exafs_transform.noise_of(found.r, found.spectrum),
    )


def _quantities(
    measurement: Measurement, found: ChiOfR, spread: WindowSpread
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """E0, edge step and first peak; no edge step where the file holds a scan that was normalised before."""
    energy, normal = measurement["energy_electronvolt"], found.normal
    near = int(np.argmin(np.abs(energy - normal.e0)))
    grid = float(np.ptp(energy[max(near - 1, 0) : near + 2])) / 2
    made = {
        "e0": Quantity(normal.e0, "eV", grid, "instrument resolution"),
        "edge_step": edge_step(measurement, found),
        "edge_step_deficit": edge_step_deficit(measurement, found),
        "first_peak": Quantity(found.peak.position, "angstrom", spread.position, "spread over windows"),
        "first_peak_height": Quantity(found.peak.height, "", spread.height, "spread over windows"),
    }
    if not measurement.meta.get("normalised"):
        return made, ()
    text = "no edge step: the file holds normalised absorption, whose edge step was set to 1"
    kept = {name: quantity for name, quantity in made.items() if name != "edge_step"}
    return kept, (Note("refused", "already_normalised", text),)


def _used(settings: Settings, found: ChiOfR) -> dict[str, Any]:
    """The settings with the ranges that were in fact used."""
    used = {f.name: getattr(settings, f.name) for f in dataclasses.fields(settings) if f.name != "path"}
    normal = found.normal
    ranges = {"pre_range": normal.pre_range, "post_range": normal.post_range, "k_range": found.k_range}
    shown = {name: [round(value, 2) for value in pair] for name, pair in ranges.items()}
    return used | shown | {"e0_electronvolt": normal.e0, "r_range": list(settings.r_range)}


def _notes(measurement: Measurement, found: ChiOfR, settings: Settings) -> tuple[Note, ...]:
    normal, k_range = found.normal, found.k_range
    pre, post = normal.pre_range, normal.post_range
    ranges = f"pre-edge {pre[0]:.0f} to {pre[1]:.0f} eV, post-edge {post[0]:.0f} to {post[1]:.0f} eV (degree"
    text = f"{ranges} {normal.degree}), k {k_range[0]:.1f} to {k_range[1]:.1f} 1/angstrom, R not phase-corrected"
    notes = [Note("info", "exafs_ranges", text)]
    if normal.flat_pre_edge:
        text = "too few points before the edge for a line: a constant was used"
        notes.append(Note("doubt", "flat_pre_edge", text))
    if k_range[1] < settings.k_range[1] - 0.05:
        text = f"the data end at k = {k_range[1]:.1f} 1/angstrom instead of {settings.k_range[1]:g}: peaks are broader"
        notes.append(Note("doubt", "short_scan", text))
    stored = measurement.meta.get("vendor", {}).get("e0_electronvolt")
    if stored is not None and abs(stored - normal.e0) > E0_SPAN:
        text = f"E0 was found at {normal.e0:.1f} eV, but is {stored:.1f} eV in the file: set e0_electronvolt"
        notes.append(Note("doubt", "e0_differs", text))
    return tuple(notes)
