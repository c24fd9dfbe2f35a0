"""Sorption files that are refused by name: Micromeritics .SMP, IGA records, dynamic vapour sorption (DVS)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.spreadsheets import mentions

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".smp", ".txt", ".xlsx")

_SAMPLE = (
    "a sample file of Micromeritics (.SMP), whose layout is not published",
    "open it in MicroActive and export the isotherm as .xls or as a text report",
)
_IGA = (
    "a record of an IGA balance, whose relative pressures have two decimals only (none above the critical temperature)",
    "save p/p0 and the adsorbed amount (mmol/g) of one isotherm as a table with these two columns",
)
_VAPOUR = (
    "dynamic vapour sorption (DVS), the mass change in a vapour, not the isotherm of a gas at its boiling point",
    "areas and pores are read from nitrogen, argon or krypton isotherms only",
)


def recognises(raw: RawFile) -> bool:
    """Whether it is one of these files."""
    return _named(raw) is not None


def _named(raw: RawFile) -> tuple[str, str] | None:
    """What the file is and what to do about it."""
    head = raw.head
    if head.startswith(b"^vMIC##"):
        return _SAMPLE
    if b"IGA Systems" in head[:2000] and b"System Type" in head[:2000]:
        return _IGA
    if head.startswith(b"PK\x03\x04") and mentions(raw, "DVS"):
        return _VAPOUR if mentions(raw, "DVS-Vacuum-Data-File") or mentions(raw, "DVS Isotherm") else None
    return None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Refuse the file, saying what it is and what can be read instead.

    Raises
    ------
    InputError
        Always.
    """
    named = _named(raw)
    what, hint = named or ("the file is none of those that this reader names", "let the content choose the reader")
    raise InputError(f"not read: {what}", hint=hint)
