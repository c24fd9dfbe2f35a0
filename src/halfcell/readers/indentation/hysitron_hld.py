"""Hysitron indentation (high load, .hld): header, approach, drift and test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common.text_files import lines_as_lf

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".hld",)

_POINTS = re.compile(r"^Test Data Points:\s*(\d{1,12})(?!\d)")
_VALUE = re.compile(r"^([A-Za-z+\-. 0-9]+):\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)")
_WANTED = {"Time_s": 1.0, "Disp_nm": 1e-9, "Force_µN": 1e-6}
_TEST_TYPE = b"Test Type: Indentation"


def recognises(raw: RawFile) -> bool:
    """Whether the first line names a Hysitron file version (TI Premier: the test type) and it is an indentation."""
    head = raw.head
    premier = head.startswith(_TEST_TYPE) and b"Test Data Points:" in head
    return premier or (head.startswith(b"File Version: Hysitron") and _TEST_TYPE in head)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one test. The depth is as recorded, not corrected for machine compliance and drift.

    These, and the area function of the tip, are kept in the metadata for the analysis.
    """
    lines = lines_as_lf(raw.read()).decode("latin-1").split("\n")
    start = next((n for n, line in enumerate(lines) if _POINTS.match(line)), None)
    if start is None or start + 1 >= len(lines):
        raise InputError("no test data", hint="expected a line 'Test Data Points: N' and column headers below it")
    match = _POINTS.match(lines[start])
    promised = int(match[1]) if match else 0
    heads = [head.replace("_uN", "_µN") for head in lines[start + 1].strip().split("\t")]
    places = _places(heads, start + 2)
    body = lines[start + 2 : start + 2 + promised]
    rows = [_row(line, len(heads), number) for number, line in enumerate(body, start + 3) if line.strip()]
    if len(rows) < promised:
        raise InputError(f"{len(rows)} of {promised} points found", hint="the file is truncated")
    if not rows:
        raise InputError("the test has no points", f"line {start + 1}", "it was stopped before its first record")
    table = np.array(rows)
    names = ("test_time_second", "depth_metre", "load_newton")
    columns = {
        name: table[:, places[head]] * factor for name, (head, factor) in zip(names, _WANTED.items(), strict=True)
    }
    return (Measurement(technique="indentation", columns=columns, meta=_meta(lines[:start])),)


def _places(heads: list[str], line: int) -> dict[str, int]:
    if missing := [head for head in _WANTED if head not in heads]:
        raise InputError(f"no column header for {', '.join(missing)}", f"line {line}", f"found: {', '.join(heads)}")
    return {head: heads.index(head) for head in _WANTED}


def _row(line: str, width: int, number: int) -> list[float]:
    try:
        values = [float(part) for part in line.split("\t")]
    except ValueError:
        raise InputError(f"{line[:40]!r} is not a row of numbers", f"line {number}") from None
    if len(values) != width or not np.all(np.isfinite(values)):
        raise InputError(f"{len(values)} of {width} values", f"line {number}", f"the column headers name {width}")
    return values


def _meta(lines: list[str]) -> dict[str, Json]:
    values = {match[1].strip(): float(match[2]) for line in lines if (match := _VALUE.match(line))}
    words = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
    meta: dict[str, Json] = {
        "instrument": words.get("System", "Hysitron"),
        "started": words.get("Time Stamp", ""),
        "inputs": values,
        "vendor": {},
    }
    if "Machine Comp" in values:
        meta["frame_compliance_nm_per_mn"] = values["Machine Comp"] * 1e3  # the file has nm/µN
    if "Drift Rate" in values:
        meta["drift_nm_per_s"] = values["Drift Rate"]
    tip = [values.get(f"Tip C{k}", 0.0) for k in range(6)]
    if tip[0] > 0:
        meta["tip_area_nm"] = tip
    return meta
