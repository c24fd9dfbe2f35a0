"""Readers of indentation: real, truncated and corrupted files, round trip of what is written."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.core.raw import RawFile
from halfcell.readers import find, hysitron_txt, mts_xls, read, read_all
from halfcell.techniques.indentation import Parameters, simulate

FOLDER = "materials/indentation"


def test_mts(data: Path) -> None:
    tests = read_all(data / FOLDER / "FQ.xls")
    assert [test.meta["title"] for test in tests] == [f"test {k}" for k in range(1, 11)]
    first = tests[0]
    assert first["load_newton"].max() == pytest.approx(0.5003398, abs=1e-7)
    assert first["depth_metre"][378] == pytest.approx(524.194e-9, abs=1e-12)  # where "Cycle Unload Marker 1" stands
    assert first.meta["poisson_ratio"] == 0.18
    assert first.meta["drift_corrected"] is True
    assert first.source.reader == "mts_xls"


def test_hysitron(data: Path) -> None:
    test = read(data / FOLDER / "RobinSteel0000LC.txt")
    assert len(test) == 5304
    assert test["load_newton"].max() == pytest.approx(3000.027013e-6, abs=1e-12)
    assert test["depth_metre"][0] == pytest.approx(0.814723e-9, abs=1e-15)
    assert test.meta["started"] == "Mon Apr 29 10:41:06 2019"
    assert not test.is_simulated


def test_hysitron_round_trip(tmp_path: Path) -> None:
    made = simulate(Parameters(), np.random.default_rng(0))
    path = tmp_path / "made.txt"
    path.write_bytes(hysitron_txt.write(made))
    back = read(path)
    assert back.is_simulated
    assert "simulated by halfcell" in path.read_text("latin-1").splitlines()[0]
    for name in ("load_newton", "depth_metre", "test_time_second"):
        np.testing.assert_allclose(back[name], made[name], atol=1e-12 if name != "test_time_second" else 1e-6)


@pytest.mark.parametrize(("name", "reader"), [("FQ.xls", mts_xls), ("RobinSteel0000LC.txt", hysitron_txt)])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_truncated(data: Path, tmp_path: Path, name: str, reader: object, part: float) -> None:
    content = (data / FOLDER / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(part * len(content))])
    if find(RawFile(path))[1] is reader:
        with pytest.raises(InputError) as caught:
            read_all(path)
        assert str(path) in str(caught.value)


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 270_000), junk=st.binary(min_size=1, max_size=40))
def test_corrupted_hysitron(data: Path, tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes) -> None:
    content = bytearray((data / FOLDER / "RobinSteel0000LC.txt").read_bytes())
    content[place : place + len(junk)] = junk
    path = tmp_path_factory.mktemp("corrupt") / "broken.txt"
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):  # nothing else may come out
        assert np.all(np.isfinite(read_all(path)[0]["load_newton"]))


@pytest.mark.parametrize("seed", range(12))
def test_corrupted_mts(data: Path, tmp_path: Path, seed: int) -> None:
    content = bytearray((data / FOLDER / "Popin.xls").read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(512, len(content), 60):
        content[place] = rng.integers(256)
    path = tmp_path / "broken.xls"
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):  # nothing else may come out
        assert all(len(test) for test in read_all(path))
