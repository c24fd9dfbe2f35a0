"""Absorption in keV, with detector counts, in files of other suffixes: the edge is that of copper."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read


@pytest.mark.parametrize("name", ["spec_kev.dat", "xmu_ev.dat", "xmu_kev.xmu"])
def test_copper(cases: Path, name: str) -> None:
    measurement = read(cases / "18-xas-kev-columns" / name)
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    assert energy[np.argmax(np.gradient(mu, energy))] == pytest.approx(8979, abs=6)
    assert "absorption_column" in {note.code for note in measurement.notes} or name != "spec_kev.dat"


def _file(folder: Path, head: str, energies: np.ndarray, suffix: str = ".xmu") -> Path:
    path = folder / f"scan{suffix}"
    path.write_text("\n".join([head, *(f"{e:.5f} 1 {2 + i} {3 + i}" for i, e in enumerate(energies))]) + "\n")
    return path


def test_kev_without_a_unit_is_said(tmp_path: Path) -> None:
    measurement = read(_file(tmp_path, "# energy time i0 i1", np.linspace(8.8, 9.8, 50)))
    assert measurement["energy_electronvolt"][0] == pytest.approx(8800)
    assert "energy_in_kev" in {note.code for note in measurement.notes}
    assert measurement["absorption"][0] == pytest.approx(np.log(2 / 3))


@pytest.mark.parametrize(
    ("head", "scale", "what"),
    [
        ("# energy(eV) time i0 i1", 1.0, "8.8 to 9.8 eV"),
        ("# energy(keV) time i0 i1", 1000.0, "8800 to 9800 keV"),
        ("# energy time ring temperature", 1000.0, "none of the columns"),
    ],
)
def test_contradictions_are_refused(tmp_path: Path, head: str, scale: float, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(_file(tmp_path, head, scale * np.linspace(8.8, 9.8, 50)))
