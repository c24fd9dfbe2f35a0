"""Text files that were cut, lost a field, or were delimited or encoded anew: the same numbers, a prefix, or a word.

The oracle is the whole file, see `mutants`. The files are written here, one per layout; the seed is fixed. Real files
are in `test_fuzzed_files`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mutants import outcomes

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


def _sweep() -> str:
    return "Voltage (V),Current (uA)\n" + "".join(f"{-0.5 + 0.02 * i:.3f},{-12.5 + 0.5 * i:.5g}\n" for i in range(51))


def _thermogram() -> str:
    rows = (f"{0.5 * i:.2f},{25 + 5 * i:.2f},{8 - 0.02 * i - 0.5 * np.tanh(0.1 * (i - 60)):.5f}\n" for i in range(120))
    return "time (min),temperature (C),mass (mg)\n" + "".join(rows)


def _sizes() -> str:
    rows = (
        f"{10 ** (-1 + 0.05 * i):.6g}\t{100 / (8 * np.sqrt(np.pi)) * np.exp(-(((i - 30) / 8) ** 2)):.3f}\n"
        for i in range(60)
    )
    return "Size (um)\tVolume In %\n" + "".join(rows)


def _indentation() -> str:
    up = [(0.1 * i, 2.0 * i, 0.001 * i**2) for i in range(100)]
    down = [(10 + 0.1 * i, 198 - 0.8 * i, 9.801 * (1 - i / 100) ** 1.5) for i in range(100)]
    return "Time (s);Depth (nm);Load (mN)\n" + "".join(f"{t:.2f};{h:.3f};{p:.5f}\n" for t, h, p in up + down)


LAYOUTS: dict[str, Callable[[], str]] = {
    "a.bdf.csv": _cycling,
    "b.csv": _impedance,
    "c.csv": _isotherm,
    "d.txt": _raman,
    "e.xdi": _absorption,
    "f.csv": _sweep,
    "g.csv": _thermogram,
    "h.txt": _sizes,
    "i.txt": _indentation,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_mutant_is_read_wrong_without_a_word(tmp_path: Path, name: str) -> None:
    content, count = LAYOUTS[name]().encode(), MUTANTS // len(LAYOUTS)
    found = outcomes(tmp_path / name, content, count, random.Random(f"{SEED} {name}"))
    assert [one for one in found if one.verdict in {"silent", "unexpected"}] == []
