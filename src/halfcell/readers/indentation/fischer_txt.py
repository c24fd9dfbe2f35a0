"""Fischerscope (WIN-HCU) indentation, exported as text: a block of F, h, t for each test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.readers.common.spreadsheets import number
from halfcell.readers.common.text_files import lines_as_lf

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_COUNT = re.compile(r"^(\d{1,12})\tn\tStatistics of block")
_HEAD = re.compile(r"^F\th\tt\b")
_VENDOR = {
    "EIT/(1-vs^2)\t[GPa]": "plane_strain_modulus_gpa",
    "HIT\t[N/mm²]": "indentation_hardness_n_per_mm2",
    "hmax\t[µm]": "depth_um",
    "We\t[µJ]": "elastic_share",
}


def recognises(raw: RawFile) -> bool:
    """Whether the first line names a .hap application and a block of F, h, t follows."""
    return b".hap\tName of the application" in raw.head[:200] and b"\nF\th\tt" in raw.head.replace(b"\r", b"")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one measurement per test; loads in mN, depths in um, decimal comma or point."""
    lines = lines_as_lf(raw.read()).decode("latin-1").split("\n")
    starts = [n for n, line in enumerate(lines) if _HEAD.match(line)]
    if not starts:
        raise InputError("no block of F, h, t", hint="expected a line of column headers that starts with F, h, t")
    promised = next((int(m[1]) for line in lines if (m := _COUNT.match(line))), 0)
    if len(starts) < promised:
        raise InputError(f"{len(starts)} of {promised} tests found", hint="the file is truncated")
    before = [0, *starts[:-1]]
    return tuple(
        _test(lines, start, lines[begin:start], k)
        for k, (start, begin) in enumerate(zip(starts, before, strict=True), 1)
    )


def _test(lines: list[str], start: int, above: list[str], count: int) -> Measurement:
    rows = []
    for place, line in enumerate(lines[start + 1 :], start + 2):
        values = [number(part) for part in line.split("\t")]
        if len(values) < 3 or any(value is None for value in values[:3]):
            if line.strip() and line[:1].isdigit():
                raise InputError(
                    f"unknown layout: {line[:40]!r}", f"line {place}", "expected three numbers: F, h and t"
                )
            break
        rows.append([float(value or 0.0) for value in values[:3]])
    if not rows:
        raise InputError("the block of F, h, t is empty", f"line {start + 1}", "expected rows of numbers below it")
    load, depth, time = np.array(rows).T
    columns = {"test_time_second": time, "depth_metre": depth * 1e-6, "load_newton": load * 1e-3}
    meta: dict[str, Json] = {
        "title": f"test {count}",
        "instrument": "Fischerscope",
        "zero": "surface",
        "vendor": _vendor(above),
    }
    return Measurement(technique="indentation", columns=columns, meta=meta)


def _vendor(lines: list[str]) -> dict[str, float]:
    """Results of the instrument; the elastic share as a fraction."""
    found = {}
    for line in lines:
        for word, key in _VENDOR.items():
            if line.startswith(word):
                last = line.split("\t")[-1].strip()
                value = number(last.rstrip("%"))
                if value is not None:
                    found[key] = value / 100.0 if last.endswith("%") else value
    return found
