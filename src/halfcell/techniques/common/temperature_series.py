"""Conductivities of one pellet at several temperatures: the Arrhenius line, and what it gives at 25 degC.

The line is fitted to the conductivities that are values, not bounds, with the uncertainties of their resistances;
thickness and area are the same for all, so that they do not enter the activation energy, but do enter what the line
gives at 25 degC. That is given only where 25 degC lies within the temperatures measured.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.arrhenius import ZERO_CELSIUS, Form, arrhenius_line
from halfcell.techniques.common.pellet_result import PelletResult, TemperatureSeries

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Kind

P = TypeVar("P", bound=PelletResult)

_FEWEST = 3  # temperatures: two give a line without any error
_ROOM = 25.0  # degC at which papers compare conductivities
_NEAR = 1.0  # K: temperatures that are nearer than this are one
_TEMPERATURE = re.compile(r"\s*([-+−]?\d+(?:[.,]\d+)?)\s*(?:°|deg|_)?\s*([CK]?)\s*$", re.IGNORECASE)
_PAIR = 2  # temperatures of which something changes


@dataclass(frozen=True, kw_only=True)
class ArrheniusChoice:
    """How the line is made: which form, and the standard uncertainty of each temperature (K)."""

    form: Form = "sigma T"
    kelvin_std: float = 0.0


def temperature_of_name(measurement: Measurement) -> float | None:
    """The temperature in degC that a file's name carries (tag ``temperature``: ``25C``, ``-20 degC``, ``298K``).

    Parameters
    ----------
    measurement
        With the tags that its name was read into.

    Returns
    -------
    float or None
        degC; None where the name has no temperature.

    Source: definition.
    """
    tags = measurement.meta.get("tags", {})
    for name in ("temperature_degc", "temperature"):
        match = _TEMPERATURE.match(str(tags.get(name, "")))
        if match:
            value = float(match[1].replace(",", ".").replace("−", "-"))
            return value - ZERO_CELSIUS if match[2].upper() == "K" else value
    return None


def with_temperatures(results: Sequence[P], choice: ArrheniusChoice) -> tuple[P, ...]:
    """Add the Arrhenius line of at least three temperatures to each result, or say why there is none.

    Quantities ``series.activation_energy`` (eV), ``series.prefactor`` (S K/cm, or S/cm for ln sigma) and, where 25 degC
    is within the range, ``series.conductivity_25degc`` (S/cm). Results at fewer than two temperatures are no series.

    Parameters
    ----------
    results
        Results of one pellet, each with its temperature (degC) and conductivity (S/cm).
    choice
        The form of the line, and the standard uncertainty of each temperature (K).

    Returns
    -------
    tuple
        The results in their order, each with the quantities of the series, or with a note that says why there is
        none.

    Source: S. Arrhenius, Z. Phys. Chem. 4 (1889) 226; as `maths.arrhenius`.
    """
    stated = [r.pellet.temperature_degc for r in results]
    if _different([t for t in stated if t is not None]) < _PAIR:
        return tuple(results)
    used = [r for r in results if r.bound == "value" and "conductivity" in r.quantities and _has_temperature(r)]
    notes = _left_out(results, used)
    if _different([_degc(r) for r in used]) < _FEWEST or _differ(used):
        return tuple(dataclasses.replace(r, notes=(*r.notes, *notes, _no_line(used))) for r in results)
    found = _series(used, choice)
    geometry = None if used[0].pellet.unsure else used[0].pellet.relative_std
    more, own = _quantities(found, geometry), _line_notes(found, stated=choice.kelvin_std > 0)
    return tuple(
        dataclasses.replace(r, quantities={**r.quantities, **more}, notes=(*r.notes, *notes, *own), temperatures=found)
        for r in results
    )


def _degc(r: PelletResult) -> float:
    return r.pellet.temperature_degc if r.pellet.temperature_degc is not None else float("nan")


def _has_temperature(r: PelletResult) -> bool:
    return r.pellet.temperature_degc is not None


def _differ(used: Sequence[PelletResult]) -> bool:
    """Whether the results are of different pellets."""
    return len({(r.pellet.thickness_um, r.pellet.area) for r in used}) > 1


def _different(degc: Sequence[float]) -> int:
    """How many temperatures are different."""
    return int(np.sum(np.diff(np.sort(degc)) > _NEAR)) + 1 if len(degc) else 0


def _series(used: Sequence[PelletResult], choice: ArrheniusChoice) -> TemperatureSeries:
    kelvin = np.array([_degc(r) + ZERO_CELSIUS for r in used])
    found = [r["conductivity"] for r in used]
    sigma = np.array([q.value for q in found])
    own = np.array([_own(r) for r in used])
    return TemperatureSeries(
        kelvin=tuple(kelvin.tolist()),
        sigma=tuple(sigma.tolist()),
        relative_std=tuple(own.tolist()),
        line=arrhenius_line(kelvin, sigma, own, choice.form, choice.kelvin_std),
    )


def _own(r: PelletResult) -> float:
    """Relative standard uncertainty of a conductivity without that of the geometry, which all of a pellet share."""
    sigma, resistance = r["conductivity"], r["resistance"]
    if sigma.std is None:
        return abs((resistance.std or 0.0) / resistance.value)
    return float(np.sqrt(max((sigma.std / sigma.value) ** 2 - r.pellet.relative_std**2, 0.0)))


def _quantities(found: TemperatureSeries, geometry: float | None) -> dict[str, Quantity]:
    line = found.line
    scale = float(np.exp(line.intercept))
    spread = scale * float(np.hypot(np.sqrt(line.covariance[0][0]), geometry or 0.0))
    unit = "S K/cm" if line.form == "sigma T" else "S/cm"
    known, sized = line.knows_scatter, line.knows_scatter and geometry is not None
    more = {
        "series.activation_energy": _with(line.energy, "eV", line.energy_std if known else None, "fit covariance"),
        "series.prefactor": _with(scale, unit, spread if sized else None, "propagated"),
    }
    room = _ROOM + ZERO_CELSIUS
    if min(found.kelvin) <= room <= max(found.kelvin):
        sigma = float(line.conductivity(np.array([room]))[0])
        std = sigma * float(np.hypot(line.relative_std(room), geometry or 0.0))
        more["series.conductivity_25degc"] = _with(sigma, "S/cm", std if sized else None, "propagated")
    return more


def _with(value: float, unit: str, std: float | None, kind: Kind) -> Quantity:
    """A quantity with the kind of its uncertainty where it has one."""
    return Quantity(value, unit, std, kind if std else "")


def _left_out(results: Sequence[PelletResult], used: Sequence[PelletResult]) -> tuple[Note, ...]:
    left = [r for r in results if not any(r is one for one in used)]
    if not left:
        return ()
    names = ", ".join("no temperature" if not _has_temperature(r) else f"{_degc(r):g} degC" for r in left)
    text = f"not in the Arrhenius line, because the conductivity or its temperature is not given as a value: {names}"
    return (Note("info", "left_out_of_line", text),)


def _no_line(used: Sequence[PelletResult]) -> Note:
    if _differ(used):
        text = "no activation energy: the pellets of the series differ in thickness or area"
        return Note("refused", "no_activation_energy", text)
    count = _different([_degc(r) for r in used])
    text = f"no activation energy: conductivities at {count} temperatures, three are needed for one with an uncertainty"
    return Note("refused", "no_activation_energy", text)


def _line_notes(found: TemperatureSeries, *, stated: bool) -> tuple[Note, ...]:
    line, degc = found.line, [value - ZERO_CELSIUS for value in found.kelvin]
    low, high = min(degc), max(degc)
    form = "ln(sigma T)" if line.form == "sigma T" else "ln sigma"
    text = f"Arrhenius line: {form} over 1/T of {len(degc)} conductivities from {low:g} to {high:g} degC"
    outside = "" if low <= _ROOM <= high else "; 25 degC is outside, so that no conductivity is given there"
    unsure = "" if stated else "; the uncertainty of the temperatures (temperature_std_kelvin) is not in that of E_a"
    notes = [Note("info", "arrhenius_line", text + outside + unsure)]
    if not line.knows_scatter:
        text = "no uncertainty of the Arrhenius line: three points do not tell how they scatter; measure a fourth"
        notes.append(Note("info", "arrhenius_without_error", text))
    if line.bend > 0:
        what = f"the conductivities leave the Arrhenius line by a curvature ({100 * line.bend:.0f} % at the ends)"
        cause = "a phase transition, a glassy or polymer electrolyte, or a pellet that changed"
        text = f"{what}: {cause}; the activation energy is a mean over the range, look at heating and cooling apart"
        notes.append(Note("doubt", "not_arrhenius", text))
    return tuple(notes)
