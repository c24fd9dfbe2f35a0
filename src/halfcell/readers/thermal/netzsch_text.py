"""Thermogravimetry by NETZSCH Proteus, exported as text or CSV: lines of #KEY:value, then ##columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, in_milligrams, rows_of, thermogram

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".txt", ".csv")

_SEPARATORS = {"SEMICOLON": ";", "COMMA": ",", "TAB": "\t", "SPACE": None}
_MASS = re.compile(r"^(?:Mass|TG)(?: change)?/\(?([%a-zµ]+)", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Whether it is an export of Proteus whose columns hold a mass."""
    head = raw.head[:20000]
    return (
        head.lstrip(b"\xef\xbb\xbf").startswith(b"#EXPORTTYPE:") and re.search(rb"\n##.*(Mass|TG)/", head) is not None
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """One run. The degree sign may be any byte, the decimal sign a comma; % are of the sample's mass."""
    lines = decode(lines_as_lf(raw.read()), "cp1252").split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith("##")), None)
    if start is None:
        raise InputError("there is no head of columns", hint="is the file truncated?")
    keys = {k.lstrip("#"): v.strip() for k, _, v in (line.partition(":") for line in lines[:start])}
    separator = _SEPARATORS.get(keys.get("SEPARATOR", "SEMICOLON"), ";")
    heads = [head.strip() for head in lines[start][2:].split(separator)]
    body = lines[start + 1 :]
    if keys.get("DECIMAL") == "COMMA":
        body = [line.replace(",", ".") for line in body]
    places = _places(heads)
    table = rows_of(body, len(heads), start + 2, separator)
    meta = _meta(keys)
    match = _MASS.match(heads[places["mass"]])
    mass = in_milligrams(table[:, places["mass"]], match[1].lower() if match else "%", meta.get("sample_mass_mg"))
    time = table[:, places["time"]] * (1.0 if heads[places["time"]].endswith("/s") else 60.0)
    stage = table[:, places["segment"]] if "segment" in places else None
    return (thermogram(time, table[:, places["temperature"]], mass, meta, stage),)


def _places(heads: list[str]) -> dict[str, int]:
    """Where temperature, time, mass and the segment stand."""
    starts = {"temperature": ("temp",), "time": ("time",), "mass": ("mass", "tg"), "segment": ("segment",)}
    found = {}
    for name, start in starts.items():
        place = next((i for i, head in enumerate(heads) if head.lower().startswith(start)), None)
        if place is not None:
            found[name] = place
    if missing := [name for name in ("temperature", "time", "mass") if name not in found]:
        raise InputError(f"no column of {', '.join(missing)}", hint=f"there are: {', '.join(heads)}")
    return found


def _meta(keys: dict[str, str]) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "title": keys.get("SAMPLE") or keys.get("IDENTITY", ""),
        "instrument": keys.get("INSTRUMENT", "NETZSCH"),
        "started": keys.get("DATE/TIME", ""),
        "blank_subtracted": bool(keys.get("CORR. FILE")),
        "steps": [value for key, value in keys.items() if key.startswith("SEG. ")],
        "gases": [],
    }
    mass = keys.get("SAMPLE MASS /mg", "").replace(",", ".")
    if re.fullmatch(r"[\d.]+", mass) and np.isfinite(float(mass)) and float(mass) > 0:
        meta["sample_mass_mg"] = float(mass)
    return meta | {"simulated": True} if MARK in keys.get("REMARK", "") else meta
