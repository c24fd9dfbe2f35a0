"""First shell: what is put into chi(k) with a scattering path comes out within its error; Feff files are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.maths import exafs_transform, first_shell
from halfcell.readers import read

K = np.arange(0.0, 20.01, 0.2)


def _path() -> first_shell.ScatteringPath:
    """A smooth path like a metal's: amplitude, phase, free path and momentum over k."""
    return first_shell.ScatteringPath(
        k=tuple(K),
        amplitude=tuple(0.35 * K * np.exp(-K / 6.0)),
        phase=tuple(-0.6 * K + 0.5),
        free_path=tuple(6.0 + 0.6 * K),
        momentum=tuple(np.sqrt(K**2 + 1.5)),
        half_length=2.55,
        degeneracy=12.0,
    )


def test_what_is_put_in_comes_out_with_calibrated_errors() -> None:
    truth = np.array([10.5, 3.0, -0.02, 0.008])
    k = exafs_transform.STEP * np.arange(320)
    clean = first_shell.chi_of_path(k, _path(), truth)
    rng = np.random.default_rng(8)
    pulls = []
    for _ in range(30):
        noisy = clean + rng.normal(0, 2e-3, len(k))
        fit = first_shell.fit_shell(noisy, _path(), (2,), (3.0, 14.0), 1.0, (1.4, 3.2))
        true = np.add(truth, (0, 0, 2.55, 0))
        pulls += [(v - t) / s for v, t, s in zip(fit.values, true, fit.stds, strict=True)]
    assert 0.55 < np.mean(np.abs(pulls) < 1) < 0.9
    assert np.abs(np.mean(np.reshape(pulls, (30, 4)), axis=0)).max() < 0.75


def test_too_few_independent_points_are_refused() -> None:
    chi = np.zeros(200)
    with pytest.raises(ValueError, match="independent points"):
        first_shell.fit_shell(chi, _path(), (2,), (3.0, 6.0), 1.0, (1.4, 2.4))


def _feff(path: first_shell.ScatteringPath) -> str:
    head = [
        " Cu                                                     Feff 6L.02  potph 4.12",
        "   2  12.000   2.5500    2.8445   -4.86046 nleg, deg, reff, rnrmav(bohr), edge",
        "    k   real[2*phc]   mag[feff]  phase[feff] red factor   lambda      real[p]@#",
    ]
    columns = (path.k, path.amplitude, path.phase, path.free_path, path.momentum)
    rows = [
        f"{k:7.3f} {0.4:12.4E} {a:12.4E} {p - 0.4:12.4E} {1.0:11.4E} {f:11.4E} {m:11.4E}"
        for k, a, p, f, m in zip(*columns, strict=True)
    ]
    return "\n".join([*head, *rows]) + "\n"


def test_feff_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "feff0001.dat").write_text(_feff(_path()), encoding="ascii")
    found = read(tmp_path / "feff0001.dat")
    assert (found.technique, found.meta["degeneracy"], found.meta["half_path_angstrom"]) == ("feff_path", 12.0, 2.55)
    assert found["phase_radian"] == pytest.approx(np.array(_path().phase), abs=2e-3)


@pytest.mark.parametrize("keep", [900, 2500])
def test_truncated_feff_file_says_so(tmp_path: Path, keep: int) -> None:
    (tmp_path / "feff0001.dat").write_text(_feff(_path())[:keep], encoding="ascii")
    with pytest.raises(InputError, match=r"Feff writes to 20|first row|as many everywhere"):
        read(tmp_path / "feff0001.dat")


def test_a_scan_is_no_path(tmp_path: Path) -> None:
    from halfcell.techniques import exafs as technique

    scan = technique.simulate(technique.Parameters(), np.random.default_rng(0))
    with pytest.raises(InputError, match="not a scattering path"):
        technique.TECHNIQUE.references["path"](scan, technique.Settings())
