"""Sorption isotherms of BELSORP, exported as .DAT in English or Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.isotherm import MARK, adsorptive_name, isotherm, loading_factor
from halfcell.readers.common.spreadsheets import number
from halfcell.readers.common.text_files import decode, lines_as_lf

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
QUICK = True
SUFFIXES = (".dat", ".txt", ".csv")

_BRANCHES = {"Adsorption data": 0.0, "Desorption data": 1.0, "吸着データ": 0.0, "脱着データ": 1.0}
_HEADS = re.compile(r'^"No\."\t')
_WORDS = {
    "gas": ("Adsorptive:", "吸着質名称："),
    "kelvin": ("Meas. Temp./K:", "吸着温度／Ｋ："),
    "mass": ("Sample weight/g:", "試料重量／g："),
    "title": ("Comment1:", "コメント１："),
    "started": ("Date of measurement:", "測定開始日："),
}


class _Branch(NamedTuple):
    """The rows of one branch, as texts, with its heads."""

    number: float
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def recognises(raw: RawFile) -> bool:
    """Whether there is a head of BELSORP, with the adsorptive and a branch of data."""
    head = lines_as_lf(raw.head)
    english = b"Adsorption data" in head and b'"Adsorptive' in head
    return english or (b'"No."\t' in head and "吸着データ".encode("shift-jis") in head)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read both branches of one isotherm.

    Raises
    ------
    InputError
        If a branch has no end row (the file is truncated), or a row is no row of numbers.
    """
    lines = decode(lines_as_lf(raw.read()), "shift-jis").split("\n")
    fields = _fields(lines)
    points = [point for branch in _branches(lines) for point in _points(branch)]
    if not points:
        raise InputError("no point of an isotherm", hint="export it again")
    number_, pressure, saturation, loading = np.array(points, dtype=float).T
    meta: dict[str, Json] = {
        "title": fields.get("title", ""),
        "instrument": "BELSORP",
        "started": _date(fields.get("started", "")),
        "adsorptive": adsorptive_name(fields.get("gas", "")),
        "vendor": {},
        "saturation_pascal": float(np.median(saturation)) * 1e3,
    }
    for key, word in (("temperature_kelvin", "kelvin"), ("sample_mass_gram", "mass")):
        value = number(fields.get(word))
        if value is not None and value > 0:
            meta[key] = value
    if any(MARK in line for line in lines):
        meta["simulated"] = True
    return (isotherm(pressure / saturation, loading, meta, number_),)


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """The values of the file's head by our names."""
    found: dict[str, str] = {}
    for line in lines:
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        for name, words in _WORDS.items():
            if cells[0] in words and len(cells) > 1:
                found.setdefault(name, cells[1])
    return found


def _date(text: str) -> str:
    """``16/04/19`` (year, month, day) as a date; anything else as it is."""
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d\d)", text.strip())
    return f"20{found[1]}-{found[2]}-{found[3]}" if found else text


def _branches(lines: Sequence[str]) -> Iterator[_Branch]:
    """The branches; the row of one ends with a row that begins with 0."""
    for at, line in enumerate(lines):
        number_ = _BRANCHES.get(line.strip())
        if number_ is None:
            continue
        start = next((n for n in range(at, min(at + 4, len(lines))) if _HEADS.match(lines[n])), None)
        rows = [] if start is None else [tuple(one.split("\t")) for one in lines[start + 1 :]]
        end = next((n for n, row in enumerate(rows) if row[0].strip() == "0"), None)
        if start is None or end is None:
            raise InputError("the file is truncated: a branch has no end", hint="copy or export it again")
        heads = tuple(head.strip().strip('"') for head in lines[start].split("\t"))
        yield _Branch(number_, heads, tuple(rows[:end]))


def _points(branch: _Branch) -> Iterator[tuple[float, float, float, float]]:
    """Branch, pressure and saturation pressure (kPa), and loading (cm3 STP/g) of each row."""
    try:
        pressure, saturation = branch.heads.index("Pe/kPa"), branch.heads.index("P0/kPa")
    except ValueError:
        raise InputError(f"no columns Pe/kPa and P0/kPa among {', '.join(branch.heads)}") from None
    factor = loading_factor(branch.heads[-1].partition("/")[2])
    for row in branch.rows:
        values = [number(cell) for cell in row[: len(branch.heads)]]
        if len(values) < len(branch.heads) or any(value is None for value in values):
            raise InputError(f"{' '.join(row)[:40]!r} is not a row of {len(branch.heads)} numbers")
        known = [float(value) for value in values if value is not None]
        if known[saturation] <= 0:
            raise InputError(f"the saturation pressure at point {row[0].strip()} is not above 0")
        yield branch.number, known[pressure], known[saturation], known[-1] * factor


_HEAD = """{rule}
 System property Ver1.2.6
{rule}
"Instrument S/N:"\t00000
"Vs/ml:"\t27.698
{rule}
 Measurement condition
{rule}
"Adsorptive:"\t{gas}
"Meas. Temp./K:"\t{kelvin:.2f}
"Equilibrium time/sec:"\t300
{rule}
 Sample information
{rule}
"Sample weight/g:"\t{mass:.5f}
"Comment1:"\t"{title}"
"Comment2:"\t""
"Comment3:"\t""
"Comment4:"\t"{mark}"
{rule}
 Time and dead volume
{rule}
"Date of measurement:"\t70/01/01"""
_SATURATION_KPA = 101.325


def write(measurement: Measurement) -> bytes:
    """Write a BELSORP .DAT (English); simulated isotherms are marked in the fourth comment."""
    rule = "=" * 20
    lines = _HEAD.format(
        rule=rule,
        gas=measurement.meta.get("adsorptive", "N2"),
        kelvin=float(measurement.meta.get("temperature_kelvin", 77.35)),
        mass=float(measurement.meta.get("sample_mass_gram", 0.1)),
        title=measurement.meta.get("title", ""),
        mark=MARK if measurement.is_simulated else "",
    ).split("\n")
    for name, branch in (("Adsorption", 0.0), ("Desorption", 1.0)):
        lines += [rule, f" {name} data", rule, '"No."\t"Pe/kPa"\t"P0/kPa"\t"Vd/ml"\t"V/ml(STP) g-1"']
        lines += _rows(measurement, measurement["branch"] == branch, _SATURATION_KPA)
    return ("\n".join(lines) + "\n").encode("ascii", "replace")


def _rows(measurement: Measurement, chosen: np.ndarray, saturation: float) -> list[str]:
    pairs = zip(
        measurement["relative_pressure"][chosen] * saturation,
        measurement["loading_cm3_stp_per_gram"][chosen],
        strict=True,
    )
    rows = [f"{n}\t{p:.6E}\t{saturation:.3f}\t30.000\t{v:.6E}" for n, (p, v) in enumerate(pairs, 1)]
    return [*rows, "0\t0\t0\t0\t0"]
