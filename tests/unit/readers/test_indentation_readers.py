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
from halfcell.readers import find, read, read_all
from halfcell.readers.indentation import fischer_txt, hysitron_hld, hysitron_txt, mts_xls
from halfcell.techniques.indentation import Parameters, simulate

FOLDER = "materials/indentation"


def test_a_batch_of_mts_gives_what_its_sheets_say(data: Path) -> None:
    tests = read_all(data / FOLDER / "FQ.xls")
    assert [test.meta["title"] for test in tests] == [f"test {k}" for k in range(1, 11)]
    first = tests[0]
    assert first["load_newton"].max() == pytest.approx(0.5003398, abs=1e-7)
    assert first["depth_metre"][378] == pytest.approx(524.194e-9, abs=1e-12)  # where "Cycle Unload Marker 1" stands
    assert first.meta["poisson_ratio"] == 0.18
    assert first.meta["drift_corrected"] is True
    assert first.source.reader == "mts_xls"


def test_a_text_of_hysitron_gives_what_it_says(data: Path) -> None:
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


def test_a_binary_of_hysitron_gives_what_its_export_says(data: Path) -> None:
    test = read(data / FOLDER / "Exp-50mN_0000.hld")
    assert test.source.reader == "hysitron_hld"
    assert len(test) == 1068
    assert test["depth_metre"][0] == pytest.approx(5.800346e-9)
    assert test["load_newton"][0] == pytest.approx(204.64406e-6)
    assert test.meta["frame_compliance_nm_per_mn"] == pytest.approx(6.63947)
    assert test.meta["drift_nm_per_s"] == 0.03648
    assert test.meta["tip_area_nm"][0] == 24.5


def test_a_batch_of_fischer_gives_what_its_text_says(data: Path) -> None:
    tests = read_all(data / FOLDER / "FS1.txt")
    assert [len(test) for test in tests] == [1200] * 10
    first = tests[0]
    assert first.source.reader == "fischer_txt"
    assert first["load_newton"].max() == pytest.approx(299.995e-3)
    assert first["depth_metre"][0] == pytest.approx(0.031365e-6)
    assert first.meta["vendor"]["plane_strain_modulus_gpa"] == 83.7
    assert first.meta["vendor"]["elastic_share"] == pytest.approx(0.7901)
    assert tests[1].meta["vendor"]["plane_strain_modulus_gpa"] == 82.5


MADE = simulate(Parameters(rest_s=0.0), np.random.default_rng(0))


@pytest.mark.parametrize(
    "head",
    [
        "Time [s],Pd [nm],Fn [mN]",
        "Time (s)\tDepth (nm)\tLoad (mN)",
        "t(s);h(nm);P(mN)",
        "Time,Displacement,Force\ns,nm,mN",
    ],
)
def test_columns_of_other_makers(tmp_path: Path, head: str) -> None:
    mark = next(sign for sign in "\t;," if sign in head)
    names = ("test_time_second", "depth_metre", "load_newton")
    table = np.stack([MADE[names[0]], MADE[names[1]] * 1e9, MADE[names[2]] * 1e3], axis=1)
    rows = "\n".join(mark.join(f"{value:.6f}" for value in row) for row in table)
    path = tmp_path / "export.txt"
    path.write_text(f"Sample{mark}steel{mark}\n{head}\n{rows}\n", "utf-8")
    test = read(path)
    assert test.source.reader == "indentation_columns"
    np.testing.assert_allclose(test["load_newton"], MADE["load_newton"], atol=1e-9)
    np.testing.assert_allclose(test["depth_metre"], MADE["depth_metre"], atol=1e-14)


def test_micromaterials_has_no_heads(tmp_path: Path) -> None:
    names = ("test_time_second", "depth_metre", "load_newton")
    inside = MADE["test_time_second"] >= 6.0
    table = np.stack([MADE[names[0]] - 6.0, MADE[names[1]] * 1e9, MADE[names[2]] * 1e3], axis=1)[inside]
    path = tmp_path / "indent.txt"
    path.write_text("\n".join(" ".join(f"{value:.5f}" for value in row) for row in table), "utf-8")
    test = read(path)
    assert test.source.reader == "micromaterials_txt"
    assert test["load_newton"].max() == pytest.approx(MADE["load_newton"].max(), abs=1e-7)


def test_hdf5_of_the_common_format(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    path = tmp_path / "tests.hdf5"
    with h5py.File(path, "w") as book:
        book.attrs["version"] = "2.0"
        book.attrs["uri"] = "https://example.org/nmd2hdf.py"
        for number in (2, 10, 1):
            group = book.create_group(f"test_{number}/data")
            group["displacement"] = MADE["depth_metre"]
            group["force"] = MADE["load_newton"] * number
            group["time"] = MADE["test_time_second"]
    tests = read_all(path)
    assert [test.meta["title"] for test in tests] == ["test 1", "test 2", "test 10"]
    assert tests[2]["load_newton"].max() == pytest.approx(10.0 * MADE["load_newton"].max())
    assert tests[0].meta["instrument"] == "KLA"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="the HDF5 file is damaged or truncated"):
        read_all(path)


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("FQ.xls", mts_xls),
        ("RobinSteel0000LC.txt", hysitron_txt),
        ("Exp-50mN_0000.hld", hysitron_hld),
        ("FS1.txt", fischer_txt),
    ],
)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.993])
def test_a_cut_file_is_refused_with_its_path(
    data: Path, tmp_path: Path, name: str, reader: object, part: float
) -> None:
    content = (data / FOLDER / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[: int(part * len(content))])
    if find(RawFile(path))[1] is reader:
        with pytest.raises(InputError) as caught:
            read_all(path)
        assert str(path) in str(caught.value)


def test_hysitron_test_without_points(data: Path, tmp_path: Path) -> None:
    lines = (data / FOLDER / "Exp-50mN_0000.hld").read_bytes().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(b"Test Data Points:"))
    path = tmp_path / "none.hld"
    path.write_bytes(b"".join([*lines[:start], b"Test Data Points: 0\r\n", *lines[start + 1 :]]))
    with pytest.raises(InputError, match="no points"):
        read_all(path)


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 270_000), junk=st.binary(min_size=1, max_size=40))
def test_a_spoilt_text_of_hysitron_is_read_or_refused(
    data: Path, tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes
) -> None:
    content = bytearray((data / FOLDER / "RobinSteel0000LC.txt").read_bytes())
    content[place : place + len(junk)] = junk
    path = tmp_path_factory.mktemp("corrupt") / "broken.txt"
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):  # nothing else may come out
        assert np.all(np.isfinite(read_all(path)[0]["load_newton"]))


@pytest.mark.parametrize("seed", range(12))
def test_a_spoilt_workbook_of_mts_is_read_or_refused(data: Path, tmp_path: Path, seed: int) -> None:
    content = bytearray((data / FOLDER / "Popin.xls").read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(512, len(content), 60):
        content[place] = rng.integers(256)
    path = tmp_path / "broken.xls"
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):  # nothing else may come out
        assert all(len(test) for test in read_all(path))
