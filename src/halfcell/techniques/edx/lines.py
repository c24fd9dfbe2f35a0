"""Which lines of which elements are fitted in a spectrum, which quantify, and which cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.x_rays import SHELLS, x_ray_element
from halfcell.maths.x_ray_lines import Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from halfcell.materials.x_rays import Shell
    from halfcell.maths.x_ray_lines import Detector

    Array = NDArray[np.float64]

_EXCITED = 1.05  # beam over edge above which a line is looked for
_QUANTIFIES = 1.4  # beam over edge above which a line is used: below, its intensity depends strongly on the beam
SOFTEST = 0.15  # keV: below are the strobe peak and the noise
_ESCAPE = 1.740  # keV: a silicon photon that leaves the detector
_SILICON_EDGE = 1.839  # keV, K edge of silicon
_SEEN = 0.02  # weight of a line that is named in an overlap
_STRONG = 0.03  # counts of a line over the strongest from which its escape peak is fitted
_STRONG_SUM = 0.005  # the same for sum peaks, where a weak line may meet a strong one
_LEAST_SUM = 0.02  # weight of a sum peak that is left out
_PLAIN = 0.2  # weight of a sum peak that tells how often photons meet
_SOFT = 1.0  # keV: below it lines are absorbed far more
_CLOSE = 1.2  # full widths at half maximum within which lines overlap


@dataclass(frozen=True, kw_only=True, eq=False)
class LineFamily:
    """The lines of one shell of one element; `quantifies` for the shell that its amount is taken from."""

    element: str
    shell: Shell
    line: str
    family: Family
    quantifies: bool

    @property
    def name(self) -> str:
        """Element and strongest line: ``Fe Ka``."""
        return self.family.name

    @property
    def energy(self) -> float:
        """Energy (keV) of the strongest line."""
        return float(self.family.energies[0])


def line_families(elements: Sequence[str], high: float, beam: float) -> tuple[LineFamily, ...]:
    """The families of elements that a beam (keV) excites, up to an energy (keV).

    Parameters
    ----------
    elements
        Their symbols.
    high
        The greatest energy of a line, keV.
    beam
        keV.

    Returns
    -------
    tuple of LineFamily
        Lines of a shell with fixed ratios; energies in keV.

    Raises
    ------
    InputError
        If an element is unknown, or has no line (lithium).

    Source: as `materials.x_rays`.
    """
    return tuple(family for symbol in elements for family in _of_element(symbol, high, beam))


def _of_element(symbol: str, high: float, beam: float) -> Iterator[LineFamily]:
    element = x_ray_element(symbol)
    there = [s for s in element.shells(SOFTEST, high) if beam > _EXCITED * (element.edge(s) or np.inf)]
    usable = [s for s in SHELLS if s in there and beam > _QUANTIFIES * (element.edge(s) or np.inf)] or there
    for shell in there:
        lines = {name: line for name, line in element.family(shell).items() if line[0] < high}
        strongest = next(iter(lines))
        family = Family(
            name=f"{symbol} {strongest}",
            energies=np.array([energy for energy, _ in lines.values()]),
            weights=np.array([weight for _, weight in lines.values()]),
        )
        first = bool(usable) and shell == usable[0]
        yield LineFamily(element=symbol, shell=shell, line=strongest, family=family, quantifies=first)


def overlaps(
    families: Sequence[LineFamily], counted: Sequence[LineFamily], detector: Detector
) -> tuple[tuple[str, str], ...]:
    """Pairs of lines of two elements nearer than 1.2 FWHM, where one belongs to a family that is counted.

    Each with the name of the line: ("Co Ka", "Fe Kb").
    """
    names = {family.name for family in counted}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for place, one in enumerate(families):
        for other in families[place + 1 :]:
            if one.element != other.element and names & {one.name, other.name}:
                pair = _nearest(one, other, detector)
                if pair:
                    found[one.name, other.name] = pair
    return tuple(found.values())


def _nearest(one: LineFamily, other: LineFamily, detector: Detector) -> tuple[str, str] | None:
    """The two nearest lines of two families, the stronger pair where several are within reach."""
    pairs = [
        (ours[1] * theirs[1], f"{one.element} {mine}", f"{other.element} {yours}")
        for mine, ours in x_ray_element(one.element).family(one.shell).items()
        for yours, theirs in x_ray_element(other.element).family(other.shell).items()
        if ours[1] >= _SEEN
        and theirs[1] >= _SEEN
        and abs(ours[0] - theirs[0]) < _CLOSE * 2.355 * float(detector.sigma(ours[0]))
    ]
    return max(pairs)[1:] if pairs else None


def artefacts(families: Sequence[LineFamily], areas: Sequence[float], detector: Detector) -> tuple[Family, ...]:
    """Escape peaks and sum peaks of the strong lines.

    A silicon photon that escapes takes 1.740 keV with it; two photons at once are counted as their sum.

    Parameters
    ----------
    families, areas
        Lines, and the counts of the strongest of each.
    detector
        Its resolution.

    Returns
    -------
    tuple of Family
        Escape peaks 1.740 keV below, and sums of two.

    Source: S. J. B. Reed, Electron Microprobe Analysis, 2nd ed. (1993), for what they are.
    """
    return (*_escapes(families, areas, detector), *_sums(families, areas, detector))


def within(made: Sequence[Family], energy: Array) -> tuple[Family, ...]:
    """The artefacts with a peak among the channels (keV).

    Parameters
    ----------
    made
        Artefacts.
    energy
        Channels (keV, ascending), shape (n,).

    Returns
    -------
    tuple of Family
        Those with a peak among the channels.

    Source: definition.
    """
    return tuple(one for one in made if np.any((one.energies > energy[0]) & (one.energies < energy[-1])))


def _escapes(families: Sequence[LineFamily], areas: Sequence[float], detector: Detector) -> Iterator[Family]:
    """One family per strong line, where no other line is."""
    taken = _energies(families)
    for family, area in zip(families, areas, strict=True):
        energy = family.energy - _ESCAPE
        if family.energy > _SILICON_EDGE and area > _STRONG * max(areas) and _is_free(energy, taken, detector):
            taken.append(energy)
            yield Family(name=f"escape of {family.name}", energies=np.array([energy]), weights=np.array([1.0]))


def _sums(families: Sequence[LineFamily], areas: Sequence[float], detector: Detector) -> Iterator[Family]:
    """All pairs of strong lines as one family: two photons meet as often as the product of their rates says.

    Photons below 1 keV make a family of their own: the detector's fast channel hardly sees them, so that more of them
    pass for one photon with another. A family is left out where all its peaks lie under lines.
    """
    strong = [(f.energy, a) for f, a in zip(families, areas, strict=True) if a > _STRONG_SUM * max(areas)]
    taken = _energies(families)
    for name, is_soft in (("sums of soft photons", True), ("sums", False)):
        pairs = [
            (one[0] + other[0], one[1] * other[1] * (1.0 if one is other else 2.0))
            for place, one in enumerate(strong)
            for other in strong[place:]
            if (min(one[0], other[0]) < _SOFT) == is_soft
        ]
        most = max((weight for _, weight in pairs), default=0.0)
        kept = sorted((pair for pair in pairs if pair[1] > _LEAST_SUM * most), key=lambda pair: -pair[1])
        if any(weight > _PLAIN * most and _is_free(energy, taken, detector) for energy, weight in kept):
            weights = np.array([weight for _, weight in kept]) / most
            yield Family(name=name, energies=np.array([energy for energy, _ in kept]), weights=weights)


def _energies(families: Sequence[LineFamily]) -> list[float]:
    return [float(energy) for family in families for energy in family.family.energies]


def _is_free(energy: float, taken: Sequence[float], detector: Detector) -> bool:
    """Whether no line is within one and a half standard deviations."""
    near = 1.5 * float(detector.sigma(max(energy, 0.1)))
    return energy > SOFTEST and all(abs(energy - other) > near for other in taken)


def division(families: Sequence[LineFamily]) -> float:
    """The energy (keV, 0.8 to 1.15) farthest from any line: softer lines are fitted by themselves.

    Below 1 keV windows, coatings and edges shape the continuum, and the weights of L lines are uncertain.

    Parameters
    ----------
    families
        Lines that are fitted.

    Returns
    -------
    float
        keV.

    Source: procedure of this package.
    """
    places = np.linspace(0.8, 1.15, 36)
    lines = [float(energy) for family in families for energy in family.family.energies] or [0.0]
    distance = np.min(np.abs(places[:, None] - np.array(lines)[None, :]), axis=1)
    return float(places[int(np.argmax(np.round(distance, 3)))])
