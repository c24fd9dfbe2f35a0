"""Neutron powder diffractograms of D1A and D1B (ILL) and of DMC and HRPT (PSI): counts, then their uncertainties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import SINGLE_BYTE, numbers, pattern, uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".dat", ".txt", ".d1a", ".dmc")

_LAMBDA = re.compile(r"^\s*lambda\s*=\s*([\d.]+)\s*,")
_WAVE = re.compile(r"\b([\d.]+)\s*A\b")
_FLOAT = r"[-+]?\d+\.\d*"
_D1A_RANGE = re.compile(rf"^\s*({_FLOAT})\s+({_FLOAT})\s+({_FLOAT})\s*$")
_DMC_RANGE = re.compile(rf"^\s*({_FLOAT})\s+({_FLOAT})\s+({_FLOAT})\s+[\d.]+\s*,")


def recognises(raw: RawFile) -> bool:
    """Whether the head is that of D1A (range in the fifth line) or DMC (lambda in the second, range in the third)."""
    lines = raw.head[:4096].decode(SINGLE_BYTE).splitlines()
    if len(lines) < 6:
        return False
    return _is_dmc(lines) or (lines[0][:3] in {"D1A", "D1B"} and bool(_D1A_RANGE.match(lines[4])))


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the counts and their uncertainties.

    Raises
    ------
    InputError
        If there are not as many counts and uncertainties as the range states.
    """
    lines = raw.read().decode(SINGLE_BYTE).splitlines()
    dmc = _is_dmc(lines)
    first, wave = (3, _LAMBDA.match(lines[1])) if dmc else (5, _WAVE.search(lines[2]))
    limits = (_DMC_RANGE if dmc else _D1A_RANGE).match(lines[first - 1])
    if limits is None:
        raise InputError("the head has no range of 2theta", hint="copy or export it again")
    start, step, stop = (float(limits[i]) for i in (1, 2, 3))
    if step <= 0:
        raise InputError(f"a step of {step:g} degrees", hint="unknown layout of the head")
    count = round((stop - start) / step) + 1
    body = lines[first:]
    end = next((i for i, line in enumerate(body) if re.search(r"[^-+\d.\s]", line)), len(body)) if dmc else len(body)
    values = numbers(" ".join(body[:end]))
    if len(values) != 2 * count:
        what = f"{len(values)} numbers found, {count} counts and as many uncertainties are stated"
        raise InputError(what, hint="copy or export it again")
    meta = _meta(lines, wave, dmc)
    return (pattern(uniform(start, step, count), values[:count], meta, std=values[count:].copy()),)


def _is_dmc(lines: Sequence[str]) -> bool:
    return len(lines) > 3 and bool(_LAMBDA.match(lines[1]) and _DMC_RANGE.match(lines[2]))


def _meta(lines: Sequence[str], wave: re.Match[str] | None, dmc: bool) -> dict[str, Json]:
    return {
        "sample": lines[0 if dmc else 2].strip(),
        "wavelength_angstrom": float(wave[1]) if wave else None,
        "wavelength_ratio": 0.0,
        "radiation": "neutrons",
        "intensity_unit": "counts",
    }
