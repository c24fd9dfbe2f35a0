"""Characteristic X-rays: lines, absorption edges and mass absorption coefficients of the elements, with sources."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Shell = Literal["K", "L", "M"]
SHELLS: tuple[Shell, ...] = ("K", "L", "M")
_FOLDER = Path(__file__).parent
_HIGHEST_SUBSHELL = {"K": "K", "L": "L3", "M": "M5"}  # the one whose edge the strongest line of a family belongs to
_SAME_EDGE = 0.02  # relative: an edge of the table this near to that of the element is the same edge


@dataclass(frozen=True, kw_only=True)
class XRayElement:
    """An element: atomic number, atomic mass (g/mol), lines and edges.

    `lines`: name (Ka, Lb1 ...) -> energy (keV) and weight relative to the strongest line of its family. `edges`: name
    (K, L3 ...) -> energy (keV), fluorescence yield, jump ratio.
    """

    symbol: str
    number: int
    mass: float
    lines: Mapping[str, tuple[float, float]]
    edges: Mapping[str, tuple[float, float, float]]

    def family(self, shell: Shell) -> Mapping[str, tuple[float, float]]:
        """The lines that belong to one shell; the strongest first."""
        lines = {name: line for name, line in self.lines.items() if name.startswith(shell)}
        return dict(sorted(lines.items(), key=lambda item: -item[1][1]))

    def edge(self, shell: Shell) -> float | None:
        """Energy (keV) that is needed for the strongest line of a family; None where it is not listed."""
        found = self.edges.get(_HIGHEST_SUBSHELL[shell])
        return found[0] if found else None

    def shells(self, low: float, high: float) -> tuple[Shell, ...]:
        """Shells whose strongest line lies between two energies (keV)."""
        strongest = {shell: next(iter(self.family(shell).values()), None) for shell in SHELLS}
        return tuple(shell for shell, line in strongest.items() if line and low < line[0] < high)


@cache
def _elements() -> Mapping[str, XRayElement]:
    listed = tomllib.loads((_FOLDER / "x_ray_lines.toml").read_text(encoding="utf-8"))
    return {
        symbol: XRayElement(
            symbol=symbol,
            number=facts["number"],
            mass=facts["weight"],
            lines={name: (float(e), float(w)) for name, (e, w) in facts["lines"].items()},
            edges={name: (float(e), float(y), float(j)) for name, (e, y, j) in facts["edges"].items()},
        )
        for symbol, facts in listed.items()
    }


def x_ray_element(symbol: str) -> XRayElement:
    """Lines and edges of an element.

    Parameters
    ----------
    symbol
        Of the element.

    Returns
    -------
    XRayElement
        Energies (keV) and relative weights of its lines, and its edges (keV).

    Raises
    ------
    InputError
        If the element is not listed: hydrogen, helium and lithium have no line that a detector sees.

    Source: ``x_ray_lines.toml`` names those of lines, weights and edges.
    """
    known = _elements()
    if symbol in known:
        return known[symbol]
    if symbol in {"H", "He", "Li"}:
        hint = "H, He and Li have no line that such a detector sees; leave it out"
        raise InputError(f"{symbol} cannot be seen by EDX", hint=hint)
    raise InputError(f"no element {symbol!r}", hint=did_you_mean(symbol, sorted(known)))


def element_of_number(number: int) -> str | None:
    """Symbol of an atomic number.

    Parameters
    ----------
    number
        Of the element.

    Returns
    -------
    str or None
        Be to U; None for any other.

    Source: definition.
    """
    return next((one.symbol for one in _elements().values() if one.number == number), None)


def strong_lines(low: float, high: float) -> tuple[tuple[str, float], ...]:
    """The strongest line of every family of every element between two energies.

    Parameters
    ----------
    low, high
        keV.

    Returns
    -------
    tuple of (str, float)
        Name ("Fe Ka") and energy (keV).

    Source: ``x_ray_lines.toml`` names those of lines, weights and edges.
    """
    found = []
    for element in _elements().values():
        for shell in element.shells(low, high):
            name, (energy, _) = next(iter(element.family(shell).items()))
            found.append((f"{element.symbol} {name}", energy))
    return tuple(found)


@cache
def _absorption() -> Mapping[str, tuple[Array, Array]]:
    """Logarithms of energies (keV) and of coefficients (cm2/g) of each element."""
    text = (_FOLDER / "mass_absorption.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    table: dict[str, list[tuple[float, float]]] = {}
    for symbol, energy, coefficient in rows:
        table.setdefault(symbol, []).append((float(energy), float(coefficient)))
    logs = {symbol: np.log(np.array(values)) for symbol, values in table.items()}
    return {symbol: (values[:, 0], values[:, 1]) for symbol, values in logs.items()}


def mass_absorption(symbol: str, energy: Array | float) -> Array:
    """Mass absorption coefficient of an element, interpolated in logarithms.

    Parameters
    ----------
    symbol
        Of the element.
    energy
        keV, shape (n,) or one; from 0.05 keV on.

    Returns
    -------
    numpy.ndarray
        cm2/g, in the shape of `energy`.

    Raises
    ------
    InputError
        If the element is not listed.

    Source: Chantler et al., NIST X-ray form factor, attenuation and scattering tables (2005).
    """
    if symbol not in _absorption():
        raise InputError(f"no absorption coefficients of {symbol!r}", hint="listed are Be to U")
    energies, coefficients = _absorption()[symbol]
    return np.asarray(np.exp(np.interp(np.log(np.maximum(energy, 0.05)), energies, coefficients)))


def absorption_of(weights: Mapping[str, float], energy: Array | float) -> Array:
    r"""Mass absorption coefficient of a mixture, :math:`\sum w_i \mu_i`.

    Parameters
    ----------
    weights
        Mass fractions, by symbol.
    energy
        keV, shape (n,) or one.

    Returns
    -------
    numpy.ndarray
        cm2/g, in the shape of `energy`.

    Raises
    ------
    InputError
        If an element is not listed.

    Source: definition; coefficients as in `mass_absorption`.
    """
    parts = [share * mass_absorption(symbol, energy) for symbol, share in weights.items()]
    return np.asarray(np.sum(parts, axis=0))


def absorbed_energy(symbol: str, line: str) -> float:
    """Energy at which a line is absorbed: that of the line, but below the edge of its own element.

    Tables of lines and of edges differ by some eV, so that a line next to its own edge (Si Kb, Al Kb) could come to
    lie above it, where the element absorbs ten times more.

    Parameters
    ----------
    symbol, line
        Element and line (``Kb``).

    Returns
    -------
    float
        keV.

    Raises
    ------
    InputError
        If the element is not listed.

    Source: definition: no atom ionises its own edge by its own line.
    """
    element = x_ray_element(symbol)
    energy = element.lines[line][0]
    energies, coefficients = _absorption()[symbol]
    jumps = np.exp(energies[:-1][np.diff(coefficients) > np.log(1.1)])
    own = element.edge(line[0])  # type: ignore[arg-type]
    near = [float(edge) for edge in jumps if own and abs(edge / own - 1.0) < _SAME_EDGE]
    return min([energy, *(edge * (1.0 - 1e-6) for edge in near)]) if energy > 0.97 * (own or np.inf) else energy


def edges_within(symbols: tuple[str, ...], low: float, high: float) -> tuple[float, ...]:
    """Energies at which the absorption of elements jumps by more than a tenth, as the coefficients have them.

    Parameters
    ----------
    symbols
        Of the elements.
    low, high
        keV.

    Returns
    -------
    tuple of float
        keV, rising.

    Source: as `mass_absorption`.
    """
    found: set[float] = set()
    for symbol in symbols:
        energies, coefficients = _absorption()[symbol]
        jumps = np.exp(energies[:-1][np.diff(coefficients) > np.log(1.1)])
        found |= {float(edge) for edge in jumps if low < edge < high}
    return tuple(sorted(found))
