"""What happens in every laboratory, put into some raw files of the example study: each is found, told and handled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PAUSE_S = 15.0  # a cycler that lost its mains for a moment
_RECORDED = 0.4  # of an unloading: the memory of the instrument was full


class Accident(NamedTuple):
    """What happened to a raw file: its path, what the README of the study tells of it, the change of its content."""

    path: str
    told: str
    change: Callable[[bytes], bytes]


def with_decimal_commas(content: bytes) -> bytes:
    """The columns of an EC-Lab text with decimal commas, as a computer set to German writes them."""
    head, rows = _mpt(content)
    return _joined(head, [row.replace(".", ",") for row in rows])


def with_a_pause(content: bytes) -> bytes:
    """An EC-Lab text whose current stops for a quarter of a minute in the middle of its longest step."""
    head, rows = _mpt(content)
    names = head[-1].split("\t")
    time, current = names.index("time/s"), names.index("<I>/mA")
    cells = [row.split("\t") for row in rows]
    flowing = [k for k in range(len(cells) - 1) if float(cells[k][current]) and float(cells[k + 1][current])]
    before = max(flowing, key=lambda k: float(cells[k + 1][time]) - float(cells[k][time]))
    stopped = []
    for after, flows in ((1.0, False), (_PAUSE_S, False), (_PAUSE_S + 0.1, True)):
        row = list(cells[before])
        row[current], row[time] = row[current] if flows else _text(0.0), _text(float(row[time]) + after)
        stopped.append(row)
    later = [[*row[:time], _text(float(row[time]) + _PAUSE_S), *row[time + 1 :]] for row in cells[before + 1 :]]
    return _joined(head, ["\t".join(row) for row in (*cells[: before + 1], *stopped, *later)])


def with_half_an_unloading(content: bytes) -> bytes:
    """A text of a Hysitron indenter that ends within the unloading, as its count of points says."""
    lines = content.decode("latin-1").splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("Depth")) + 1
    loads = [float(line.split("\t")[1]) for line in lines[first:]]
    peak = max(range(len(loads)), key=loads.__getitem__)
    last = next(k for k in range(peak, len(loads)) if loads[k] < (1.0 - _RECORDED) * loads[peak] and k > peak)
    kept = [f"Number of Points = {last}" if line.startswith("Number of Points") else line for line in lines[:first]]
    return ("\n".join([*kept, *lines[first : first + last]]) + "\n").encode("latin-1")


def without_a_scale(content: bytes) -> bytes:
    """The text beside a picture without its line of the pixel's size."""
    lines = content.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("PixelSize")).encode()


ACCIDENTS: Sequence[Accident] = (
    Accident("raw/cycling/PVC-C.mpt", "has decimal commas", with_decimal_commas),
    Accident("raw/cycling/Si-Sn-15.mpt", "has a pause of 15 s within a half cycle", with_a_pause),
    Accident("raw/indentation/FeSi2_3.txt", "ends within the unloading", with_half_an_unloading),
    Accident(
        "raw/sem/Si_a-Sn_NiSi2.txt", "states no size of a pixel: study.toml gives that of the bar", without_a_scale
    ),
)
"""The cycling test of Si-CoSi2 ends within a cycle, too: it is simulated so."""


def _mpt(content: bytes) -> tuple[list[str], list[str]]:
    """Head and rows of an EC-Lab text."""
    lines = content.decode("latin-1").splitlines()
    count = int(lines[1].split(":")[1])
    return lines[:count], lines[count:]


def _joined(head: list[str], rows: list[str]) -> bytes:
    return ("\n".join([*head, *rows]) + "\n").encode("latin-1")


def _text(value: float) -> str:
    """A number as EC-Lab writes it."""
    return f"{value:.15E}".replace("E+", "E+0").replace("E-", "E-0")
