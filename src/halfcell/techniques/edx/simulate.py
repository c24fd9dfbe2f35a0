"""Spectra and maps of a detector: lines, bremsstrahlung, escape and sum peaks, tails, Poisson counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.materials.x_rays import absorption_of, x_ray_element

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_PAIR, _FANO = 3.65e-3, 0.115  # keV per electron-hole pair, Fano factor of silicon
_MN_KA = 5.895  # keV, where the resolution of a detector is stated
_SILICON_K = 1.740  # keV, what an escape peak lies below its line
_SILICON_EDGE = 1.84  # keV, K edge of silicon (1.839): only lines above it ionise the detector's atoms
_SOFTEST = 0.1  # keV: softer radiation does not reach the detector


@dataclass(frozen=True, kw_only=True)
class Field:
    """How the amount of an element varies over a map: relative standard deviation, size of grains (pixels), seed.

    Elements with the same `pattern` vary together; with a negative `spread`, oppositely.
    """

    element: str
    spread: float = 0.0
    grain_pixels: float = 6.0
    pattern: int = 0


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What is recorded and how.

    Parameters
    ----------
    lines
        Expected counts in the strongest line of a family, e.g. ``(("Fe", "K", 1e5), ("Co", "K", 5e3))``.
    continuum_counts
        Expected counts of the bremsstrahlung, all channels together.
    absorber
        Mass fractions of what absorbs the bremsstrahlung, with a depth of `depth_ug_per_cm2`.
    beam_kilovolt, channels, step_kiloelectronvolt, start_kiloelectronvolt
        Beam and axis as stated.
    gain_error, offset_error_kiloelectronvolt
        How far the true axis is from the stated one.
    resolution_electronvolt
        Full width at half maximum at Mn Ka.
    tail_part
        Part of each line in an exponential tail to lower energies (incomplete collection of charge), 60 eV long.
    escape_part, pile_up_part
        Parts of a line above 1.84 keV in its escape peak, and of the strongest line in its sum peak.
    strobe_counts
        Counts of the zero-energy peak.
    size
        Rows and columns of a map; (0, 0): one spectrum.
    fields
        How elements vary over the map.
    unscanned_rows
        Rows at the bottom without counts.
    pixel_nm, live_time_second, probe_current_nanoampere, take_off_degree, composition, title
        What the head states.
    """

    lines: tuple[tuple[str, str, float], ...] = (("Si", "K", 2e5), ("O", "K", 5e4), ("C", "K", 2e4))
    continuum_counts: float = 2e5
    absorber: tuple[tuple[str, float], ...] = ()
    depth_ug_per_cm2: float = 150.0
    beam_kilovolt: float = 15.0
    channels: int = 1024
    step_kiloelectronvolt: float = 0.01
    start_kiloelectronvolt: float = -0.2
    gain_error: float = 0.0
    offset_error_kiloelectronvolt: float = 0.0
    resolution_electronvolt: float = 130.0
    tail_part: float = 0.0
    escape_part: float = 0.0
    pile_up_part: float = 0.0
    strobe_counts: float = 0.0
    size: tuple[int, int] = (0, 0)
    fields: tuple[Field, ...] = ()
    unscanned_rows: int = 0
    pixel_nm: float | None = None
    live_time_second: float = 60.0
    probe_current_nanoampere: float = 1.0
    take_off_degree: float = 35.0
    composition: str = ""
    title: str = "simulated spectrum"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one spectrum, or a map: Gaussian lines with tails over Kramers' continuum, with Poisson noise.

    Parameters
    ----------
    parameters
        Lines, continuum, detector and map.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Energies (keV) and counts, shape (channels,), and counts of each pixel of a map.

    Source: H. A. Kramers, Phil. Mag. 46 (1923) 836, for the continuum.
    """
    p = parameters
    stated = p.start_kiloelectronvolt + p.step_kiloelectronvolt * np.arange(p.channels)
    energy = np.asarray((1.0 + p.gain_error) * stated + p.offset_error_kiloelectronvolt, dtype=float)
    background = _bremsstrahlung(energy, p) + p.strobe_counts * _line(energy, 0.0, p)
    curves: dict[str, Array] = {symbol: np.zeros_like(energy) for symbol, _, _ in p.lines}
    for symbol, shell, counts in p.lines:
        curves[symbol] = curves[symbol] + counts * _family(energy, symbol, shell, p)
    columns: dict[str, NDArray[np.generic]] = {"energy_kiloelectronvolt": stated}
    if p.size == (0, 0):
        columns["count"] = rng.poisson(background + np.sum(list(curves.values()), axis=0)).astype(float)
    else:
        cube = _cube(background, curves, p, rng)
        columns |= {"count": cube.sum(axis=(0, 1), dtype=float), "count_map": cube}
    return Measurement(technique="edx", columns=columns, meta=_meta(p))  # type: ignore[arg-type]


def _meta(p: Parameters) -> dict[str, object]:
    stated: dict[str, object] = {
        "title": p.title,
        "simulated": True,
        "instrument": "simulated",
        "beam_kilovolt": p.beam_kilovolt,
        "live_time_second": p.live_time_second,
        "probe_current_nanoampere": p.probe_current_nanoampere,
        "take_off_angle_degree": p.take_off_degree,
        "elements_stated": ", ".join(dict.fromkeys(symbol for symbol, _, _ in p.lines)),
    }
    if p.composition:
        stated["composition_stated"] = p.composition
    if p.pixel_nm:
        stated |= {"pixel_height_nm": p.pixel_nm, "pixel_width_nm": p.pixel_nm}
    return stated


def _sigma(energy: float, p: Parameters) -> float:
    noise = (p.resolution_electronvolt / 2354.82) ** 2 - _FANO * _PAIR * _MN_KA
    return float(np.sqrt(max(noise + _FANO * _PAIR * energy, 1e-4)))


def _line(energy: Array, centre: float, p: Parameters) -> Array:
    """One line of one count, with its tail."""
    from scipy.special import erfc

    sigma, length = _sigma(max(centre, 0.0), p), 0.06
    apart = (energy - centre) / sigma
    step = float(energy[1] - energy[0])
    peak = np.exp(-0.5 * apart**2) / (sigma * np.sqrt(2.0 * np.pi))
    ratio = sigma / length
    tail = (
        0.5 / length * np.exp(np.minimum(apart * ratio + 0.5 * ratio**2, 50.0)) * erfc((apart + ratio) / np.sqrt(2.0))
    )
    return np.asarray(step * ((1.0 - p.tail_part) * peak + p.tail_part * tail))


def _family(energy: Array, symbol: str, shell: str, p: Parameters) -> Array:
    """A family with one count in its strongest line, with escape and sum peaks."""
    total = np.zeros_like(energy)
    lines = x_ray_element(symbol).family(shell)  # type: ignore[arg-type]
    for centre, weight in lines.values():
        escaped = p.escape_part if centre > _SILICON_EDGE else 0.0
        total += weight * (1.0 - escaped) * _line(energy, centre, p)
        total += weight * escaped * _line(energy, centre - _SILICON_K, p)
    strongest = next(iter(lines.values()))[0]
    return total + p.pile_up_part * _line(energy, 2.0 * strongest, p)


def _bremsstrahlung(energy: Array, p: Parameters) -> Array:
    """Kramers' law behind a window of 0.3 um of polymer, absorbed in the sample, and seen with the resolution."""
    from scipy.ndimage import gaussian_filter1d

    usable = np.clip(energy, 0.1, None)
    law = np.where(energy > _SOFTEST, np.maximum(p.beam_kilovolt - usable, 0.0) / usable, 0.0)
    law = law * np.exp(-absorption_of({"C": 1.0}, usable) * 4e-5)
    if p.absorber:
        chi = absorption_of(dict(p.absorber), usable) / np.sin(np.radians(p.take_off_degree))
        depth = p.depth_ug_per_cm2 * 1e-6
        law = law * -np.expm1(-2.0 * chi * depth) / (2.0 * chi * depth)
    law = gaussian_filter1d(law, _sigma(1.5, p) / p.step_kiloelectronvolt)
    return np.asarray(p.continuum_counts * law / law.sum())


def _cube(background: Array, curves: dict[str, Array], p: Parameters, rng: np.random.Generator) -> NDArray[np.uint16]:
    """A map: each element times its field, and Poisson counts."""
    rows, columns = p.size
    patterns: dict[int, Array] = {}
    pixels = rows * columns
    fields = {one.element: one for one in p.fields}
    amounts = np.ones((len(curves) + 1, rows, columns))
    for place, symbol in enumerate(curves, start=1):
        one = fields.get(symbol)
        if one is not None and one.spread:
            if one.pattern not in patterns:
                patterns[one.pattern] = _pattern(p.size, one.grain_pixels, rng)
            amounts[place] = np.maximum(1.0 + one.spread * patterns[one.pattern], 0.0)
    spectra = np.stack([background, *curves.values()]) / pixels
    cube = np.zeros((rows + p.unscanned_rows, columns, p.channels), dtype=np.uint16)
    for row in range(rows):
        cube[row] = rng.poisson(np.maximum(amounts[:, row, :].T @ spectra, 0.0))
    return cube


def _pattern(size: tuple[int, int], grain: float, rng: np.random.Generator) -> Array:
    """A smooth random field of mean 0 and standard deviation 1."""
    from scipy.ndimage import gaussian_filter

    field = gaussian_filter(rng.normal(size=size), grain / 2.0, mode="wrap")
    return np.asarray((field - field.mean()) / field.std())
