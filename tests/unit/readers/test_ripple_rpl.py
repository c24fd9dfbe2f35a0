"""Lispix maps: written and read again, read by another program, in all layouts of the format, and damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read
from halfcell.readers.images import ripple_rpl
from halfcell.techniques.edx import Parameters, simulate

MAP = simulate(
    Parameters(size=(6, 9), channels=120, pixel_nm=50.0, step_kiloelectronvolt=0.02), np.random.default_rng(1)
)


def _saved(folder: Path) -> Path:
    head, numbers = ripple_rpl.write(MAP)
    path = folder / "map.rpl"
    path.write_bytes(head)
    path.with_suffix(".raw").write_bytes(numbers)
    return path


def test_a_map_is_read_as_it_was_written(tmp_path: Path) -> None:
    back = read(_saved(tmp_path))
    np.testing.assert_array_equal(back["count_map"], MAP["count_map"])
    np.testing.assert_allclose(back["energy_kiloelectronvolt"], MAP["energy_kiloelectronvolt"], atol=1e-6)
    for name in ("pixel_width_nm", "beam_kilovolt", "take_off_angle_degree", "live_time_second", "simulated"):
        assert back.meta[name] == MAP.meta[name]


def test_another_program_reads_the_same(tmp_path: Path) -> None:
    """RosettaSciIO's reader of the format."""
    api = pytest.importorskip("rsciio.ripple")
    [signal] = api.file_reader(str(_saved(tmp_path)))
    np.testing.assert_array_equal(signal["data"], MAP["count_map"])
    axis = signal["axes"][-1]
    assert axis["offset"] == pytest.approx(1e3 * MAP["energy_kiloelectronvolt"][0])
    assert axis["scale"] == pytest.approx(20.0)


@pytest.mark.parametrize("record", ["vector", "image"])
@pytest.mark.parametrize(("order", "kind"), [("little-endian", "<u2"), ("big-endian", ">u4"), ("big-endian", ">f4")])
def test_layouts(tmp_path: Path, record: str, order: str, kind: str) -> None:
    cube = np.asarray(MAP["count_map"])
    stored = cube if record == "vector" else np.moveaxis(cube, -1, 0)
    words = {"u": "unsigned", "f": "float"}[kind[1]]
    rows = {"width": 9, "height": 6, "depth": 120, "offset": 16, "data-length": kind[2], "data-type": words}
    rows |= {"byte-order": order, "record-by": record, "depth-scale": 0.02, "depth-units": "keV", "depth-origin": -0.2}
    path = tmp_path / "map.rpl"
    path.write_text("key\tvalue\n" + "".join(f"{key}\t{value}\n" for key, value in rows.items()))
    path.with_suffix(".raw").write_bytes(b"\0" * 16 + np.ascontiguousarray(stored).astype(kind).tobytes())
    back = read(path)
    np.testing.assert_array_equal(back["count_map"], cube)
    np.testing.assert_allclose(back["energy_kiloelectronvolt"], MAP["energy_kiloelectronvolt"], atol=1e-9)


def test_without_its_numbers_or_with_too_few_it_is_an_error(tmp_path: Path) -> None:
    path = _saved(tmp_path)
    numbers = path.with_suffix(".raw")
    numbers.write_bytes(numbers.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"of \d+ bytes"):
        read(path)
    numbers.unlink()
    with pytest.raises(InputError, match=r"no \.raw beside"):
        read(path)


@pytest.mark.parametrize(
    ("line", "by", "said"),
    [
        ("data-type\tunsigned", "data-type\tcomplex", "numbers are said"),
        ("width\t9", "width\tnine", "not a number"),
        ("width\t9", "width\t-9", "whole number"),
        ("offset\t0\n", "", "no line 'offset'"),
    ],
)
def test_wrong_heads_are_named(tmp_path: Path, line: str, by: str, said: str) -> None:
    path = _saved(tmp_path)
    path.write_text(path.read_text().replace(line, by))
    with pytest.raises(InputError, match=said):
        read(path)
