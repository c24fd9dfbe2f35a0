"""Which lines of which elements are fitted in a spectrum, which quantify, and which cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.materials.x_rays import SHELLS, x_ray_element
from halfcell.maths.x_ray_peaks import Family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.materials.x_rays import Shell
    from halfcell.maths.x_ray_peaks import Detector

_EXCITED = 1.05  # beam over edge above which a line is looked for
_QUANTIFIES = 1.4  # beam over edge above which a line is used: below, its intensity depends strongly on the beam
SOFTEST = 0.15  # keV: below are the strobe peak and the noise
_ESCAPE = 1.740  # keV: a silicon photon that leaves the detector
_SILICON_EDGE = 1.839
_SEEN = 0.02  # weight of a line that is named in an overlap
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

    Raises
    ------
    InputError
        If an element is unknown, or has no line (lithium).
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
    """Escape peaks of the detector and sums of two photons of the strongest lines, where nothing else is.

    A silicon photon that escapes takes 1.740 keV with it; two photons at once are counted as their sum.
    """
    order = sorted(zip(areas, families, strict=True), key=lambda found: -found[0])
    strong = [family for area, family in order if area > 0.03 * max(areas, default=0.0)]
    made = [(f"escape of {f.name}", f.energy - _ESCAPE) for f in strong if f.energy > _SILICON_EDGE]
    for place, one in enumerate(strong[:4]):
        made += [(f"sum of {one.name} and {other.name}", one.energy + other.energy) for other in strong[place:4]]
    taken = [float(energy) for family in families for energy in family.family.energies]
    kept: list[Family] = []
    for name, energy in made:
        near = float(detector.sigma(max(energy, 0.1)))
        if energy > SOFTEST and all(abs(energy - other) > 1.5 * near for other in taken):
            kept.append(Family(name=name, energies=np.array([energy]), weights=np.array([1.0])))
            taken.append(energy)
    return tuple(kept)


def division(families: Sequence[LineFamily]) -> float:
    """The energy (keV, 0.8 to 1.15) farthest from any line: softer lines are fitted by themselves.

    Below 1 keV windows, coatings and edges shape the continuum, and the weights of L lines are uncertain.
    """
    places = np.linspace(0.8, 1.15, 36)
    lines = [float(energy) for family in families for energy in family.family.energies] or [0.0]
    distance = np.min(np.abs(places[:, None] - np.array(lines)[None, :]), axis=1)
    return float(places[int(np.argmax(np.round(distance, 3)))])
