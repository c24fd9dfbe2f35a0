"""Recognise impedance columns by their headers: which quantity, which factor into the canonical unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.core.units import UnitSet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

Role = Literal["frequency", "real", "imaginary", "modulus", "phase", "time", "number"]

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("frequency", re.compile(r"f|freq|frequency|frequenz")),
    ("real", re.compile(r"z'|z[_ ]?re(al)?|re(al)?|re\(z\)|real\(z\)|real z|z real|zr|z1|real impedance|real part")),
    (
        "imaginary",
        re.compile(
            r"z''|z\"|z[_ ]?im(ag|g|aginary)?|im(ag(inary)?)?|im\(z\)|imag\(z\)|imag z|z imag|zi|z2|imaginary impedance"
            r"|imaginary part|imag part"
        ),
    ),
    ("modulus", re.compile(r"\|z\||z|zmod|mod(ulus)?|mod\(z\)|abs\(z\)|z magnitude|magnitude|impedance|z[_ ]?mod")),
    ("phase", re.compile(r"phase|theta|θ|phi|φ|phz|phase\(z\)|phase of z|phase angle|z phase|arg\(z\)|zphz")),
    ("time", re.compile(r"t|time|elapsed time|test time")),
    ("number", re.compile(r"cycle( number)?|spectrum|sweep|scan|loop|measurement")),
)
_OHMS = UnitSet(("mohm", "ohm", "kohm", "Mohm"), into=("ohm",))
_UNITS: dict[Role, UnitSet] = {
    "frequency": UnitSet(("mHz", "Hz", "kHz", "MHz"), into=("Hz",)),
    "real": _OHMS,
    "imaginary": _OHMS,
    "modulus": _OHMS,
    "phase": UnitSet(("degree", "rad"), into=("degree",)),
    "time": UnitSet(("s", "min", "h"), into=("s",)),
    "number": UnitSet(("1",), into=("1",), aliases={"#": "1"}),
}
_WITH_UNIT = re.compile(r"^(?P<name>.*?)\s*(?:[(\[](?P<a>[^()\[\]]*)[)\]]|/\s*(?P<b>[^/]+))\s*$")
_MOST_RADIANS = 1.7  # a phase beyond this is in degrees: no passive cell turns the current by more than pi/2
_FEWEST = 5  # frequencies from which a slope is taken
_SURE = 0.25  # the phase agrees with the slope of the modulus within this factor (degrees are 57 times larger)
_QUOTES = str.maketrans({"′": "'", "’": "'", "″": "''", "”": "''", "−": "-", "–": "-"})


@dataclass(frozen=True)
class Header:
    """A recognised column header: its role, the factor into the canonical unit (with the sign), its index."""

    role: Role
    factor: float
    place: int
    has_unit: bool = True


def headers(cells: Sequence[object]) -> dict[Role, Header]:
    """The impedance columns named in a row of cells; the first of each role."""
    found: dict[Role, Header] = {}
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            header = _header(cell, place)
            if header is not None and header.role not in found:
                found[header.role] = header
    return found


def phase_in_degrees(columns: Mapping[Role, Values], head: Header) -> tuple[Values, list[Note]]:
    """The phase in degrees; without a unit in its header, told by how the modulus changes with the frequency.

    A phase within pi/2 may be in radians. By the Kramers-Kronig relations the phase is close to
    (pi/2) dln|Z| / dln f (Bode), in radians; the ratio of both tells the unit.

    Raises
    ------
    InputError
        If the unit is not given and the data do not tell it.
    """
    phase = columns["phase"]
    if head.has_unit or not np.nanmax(np.abs(phase), initial=0.0) < _MOST_RADIANS:
        return phase, []
    order = np.argsort(columns["frequency"])
    frequency, modulus = (columns[name][order] for name in ("frequency", "modulus"))
    once = np.diff(frequency, prepend=0.0) > 0
    slope = np.gradient(np.log(modulus[once]), np.log(frequency[once])) if once.sum() > _FEWEST else np.zeros(0)
    expected = 0.5 * np.pi * slope
    seen = float(np.sum(phase[order][once] * expected)) if len(slope) else 0.0
    ratio = abs(seen / float(np.sum(expected**2))) if seen and np.isfinite(seen) else 0.0
    if _SURE < ratio * np.pi / 180.0 < 1 / _SURE:
        return phase, []
    if not _SURE < ratio < 1 / _SURE:
        what = "the phase has no unit and the spectrum does not tell whether it is in degrees or radians"
        raise InputError(what, f"column {head.place + 1}", "write Phase (deg) or Phase (rad) in the head")
    text = "the phase has no unit in its header and agrees with the modulus as radians; read as radians"
    return np.rad2deg(phase), [Note("correction", "unit_by_plausibility", text)]


def is_spectrum(found: dict[Role, Header]) -> bool:
    """Whether the columns include frequency and both parts of the impedance, or modulus and phase."""
    return "frequency" in found and ({"real", "imaginary"} <= set(found) or {"modulus", "phase"} <= set(found))


def _header(text: str, place: int) -> Header | None:
    name, unit = _parts(text)
    sign = -1.0 if name.startswith("-") else 1.0
    bare = re.sub(r"\s+", " ", name.lstrip("-+").strip().lower())
    for role, pattern in _ROLES:
        if pattern.fullmatch(bare):
            factor = _UNITS[role].factor(unit) if unit else 1.0
            return None if factor is None else Header(role, sign * factor, place, bool(unit))
    return None


def _parts(text: str) -> tuple[str, str]:
    """Name and unit; brackets that are part of the name (``Re(Z)``, ``Z'(a)``) stay with it."""
    clean = text.translate(_QUOTES).strip().strip('"').replace("_ohm", " (ohm)").replace("_hz", " (Hz)")
    match = _WITH_UNIT.match(clean)
    if match is None or not match["name"]:
        return clean, ""
    unit = (match["a"] if match["a"] is not None else match["b"]).strip()
    if unit.lower() in {"z", "a", "b"}:
        return (clean if unit.lower() == "z" else match["name"]), ""
    return match["name"], unit
