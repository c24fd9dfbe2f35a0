"""What the lines above the columns of a diffractogram state: axis and its unit, radiation, scan, rate or counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]

Axis = Literal["2theta", "theta", "q", "d"]

TWO_THETA = re.compile(r"(?i)2\s*[-_ ]?\s*(?:theta|th(?![a-z])|θ|ϑ|ϴ)|two[-_ ]?theta")
_Q = re.compile(r"(?:q|Q)(?![A-Za-z]|-[a-z])|(?i:scattering vector|momentum transfer)")
_THETA = re.compile(r"(?i)(?:theta|θ|ϑ)(?![a-z])|th\s*(?:[\[(/_,].*)?$")
_D = re.compile(r"(?i)d(?:[-_ ]?(?:spacing|values?|hkl))?\s*(?:[\[(/_,].*)?$")
_INTENSITY = re.compile(r"(?i)intens|counts?|\bcps\b|\bI\b")
_INVERSE = re.compile(r"(?i)\^?\s*-\s*1|⁻¹|1\s*/|inverse|reciprocal")
_NANOMETRE = re.compile(r"(?i)nm|nanomet")
_ANGSTROM = re.compile(r"Å|Å|(?i:angstr|ang\b|(?<![a-z])a(?![a-z]))")
_RADIAN = re.compile(r"(?i)(?<![a-z])rad")
_RATE = re.compile(r"(?i)\bcps\b|counts?\s*(?:/|per)\s*s|\bc/s\b")
_NUMBER = r"(\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?|\.\d+)"
_ALPHA1 = re.compile(r"(?i)k[-_ ]?(?:alpha|α|a)[-_ ]?1(?!\d)[^\d\n]{0,40}?" + _NUMBER + r"\s*(\S*)")
_ALPHA2 = re.compile(r"(?i)k[-_ ]?(?:alpha|α|a)[-_ ]?2(?!\d)[^\d\n]{0,40}?" + _NUMBER + r"\s*(\S*)")
_WAVE = re.compile(r"(?i)(?:wave[-_ ]?length|lambda|λ)[-_ ]?1?(?!\d)[^\d\n]{0,30}?" + _NUMBER + r"\s*(\S*)")
_ENERGY = re.compile(r"(?i)(?:photon|beam|x-?ray)[-_ ]?energy\W{0,10}" + _NUMBER + r"\s*keV")
_RATIO = re.compile(r"(?i)ratio[^,;:=\t]*[,;:=\t]\s*" + _NUMBER)
_ANODE = re.compile(r"(?i)(?:anode|target)[-_ ]?(?:material|name)?\W+(Cu|Co|Mo|Ag|Cr|Fe)\b")
_TIME = re.compile(r"(?i)(?:time per step|step ?time|counting time)\D{0,20}?" + _NUMBER)
_SCAN = re.compile(r"(?i)scan[-_ ]?axis\W+([\w/ -]+)")
_OTHER = re.compile(r"(?i)omega|phi|chi|psi|rocking")
_HC = 12.398420  # keV angstrom
_LABELS = 4  # of the lines directly above the numbers, one may hold the labels of the columns
_SHORT = 10.0  # an axis without a name that ends below this is more probably q than 2theta in degrees


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a table.

    Parameters
    ----------
    axis
        What the first column is; None if no label says it.
    unit
        Factor to radians (theta, 2theta), 1/angstrom (q) or angstrom (d); None for a q or d without a unit.
    is_rate
        Whether intensities are counts per second.
    meta
        Wavelengths (angstrom), ratio, anode, time per step (s) and type of scan, as far as they are stated.
    """

    axis: Axis | None
    unit: float | None
    is_rate: bool
    meta: Mapping[str, Json]


def read_head(lines: Sequence[str]) -> Head:
    """Read what the lines above the numbers state."""
    near = [text for line in lines if (text := line.strip(" #;!'\"*\t\r"))][-_LABELS:]
    found = next(((axis, text) for text in reversed(near) if (axis := _axis(text))), None)
    unit = _unit(found[0], " ".join(near[near.index(found[1]) :])) if found else None
    return Head(
        axis=found[0] if found else None,
        unit=unit,
        is_rate=any(_RATE.search(text) for text in near),
        meta=_radiation(lines) | _scan(lines),
    )


def names_a_diffractogram(lines: Sequence[str]) -> bool:
    """Whether the lines above the numbers say that the table is a diffractogram, whatever the suffix."""
    if any(TWO_THETA.search(line) for line in lines):
        return True
    head = read_head(lines)
    return head.axis in {"q", "theta"} and head.unit is not None and any(_INTENSITY.search(line) for line in lines)


def to_two_theta(x: Array, head: Head) -> tuple[Array, dict[str, Json], tuple[Note, ...]]:
    """Angles 2theta in degrees from the first column, what the conversion assumed, and its notes.

    Raises
    ------
    InputError
        If the unit of a q or d is not stated, or the values cannot occur at the wavelength.
    """
    if head.axis in {"q", "d"}:
        return _from_spacing(x, head)
    if head.axis is None:
        return x, {}, _unnamed(x)
    factor = float(np.degrees(head.unit or np.radians(1.0))) * (2.0 if head.axis == "theta" else 1.0)
    if abs(factor - 1) < 1e-9:
        return x, {}, ()
    radians = "radians" if factor > 3 else "degrees"
    text = f"the head says {head.axis} in {radians}: converted to 2theta in degrees"
    return x * factor, {}, (Note("correction", "axis_converted", text),)


def _axis(text: str) -> Axis | None:
    """The axis that a line of labels names for its first column; a line `Theta: 2.5` is none of labels."""
    if re.search(r"[:=]", text):
        return None
    if TWO_THETA.search(text):
        return "2theta"
    first = re.split(r"[,;\t]|\s{2,}", text)[0].strip(" \"'")
    patterns: tuple[tuple[Axis, re.Pattern[str]], ...] = (("q", _Q), ("theta", _THETA), ("d", _D))
    for axis, pattern in patterns:
        if pattern.match(first) or (axis == "d" and re.match(r"(?i)d\s+(?:I\b|intens|counts?)", text)):
            return axis
    return None


def _unit(axis: Axis, text: str) -> float | None:
    """Factor to radians, 1/angstrom or angstrom that the labels and the line of units below them state."""
    if axis in {"2theta", "theta"}:
        return 1.0 if _RADIAN.search(text) else float(np.radians(1.0))
    if axis == "q" and not _INVERSE.search(text):
        return None
    if _NANOMETRE.search(text):
        return 0.1 if axis == "q" else 10.0
    return 1.0 if _ANGSTROM.search(text) else None


def _from_spacing(x: Array, head: Head) -> tuple[Array, dict[str, Json], tuple[Note, ...]]:
    """2theta from q or d, at the wavelength that is stated or else at one that stands for it."""
    if head.unit is None:
        units = "1/angstrom or 1/nm" if head.axis == "q" else "angstrom or nm"
        raise InputError(f"the first column is {head.axis}, without a unit", hint=f"write {units} into the head")
    value = x * head.unit
    if (value <= 0).any():
        raise InputError(f"{head.axis} is not positive", hint="remove these rows")
    q = value if head.axis == "q" else 2 * np.pi / value
    stated = head.meta.get("wavelength_angstrom")
    # spacings and widths in q do not depend on the wavelength; without one, any that reaches the last q serves
    wave = float(stated) if isinstance(stated, float | int) else min(1.540593, float(2 * np.pi / q.max()))
    sine = q * wave / (4 * np.pi)
    if sine.max() >= 1:
        raise InputError(
            f"{head.axis} to {x[np.argmax(q)]:g} cannot be reached with {wave:g} angstrom", hint="check the wavelength"
        )
    where = f"{wave:.5g} angstrom" + ("" if stated else " (none is stated; spacings do not depend on it)")
    text = f"the head says {head.axis}: converted to 2theta for {where}"
    meta: dict[str, Json] = {"axis": head.axis or ""}
    if not stated:
        meta |= {"wavelength_angstrom": wave, "wavelength_ratio": 0.0}
    return np.degrees(2 * np.arcsin(sine)), meta, (Note("correction", "axis_converted", text),)


def _unnamed(x: Array) -> tuple[Note, ...]:
    """A doubt on a column without a name that is too short for angles of a laboratory scan."""
    if x.max() >= _SHORT:
        return ()
    text = f"the first column has no name and ends at {x.max():g}: it is taken as 2theta in degrees, but may be q"
    return (Note("doubt", "axis_unnamed", f"{text}; name it in a line above the numbers, such as 'q (1/A)'"),)


def _radiation(lines: Sequence[str]) -> dict[str, Json]:
    """Wavelengths (angstrom), their ratio and the anode, as far as the lines state them."""
    found: dict[str, Json] = {}
    readers: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], float | str | None]], ...] = (
        ("wavelength_angstrom", _ALPHA1, _angstrom),
        ("wavelength_angstrom", _WAVE, _angstrom),
        ("wavelength_angstrom", _ENERGY, lambda match: _HC / float(match[1].replace(",", "."))),
        ("wavelength2_angstrom", _ALPHA2, _angstrom),
        ("anode", _ANODE, lambda match: match[1].capitalize()),
    )
    for line in lines:
        if match := _RATIO.search(line):
            if re.search(r"(?i)alpha|α|K\s*a", line):
                found.setdefault("wavelength_ratio", float(match[1].replace(",", ".")))
            continue
        for name, pattern, value in readers:
            if name not in found and (match := pattern.search(line)) and (number := value(match)) is not None:
                found[name] = number
    return found


def _angstrom(match: re.Match[str]) -> float | None:
    """A wavelength in angstrom, by its unit, or by its size where none follows; None if it is none of X-rays."""
    value, unit = float(match[1].replace(",", ".")), match[2].strip("()[],;")
    factor = {"m": 1e10, "nm": 10.0, "pm": 0.01}.get(unit, 1.0)
    if factor == 1.0 and value < 1e-8:
        factor = 1e10
    return value * factor if 0.05 < value * factor < 10 else None


def _scan(lines: Sequence[str]) -> dict[str, Json]:
    """Time per step (s) and the axis of the scan, as far as the lines state them."""
    found: dict[str, Json] = {}
    for line in lines:
        if match := _TIME.search(line):
            found.setdefault("counting_time_second", float(match[1].replace(",", ".")))
        if match := _SCAN.search(line):
            found.setdefault("scan", match[1].strip())
    return found


def other_axis(head: Head) -> tuple[Note, ...]:
    """A doubt if the head says that the scan is over another axis than 2theta."""
    kind = str(head.meta.get("scan", ""))
    if not _OTHER.search(kind) or TWO_THETA.search(kind):
        return ()
    return (Note("doubt", "scan_type", f"the scan is of type {kind!r}: the angles may not be 2theta"),)
