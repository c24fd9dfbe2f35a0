"""What a column map of the study file may say: names with factor and offset, and the columns that each kind needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.core.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBER: Final = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_TARGET: Final = re.compile(rf"^\s*([a-z_0-9]+)\s*(?:([*/])\s*{_NUMBER})?\s*(?:([-+])\s*{_NUMBER})?\s*$")
_TIMES: Final = ("test_time_second", "unix_time_second", "step_time_second")
_ELECTRIC: Final = (_TIMES, ("voltage_volt",), ("current_ampere",))
NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {  # kind -> one of each group of columns
    "cycling": _ELECTRIC,
    "voltammetry": _ELECTRIC,
    "polarisation": _ELECTRIC,
    "impedance": (("frequency_hertz",), ("real_impedance_ohm",), ("imaginary_impedance_ohm",)),
    "diffraction": (("two_theta_degree",), ("intensity_count",)),
    "xas": (("energy_electronvolt",), ("absorption",)),
    "raman": (("raman_shift_per_cm", "wavelength_nanometre", "wavenumber_per_cm"), ("intensity_count",)),
    "sorption": (("relative_pressure",), ("loading_cm3_stp_per_gram",)),
    "thermogravimetry": (("test_time_second",), ("temperature_degc",), ("mass_milligram",)),
}
_NOT_MAPPED: Final = frozenset({"kernel_loading"})  # an array per record


@dataclass(frozen=True, kw_only=True)
class Target:
    """The canonical name of a column, and what makes its numbers canonical: number * factor + offset."""

    name: str
    factor: float
    offset: float


def targets(columns: Mapping[str, str], kind: str) -> dict[str, Target]:
    """The target of each column header.

    Raises
    ------
    InputError
        The first of the `mistakes`, with the header.
    """
    for head, error in mistakes(columns, kind):
        raise error.at(f"columns: {head}" if head else "columns")
    return {head: _target(text) for head, text in columns.items()}


def mistakes(columns: Mapping[str, str], kind: str) -> Iterator[tuple[str, InputError]]:
    """What is wrong with a map for this kind of data: (column header, or empty for the whole map; the mistake)."""
    if kind not in NEEDED:
        hint = f"kinds that can: {', '.join(sorted(NEEDED))}"
        yield "", InputError(f"{kind} cannot be read by a column map", hint=hint)
        return
    named: dict[str, str] = {}
    for head, text in columns.items():
        try:
            name = _target(text).name
            _check_name(name, kind)
        except InputError as error:
            yield head, error
            continue
        if name in named:
            yield head, InputError(f"{name} is given twice", hint=f"it is also {named[name]!r}: leave one out")
        named.setdefault(name, head)
    for group in NEEDED[kind]:
        if not named.keys() & set(group):
            yield "", InputError(f"no column is {' or '.join(group)}", hint=f"{kind} needs it: name its column")


def _target(text: str) -> Target:
    match = _TARGET.match(text)
    if not match:
        hint = "write a name, or a name with a factor and an offset: voltage_volt * 1e-3, temperature_degc - 273.15"
        raise InputError(f"{text!r} is not a column name", hint=hint)
    name, sign, number, side, offset = match.groups()
    factor = float(number) if number else 1.0
    if factor == 0.0:
        raise InputError(f"the factor of {text!r} is zero", hint="write the factor into the unit of the name")
    shift = float(offset) if offset else 0.0
    return Target(name=name, factor=1 / factor if sign == "/" else factor, offset=-shift if side == "-" else shift)


def _check_name(name: str, kind: str) -> None:
    known = {*vocabulary()["column"].get(kind, {})} - _NOT_MAPPED
    known |= {"step_type"} if NEEDED[kind] is _ELECTRIC else set()
    if name not in known:
        raise InputError(f"{kind} has no column {name!r}", hint=did_you_mean(name, sorted(known)))
