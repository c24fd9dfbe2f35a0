"""Philips / PANalytical .udf diffractograms (text, ``RawScan``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import SINGLE_BYTE, numbers, pattern, uniform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".udf",)

_NUMBERS = {
    "LabdaAlpha1": "wavelength_angstrom",
    "LabdaAlpha2": "wavelength2_angstrom",
    "RatioAlpha21": "wavelength_ratio",
    "ScanStepTime": "counting_time_second",
}


def recognises(raw: RawFile) -> bool:
    """Whether the head has the fields ``SampleIdent`` and ``DataAngleRange``."""
    return raw.head.lstrip()[:11] == b"SampleIdent" and b"DataAngleRange" in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the scan.

    Raises
    ------
    InputError
        If the scan is missing, does not end with a slash, or its points are not those that the range states.
    """
    text = raw.read().decode(SINGLE_BYTE)
    above, mark, below = text.partition("RawScan")
    if not mark:
        raise InputError("no RawScan in the file", hint="copy or export it again")
    body, end, _ = below.partition("/")
    if not end:
        raise InputError("the list of counts does not end with '/'", hint="the file is truncated")
    head = dict(_field(line) for line in above.splitlines() if "," in line)
    counts = numbers(body.replace(",", " "))
    low, high = _pair(head.get("DataAngleRange", ""))
    step = _number(head, "ScanStepSize")
    if step is None or step <= 0:
        raise InputError("no ScanStepSize in the head", hint="export the file again")
    stated = round((high - low) / step) + 1
    if len(counts) != stated:
        raise InputError(f"{len(counts)} of {stated} points found", hint="the file is truncated or damaged")
    meta: dict[str, Json] = {name: _number(head, key) for key, name in _NUMBERS.items()}
    meta |= {"sample": head.get("SampleIdent", ""), "anode": head.get("Anode", ""), "intensity_unit": "counts"}
    return (pattern(uniform(low, step, stated), counts, meta),)


def _field(line: str) -> tuple[str, str]:
    key, _, value = line.strip().partition(",")
    return key.strip(), value.removesuffix("/").strip(" ,")


def _pair(text: str) -> tuple[float, float]:
    both = numbers(text.replace(",", " "), "DataAngleRange")
    if len(both) != 2:
        raise InputError(f"DataAngleRange is {text!r}, not two angles", hint="unknown layout of the head")
    return float(both[0]), float(both[1])


def _number(head: Mapping[str, str], key: str) -> float | None:
    if not head.get(key):
        return None
    return float(numbers(head[key].split(",")[0], key)[0])
