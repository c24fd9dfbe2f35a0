"""TA Instruments thermogravimetry (Q series), exported as text: list of signals, then the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.json_values import number_or_none
from halfcell.core.units import UnitSet
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, in_milligrams, rows_of, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_TIME = UnitSet(("min", "s"), into=("s",), any_case=False)
_SIGNAL = re.compile(r"^Sig(\d+)\t(.+?) \((.+?)\)\s*$")
_GAS = re.compile(r"Gas(\d): (.+)")
_SELECT = re.compile(r"Select gas(?::)? ?(\d)", re.IGNORECASE)


def recognises(raw: RawFile) -> bool:
    """Whether there is a list of signals, with a weight, before the start of the data; in any encoding."""
    text = _text(raw.head)
    return "StartOfData" in text and "Nsig" in text and re.search(r"^Sig\d+\tWeight", text, re.MULTILINE) is not None


def _text(content: bytes) -> str:
    if content[:2] not in {b"\xff\xfe", b"\xfe\xff"} and content[1:2] == b"\0":
        content = b"\xff\xfe" + content
    return decode(
        lines_as_lf(content[: len(content) // 2 * 2] if content[:1] in {b"\xff", b"\xfe"} else content), "cp1252"
    )


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run. Rows whose first value is negative are marks (a new segment, the end)."""
    lines = _text(raw.read()).split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() == "StartOfData"), None)
    if start is None:
        raise InputError("no start of the data", hint="expected a line StartOfData after the list of signals")
    head = lines[:start]
    signals = [match.groups() for line in head if (match := _SIGNAL.match(line))]
    names = [name.strip() for _, name, _ in signals]
    wanted = {"time": "Time", "temperature": "Temperature", "weight": "Weight"}
    if missing := [word for word in wanted.values() if word not in names]:
        raise InputError(f"no signal {', '.join(missing)}", hint=f"found: {', '.join(names)}")
    table = rows_of(lines[start + 1 :], len(names), start + 2)
    if table[-1, 0] != -1.0:
        raise InputError("no end mark", f"line {len(lines)}", "the file is truncated")
    marks = table[:, 0] < 0
    stage = np.cumsum(table[:, 0] == -3.0)[~marks].astype(float)
    data = table[~marks]
    units = dict(zip(names, (unit for _, _, unit in signals), strict=True))
    meta = _meta(head)
    time = data[:, names.index("Time")] * (_TIME.factor(units["Time"]) or 60.0)
    mass = in_milligrams(data[:, names.index("Weight")], units["Weight"], number_or_none(meta.get("sample_mass_mg")))
    return (thermogram(time, data[:, names.index("Temperature")], mass, meta, stage),)


def _meta(head: list[str]) -> dict[str, Json]:
    fields: dict[str, str] = {}
    gases, selected, steps = {}, [], []
    for line in head:
        key, _, value = line.partition("\t")
        if key == "Xcomment" and (gas := _GAS.match(value)):
            gases[gas[1]] = gas[2].strip()
        elif key == "OrgMethod":
            steps.append(value.strip())
            if choice := _SELECT.search(value):
                selected.append(choice[1])
        else:
            fields.setdefault(key, value.strip())
    size = fields.get("Size", "").split()
    meta: dict[str, Json] = {
        "title": fields.get("Sample", ""),
        "instrument": fields.get("Instrument", "TA Instruments"),
        "started": f"{fields.get('Date', '')} {fields.get('Time', '')}".strip(),
        "steps": steps,
        "gases": [[n, gases[choice]] for n, choice in enumerate(selected, 1) if choice in gases],
    }
    if len(size) == 2 and size[1] == "mg":
        meta["sample_mass_mg"] = float(size[0])
    return meta | {"simulated": True} if MARK in "\n".join(head) else meta
