"""Recognise impedance columns by their headers: which quantity, which factor into the canonical unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from halfcell.core.units import UnitSet

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
_QUOTES = str.maketrans({"′": "'", "’": "'", "″": "''", "”": "''", "−": "-", "–": "-"})


@dataclass(frozen=True)
class Header:
    """A recognised column header: its role, the factor into the canonical unit (with the sign), its index."""

    role: Role
    factor: float
    place: int


def headers(cells: Sequence[object]) -> dict[Role, Header]:
    """The impedance columns named in a row of cells; the first of each role."""
    found: dict[Role, Header] = {}
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            header = _header(cell, place)
            if header is not None and header.role not in found:
                found[header.role] = header
    return found


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
            return None if factor is None else Header(role, sign * factor, place)
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
