"""Text files that were cut, lost a field, or were delimited or encoded anew: the same numbers, a prefix, or a word.

The oracle is the whole file: what is read from a mutant is the beginning of what is read from the whole file, or a note
or an error says that something is amiss. The files are written here, one per layout; the seed is fixed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError
from halfcell.core.measurement import Measurement
from halfcell.readers import read_all

MUTANTS = 2000
SEED = 20261128


def _cycling() -> str:
    head = "Test Time / s,Voltage / V,Current / A,Step Index / 1\n"
    return head + "".join(f"{10 * i},{3 + 0.001 * i:.4f},{0.5 - 0.001 * i:.4f},{1 + i // 30}\n" for i in range(60))


def _impedance() -> str:
    rows = (f"{10 ** (5 - 0.1 * i):.6e},{10 + 0.5 * i:.6e},{-1 - 0.3 * i:.6e}\n" for i in range(40))
    return "frequency (Hz),Z' (ohm),Z'' (ohm)\n" + "".join(rows)


def _isotherm() -> str:
    head = "Relative Pressure (P/Po),Quantity Adsorbed (cm3/g STP)\n"
    return head + "".join(f"{0.01 + 0.02 * i:.4g},{42.426 + 7.123 * i:.6g}\n" for i in range(45))


def _raman() -> str:
    return "#Acq. time (s)=\t10\n" + "".join(f"{200 + 0.5 * i:.3f}\t{1000 + 3.37 * i:.2f}\n" for i in range(90))


def _absorption() -> str:
    head = "# XDI/1.0\n# Column.1: energy eV\n# Column.2: mutrans\n# Element.symbol: Cu\n# ///\n#---\n"
    return head + "".join(f"{8900 + 2 * i:.2f} {0.1 + np.tanh(0.1 * (i - 30)):.6f}\n" for i in range(80))


LAYOUTS: dict[str, Callable[[], str]] = {
    "a.bdf.csv": _cycling,
    "b.csv": _impedance,
    "c.csv": _isotherm,
    "d.txt": _raman,
    "e.xdi": _absorption,
}


def _mutant(text: str, chance: random.Random) -> tuple[str, bytes]:
    """What was done, and the mutant."""
    kind = chance.choice(["cut", "cut", "cut", "field", "line ends", "utf-16", "delimiter"])
    if kind == "cut":
        return kind, text[: chance.randrange(1, len(text))].encode()
    if kind == "field":
        lines = text.split("\n")
        place = chance.randrange(12, len(lines) - 4)
        mark = next(mark for mark in "\t, " if mark in lines[place])
        cells = lines[place].split(mark)
        del cells[chance.randrange(len(cells))]
        lines[place] = mark.join(cells)
        return kind, "\n".join(lines).encode()
    if kind == "line ends":
        return kind, text.replace("\n", chance.choice(["\r\n", "\r", "\r\r\n"])).encode()
    if kind == "utf-16":
        return kind, text.encode("utf-16")
    return kind, text.replace(",", chance.choice([";", "\t"])).encode()


def _same_or_prefix(whole: tuple[Measurement, ...], made: tuple[Measurement, ...]) -> bool:
    if len(made) > len(whole):
        return False
    for one, other in zip(made, whole, strict=False):
        if one.technique != other.technique:
            return False
        for name in set(one.columns) & set(other.columns):
            if not np.array_equal(one[name], other[name][: len(one)], equal_nan=True):
                return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_mutant_is_read_wrong_without_a_word(tmp_path: Path, name: str) -> None:
    text, path = LAYOUTS[name](), tmp_path / name
    path.write_text(text)
    whole = read_all(path)
    told = {note.code for m in whole for note in m.notes}
    chance = random.Random(f"{SEED} {name}")
    silent, unexpected = [], []
    for number in range(MUTANTS // len(LAYOUTS)):
        kind, content = _mutant(text, chance)
        path.write_bytes(content)
        try:
            made = read_all(path)
        except HalfcellError as error:
            if " failed: " in str(error):
                unexpected.append((number, kind, str(error)))  # not an error of ours
            continue
        said = {note.code for m in made for note in m.notes} - told
        if not said and not _same_or_prefix(whole, made):
            silent.append((number, kind, content[-60:]))
    assert silent == []
    assert unexpected == []
