"""NETZSCH Proteus thermogravimetry, exported as text or CSV: lines of #KEY:value, then ##columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, in_milligrams, rows_of, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt", ".csv")

_SEPARATORS = {"SEMICOLON": ";", "COMMA": ",", "TAB": "\t", "SPACE": None}
_MASS = re.compile(r"^(?:Mass|TG)(?: change)?/\(?([%a-zµ]+)", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Whether it is an export of Proteus with a mass column."""
    head = raw.head[:20000]
    return (
        head.lstrip(b"\xef\xbb\xbf").startswith(b"#EXPORTTYPE:") and re.search(rb"\n##.*(Mass|TG)/", head) is not None
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run; decimal point or comma, mass in mg or in % of the sample mass."""
    lines = decode(lines_as_lf(raw.read()), "cp1252").split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith("##")), None)
    if start is None:
        raise InputError("no column header", hint="expected a line that starts with ##Temp.")
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
    mass = in_milligrams(
        table[:, places["mass"]], match[1].lower() if match else "%", number_or_none(meta.get("sample_mass_mg"))
    )
    time = table[:, places["time"]] * (1.0 if heads[places["time"]].endswith("/s") else 60.0)
    stage = table[:, places["segment"]] if "segment" in places else None
    return (thermogram(time, table[:, places["temperature"]], mass, meta, stage),)


def _places(heads: list[str]) -> dict[str, int]:
    """The columns of temperature, time, mass and segment."""
    starts = {"temperature": ("temp",), "time": ("time",), "mass": ("mass", "tg"), "segment": ("segment",)}
    found = {}
    for name, start in starts.items():
        place = next((i for i, head in enumerate(heads) if head.lower().startswith(start)), None)
        if place is not None:
            found[name] = place
    if missing := [name for name in ("temperature", "time", "mass") if name not in found]:
        raise InputError(f"no column header for {', '.join(missing)}", hint=f"found: {', '.join(heads)}")
    return found


def _meta(keys: dict[str, str]) -> dict[str, Json]:
    meta: dict[str, Json] = {
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
