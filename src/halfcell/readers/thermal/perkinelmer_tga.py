"""PerkinElmer Pyris thermogravimetry, exported as text, with its stages and gases; also written here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.readers.common.text_files import decode, lines_as_lf
from halfcell.readers.common.thermogram import MARK, thermogram

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_STAGE = re.compile(r"^(\d{1,12})\) TGA ")
_GAS = re.compile(r"Switch the Gas to (.+?) at ([\d.]+) ml/min", re.IGNORECASE)
_POINTS = re.compile(r"^Total Points in Run:\s*(\d{1,12})(?!\d)", re.MULTILINE)
_MASS = re.compile(r"^Sample Weight:\s*([\d.]+) mg", re.MULTILINE)
_COLUMNS = 5  # time, weight, baseline weight, program temperature, sample temperature


def recognises(raw: RawFile) -> bool:
    """Whether there are method steps and a TGA stage with an unsubtracted weight."""
    return b"Method Steps:" in raw.head and b"Unsubtracted" in raw.head and b"TGA " in raw.head


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one run; stages are the steps of the method, their gases are in ``meta["gases"]``.

    The baseline is subtracted from the weight; if it is zero throughout, no blank was run.
    """
    text = decode(lines_as_lf(raw.read()), "cp1252")
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _STAGE.match(line)]
    if not starts:
        raise InputError("no stage in the file", hint="expected a line such as '1) TGA Temperature Scan'")
    rows, stages = _rows(lines, starts)
    if not rows:
        raise InputError("no row of numbers after the stages", hint="rows that begin with a tab are expected")
    promised = _POINTS.search(text)
    if promised and len(rows) < int(promised[1]):
        raise InputError(f"{len(rows)} of {promised[1]} points found", hint="the file is truncated")
    table = np.array(rows)
    meta = _meta(text, lines[: starts[0]]) | {"blank_subtracted": bool(np.any(table[:, 2] != 0))}
    run = thermogram(table[:, 0] * 60.0, table[:, 4], table[:, 1] - table[:, 2], meta, np.array(stages, dtype=float))
    return (run,)


def _rows(lines: list[str], starts: list[int]) -> tuple[list[list[float]], list[int]]:
    rows, stages = [], []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _STAGE.match(lines[start])
        number = int(match[1]) if match else 0
        first = start + 3 if "Time" in lines[min(start + 1, len(lines) - 1)] else start + 1
        for place, line in enumerate(lines[first:stop], first + 1):
            parts = line.split()
            if not line.startswith("\t") or len(parts) < _COLUMNS:
                break  # an empty line, or the calibrations after the last stage
            try:
                rows.append([float(part) for part in parts[:_COLUMNS]])
            except ValueError:
                raise InputError(f"{line.strip()[:40]!r} is not a row of numbers", f"line {place}") from None
            stages.append(number)
    return rows, stages


def _meta(text: str, head: list[str]) -> dict[str, Json]:
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":\t") for line in head) if value}
    mass = _MASS.search(text)
    meta: dict[str, Json] = {
        "title": fields.get("Sample ID", ""),
        "instrument": "PerkinElmer",
        "started": fields.get("Data Collected", ""),
        "gases": _gases(head),
        "steps": [line.strip() for line in head if re.match(r"^\d+\)\t", line)],
    }
    if mass:
        meta["sample_mass_mg"] = float(mass[1])
    return meta | {"simulated": True} if MARK in "\n".join(head) else meta


def _gases(head: list[str]) -> list[list[Json]]:
    """Pairs (stage, gas): the stage from which a gas flows, and its name; a gas at 0 ml/min does not flow."""
    stage = 1
    gases: list[list[Json]] = []
    for line in head:
        step = re.match(r"^(\d+)\)\t", line)
        gas = _GAS.search(line)
        if step:
            stage = int(step[1])
        elif gas and float(gas[2]) > 0.0:
            gases.append([stage, gas[1].strip()])
    return gases


def write(measurement: Measurement) -> bytes:
    """Write a run in this format, with the gases in ``meta["gases"]``; simulated runs are marked in the comment."""
    stages = measurement["stage_count"].astype(int)
    gases = dict(measurement.meta.get("gases", []))
    mark = MARK if measurement.is_simulated else ""
    lines = [
        f"Filename:\t{measurement.meta.get('title', '')}.tg8d ",
        f"Sample ID:\t{measurement.meta.get('title', '')} ",
        f"Comment: \t{mark} ",
        f"Data Collected:\t{measurement.meta.get('started', '')} ",
        f"Sample Weight:\t{measurement.meta.get('sample_mass_mg', measurement['mass_milligram'][0]):.3f} mg ",
        f"Total Points in Run:\t{len(measurement)} ",
        "Method Steps: ",
    ]
    for number in np.unique(stages):
        lines.append(f"{number})\tStage {number} ")
        if int(number) in gases:
            lines.append(f"\t\tSwitch the Gas to {gases[int(number)]} at 45.0 ml/min  ")
    for number in np.unique(stages):
        lines += _stage(measurement, int(number), stages == number)
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _stage(measurement: Measurement, number: int, chosen: np.ndarray) -> list[str]:
    time, temperature, mass = (
        measurement[name][chosen] for name in ("test_time_second", "temperature_degc", "mass_milligram")
    )
    kind = "Temperature Scan" if np.ptp(temperature) > 20.0 else "Isothermal"
    heads = [
        f"{number}) TGA {kind} ",
        "\tTime     \tUnsubtracted\tBaseline     \tProgram     \tSample     \tSample     \tBalance      ",
        "\t          \tWeight     \tWeight     \tTemperature\tTemperature\tPurge Flow\tPurge Flow ",
    ]
    rows = zip(time / 60.0, mass, temperature, strict=True)
    return (
        heads + [f"\t{t:.6f}\t{m:.6f}\t0.000000\t{k:.6f}\t{k:.6f}\t45.000000\t70.000000 " for t, m, k in rows] + [" "]
    )
