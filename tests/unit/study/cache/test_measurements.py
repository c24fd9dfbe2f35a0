"""Measurements kept: the same to the bit; what is damaged is not there; bounded; only where it is of use."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.source import Source
from halfcell.readers import read_all
from halfcell.study.cache.measurements import MEASUREMENTS_FOLDER, StoredMeasurements, worth_storing
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.files.input_file import InputFile

FILE = InputFile(path="raw/a.txt", sha256="ab" * 32, reader="text_dialect 1")
DTYPES = ("f8", "f4", "i8", "i4", "u4", "u1", "b1")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _bits(measurement: Measurement) -> object:
    columns = [(name, c.dtype.str, c.tobytes()) for name, c in measurement.columns.items()]
    return measurement.technique, columns, repr(dict(measurement.meta)), measurement.notes, measurement.source


def _measurement(columns: dict, meta: dict | None = None, notes: tuple[Note, ...] = ()) -> Measurement:
    source = Source(FILE.path, FILE.sha256, "text_dialect", 77)
    return Measurement(technique="cycling", columns=columns, meta=meta or {}, notes=notes, source=source)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A study folder with one raw file."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("text")
    return tmp_path


def _entries(root: Path, ending: str) -> list[Path]:
    return sorted((root / FOLDER / MEASUREMENTS_FOLDER).rglob(f"*.{ending}"))


@st.composite
def measurements(draw: st.DrawFn) -> Measurement:
    names = draw(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique=True))
    columns = {}
    for name in names:
        dtype = np.dtype(draw(st.sampled_from(DTYPES)))
        some = draw(hnp.arrays(dtype, draw(st.integers(1, 6))))
        columns[name] = np.resize(some, 2000)
    notes = draw(st.lists(st.builds(Note, st.sampled_from(["info", "doubt"]), st.text(), st.text()), max_size=3))
    return _measurement(columns, draw(st.dictionaries(st.text(), JSON, max_size=4)), tuple(notes))


@settings(max_examples=60, deadline=None)
@given(found=st.lists(measurements(), min_size=1, max_size=2))
def test_what_comes_back_is_the_same_to_the_bit(found: list[Measurement], tmp_path_factory) -> None:
    root = tmp_path_factory.mktemp("kept")
    (root / "raw").mkdir()
    (root / "raw/a.txt").write_text("text")
    kept = StoredMeasurements(root)
    kept.save(FILE, {}, found)
    back = kept.load(FILE, {})
    assert back is not None
    assert [_bits(m) for m in back] == [_bits(m) for m in found]


def test_zeros_and_not_a_numbers_keep_their_bits(root: Path) -> None:
    odd = np.frombuffer(struct.pack("<4Q", 0x8000000000000000, 0x7FF8000000000001, 0xFFF8000000000000, 1), "<f8")
    values = np.resize(odd, 3000)
    StoredMeasurements(root).save(FILE, {}, [_measurement({"voltage_volt": values})])
    back = StoredMeasurements(root).load(FILE, {})
    assert back is not None
    assert back[0]["voltage_volt"].tobytes() == values.tobytes()


@pytest.mark.parametrize("ending", ["json", "parquet"])
@pytest.mark.parametrize("harm", ["cut", "bit", "gone", "empty"])
def test_a_damaged_entry_is_not_there_and_can_be_made_again(root: Path, ending: str, harm: str) -> None:
    one = _measurement({"voltage_volt": np.arange(5000.0)}, {"title": "a"})
    kept = StoredMeasurements(root)
    kept.save(FILE, {}, [one])
    (place,) = _entries(root, ending)
    content = bytearray(place.read_bytes())
    if harm == "gone":
        place.unlink()
    else:
        content[len(content) // 2] ^= 1
        place.write_bytes({"cut": content[: len(content) // 2], "bit": content, "empty": b""}[harm])
    assert kept.load(FILE, {}) is None
    kept.save(FILE, {}, [one])
    back = kept.load(FILE, {})
    assert back is not None
    assert _bits(back[0]) == _bits(one)


def test_another_content_reader_version_name_or_map_is_another_entry(root: Path) -> None:
    kept = StoredMeasurements(root)
    kept.save(FILE, {}, [_measurement({"voltage_volt": np.arange(5000.0)})])
    assert kept.load(FILE, {}) is not None
    others = [
        InputFile(path=FILE.path, sha256="cd" * 32, reader=FILE.reader),
        InputFile(path=FILE.path, sha256=FILE.sha256, reader="text_dialect 2"),
        InputFile(path="raw/b.txt", sha256=FILE.sha256, reader=FILE.reader),
    ]
    assert [kept.load(other, {}) for other in others] == [None, None, None]
    assert kept.load(FILE, {"columns": {"U": "voltage_volt"}}) is None
    moved = InputFile(path="elsewhere/a.txt", sha256=FILE.sha256, reader=FILE.reader)
    back = kept.load(moved, {})
    assert back is not None
    assert back[0].source == Source("elsewhere/a.txt", FILE.sha256, "text_dialect", 77)


def test_what_would_not_come_back_or_is_quick_is_not_kept(root: Path) -> None:
    path, many = root / "raw/a.txt", np.arange(5000.0)
    assert worth_storing(path, [_measurement({"voltage_volt": many})])
    assert not worth_storing(path, [_measurement({"voltage_volt": many[:100]})])
    assert not worth_storing(path, [_measurement({"image": many.reshape(50, 100)})])
    assert not worth_storing(path, [_measurement({"voltage_volt": many.astype(">f8")})])
    for meta in ({"pair": (1, 2)}, {1: "a"}, {"value": np.float64(1.0)}, {"path": Path()}):
        assert not worth_storing(path, [_measurement({"voltage_volt": many}, {"in": meta})])
    path.write_bytes(b"PAR1...")
    assert not worth_storing(path, [_measurement({"voltage_volt": many})])


def test_the_oldest_entries_go_when_there_is_too_much(root: Path) -> None:
    kept, files = StoredMeasurements(root), []
    for number in range(4):
        file = InputFile(path=f"raw/{number}.txt", sha256=f"{number:064d}", reader="text_dialect 1")
        (root / file.path).write_text("text")
        kept.save(file, {}, [_measurement({"voltage_volt": np.arange(5000.0) + number})])
        files.append(file)
    for age, place in enumerate(_entries(root, "json")):
        os.utime(place, (1000.0 + age, 1000.0 + age))
    kept.load(files[0], {})
    size = max(path.stat().st_size for path in _entries(root, "parquet"))
    kept.limit_size(2 * size + 2000)
    assert len(_entries(root, "json")) == len(_entries(root, "parquet")) == 2
    assert kept.load(files[0], {}) is not None, "it was used last"
    kept.limit_size(0)
    assert _entries(root, "json") == _entries(root, "parquet") == []


def test_a_parquet_file_that_no_text_names_goes(root: Path) -> None:
    kept = StoredMeasurements(root)
    kept.save(FILE, {}, [_measurement({"voltage_volt": np.arange(5000.0)})])
    (text,) = _entries(root, "json")
    kept.limit_size()
    assert kept.load(FILE, {}) is not None
    text.unlink()
    kept.limit_size()
    assert _entries(root, "parquet") == []


def test_without_room_nothing_is_kept_and_nothing_fails(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = StoredMeasurements(root)
    with monkeypatch.context() as patch:
        patch.setattr("halfcell.study.cache.results.Store.write_file", full)
        kept.save(FILE, {}, [_measurement({"voltage_volt": np.arange(5000.0)})])
    assert kept.load(FILE, {}) is None


REAL = (
    "arbin/20160805_test001_45_cc_01.res.gz",
    "neware/nw4-120-1-6-53.ndax",
    "neware/neware_uio.csv.gz",
    "maccor/maccor_three.txt.gz",
    "pec/pec.csv.gz",
    "landt/SINTEF_LiGrR2032_Landt.csv.gz",
    "neware/nw_regular_export_ife_example.csv.gz",
)


def test_what_a_quick_reader_reads_is_not_kept(data: Path, tmp_path: Path) -> None:
    path = data / "cycling/biologic/biol_old_datamodule2.mpr.gz"
    file = InputFile(path=str(path), sha256="ab" * 32, reader="biologic_mpr 1")
    StoredMeasurements(tmp_path).save(file, {}, read_all(path))
    assert StoredMeasurements(tmp_path).load(file, {}) is None


@pytest.mark.parametrize("name", REAL)
def test_real_cyclers_files_are_kept_to_the_bit(name: str, data: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    path = tmp_path / "raw" / Path(name).name
    path.write_bytes((data / "cycling" / name).read_bytes())
    found = read_all(path)
    assert found[0].source is not None
    file = InputFile(path=str(path), sha256=found[0].source.sha256, reader=f"{found[0].source.reader} 1")
    StoredMeasurements(tmp_path).save(file, {}, found)
    back = StoredMeasurements(tmp_path).load(file, {})
    assert back is not None
    assert [_bits(m) for m in back] == [_bits(m) for m in found]


def test_half_a_pair_of_signs_in_a_title_is_not_kept(root: Path) -> None:
    """JSON files may hold one; no text file can."""
    StoredMeasurements(root).save(FILE, {}, [_measurement({"voltage_volt": np.arange(5000.0)}, {"title": "a\ud83d"})])
    assert _entries(root, "json") == []
