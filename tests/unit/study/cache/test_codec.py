"""The form of stored records: enumerations, arrays, nested classes; what cannot be stored is told by its place."""

from __future__ import annotations

import enum
import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.study.cache.measurements import MEASUREMENTS_FOLDER, StoredMeasurements, worth_storing
from halfcell.study.cache.record_codec import Encoded, decode, encode
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.stored_results import record_as_bytes, record_from_bytes
from halfcell.techniques.cycling import Settings
from kept_study import KeptStudy, keep_measurement, measured_file


class _Local(enum.Enum):
    A = 1


class _Pair(NamedTuple):
    x: int


@dataclass
class _Mutable:
    x: int = 1


def test_an_enumeration_is_stored_by_name_and_is_itself_again() -> None:
    assert encode(CellKind.HALF).tree == {"enum": ["halfcell.core.sample:CellKind", "HALF"]}
    assert decode(encode([CellKind.HALF, CellKind.FULL])) == [CellKind.HALF, CellKind.FULL]
    assert decode(encode(Settings(kind=CellKind.ASSLB))) == Settings(kind=CellKind.ASSLB)


def test_several_arrays_lie_one_after_another_on_borders_of_sixteen_bytes() -> None:
    one, two, three = np.arange(3.0), np.arange(5, dtype=np.int8), np.asfortranarray(np.arange(6.0).reshape(2, 3))
    encoded = encode({"a": one, "b": [two, one], "c": three})
    assert len(encoded.arrays) == 32 + 16 + 48
    assert encoded.tree["dict"]["a"] == {"array": [0, "<f8", [3], "C"]}
    assert encoded.tree["dict"]["b"] == [{"array": [32, "|i1", [5], "C"]}, {"array": [0, "<f8", [3], "C"]}]
    assert encoded.tree["dict"]["c"] == {"array": [48, "<f8", [2, 3], "F"]}
    found = decode(encoded)
    assert [list(found["a"]), list(found["b"][0]), list(found["b"][1])] == [list(one), list(two), list(one)]
    assert found["b"][1] is found["a"]
    assert np.array_equal(found["c"], three)
    assert found["a"].flags.writeable


def test_arrays_of_a_record_come_back_from_its_bytes() -> None:
    content = record_as_bytes([np.arange(3.0), np.arange(4.0), "µ"])
    assert content.partition(b"\n")[0].isascii()
    found = record_from_bytes(content)
    assert [list(one) for one in found[:2]] == [[0, 1, 2], [0, 1, 2, 3]]
    assert found[2] == "µ"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (object(), "the result holds a object, which cannot be stored"),
        ({"a": [1, {"b": object()}]}, "a[1].b holds a object, which cannot be stored"),
        ({"a": {2: 3}}, "a has the key 2, which is no text"),
        ({2: 3}, "the result has the key 2, which is no text"),
        ({"a": np.array([object()])}, "a is an array of object, which cannot be stored"),
        ({"a": {1, 2}}, "a holds a set, which cannot be stored"),
        ({"a": b"bytes"}, "a holds a bytes, which cannot be stored"),
        ({"a": _Local.A}, "a: test_codec:_Local is neither of halfcell nor of a plug-in"),
        (_Pair(1), "the result: test_codec:_Pair is neither of halfcell nor of a plug-in"),
        ({"a": _Mutable()}, "a: test_codec:_Mutable is neither of halfcell nor of a plug-in"),
    ],
)
def test_what_cannot_be_stored_is_told_by_its_place(value: object, told: str) -> None:
    with pytest.raises(TypeError) as caught:
        encode(value)
    assert str(caught.value).replace(__name__, "test_codec") == told


@pytest.mark.parametrize(
    ("tree", "told"),
    [
        ({"record": ["subprocess:Popen", {}]}, "subprocess:Popen is neither of halfcell nor of a plug-in"),
        ({"record": ["halfcell.core.result:Note", {"x": 1}]}, "halfcell.core.result:Note has other fields now"),
        ({"record": ["halfcell.study.cache.results:Store.write_file", {}]}, "write_file is no frozen record"),
        ({"record": ["halfcell.core.result:Level", {}]}, "halfcell.core.result:Level is no frozen record"),
        ({"enum": ["halfcell.study.cache.lock_file:Lock", "A"]}, "Lock is no frozen record"),
        ({"enum": ["halfcell.core.errors:InputError", "A"]}, "InputError is no frozen record"),
    ],
)
def test_a_class_that_is_no_frozen_record_of_halfcell_is_told(tree: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        decode(Encoded(tree, b""))


def test_a_class_under_another_name_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that its module no longer has would not be found again."""
    other = dataclass(frozen=True)(type("Note", (), {"__module__": "halfcell.core.result", "__qualname__": "Note"}))
    with pytest.raises(TypeError, match=r"a is of a class that is not found as halfcell\.core\.result:Note"):
        encode({"a": other()})
    with pytest.raises(TypeError, match=r"^the result is of a class that is not found as"):
        encode(other())
    assert decode(encode(Note("info", "a", "b"))) == Note("info", "a", "b")


def test_a_measurement_without_a_source_is_kept_with_no_reader_and_no_size(kept: KeptStudy) -> None:
    made = Measurement(technique="cycling", columns={"a": np.arange(3000.0)}, meta={"title": "µ"})
    store, file = StoredMeasurements(kept.root), measured_file("b.txt")
    kept.write("raw/b.txt", "text")
    store.save(file, {}, [made])
    (back,) = store.load(file, {}) or ()
    assert back.source is not None
    assert (back.source.reader, back.source.size, back.meta["title"]) == ("", 0, "µ")
    texts = [path.read_text(encoding="utf-8") for path in (kept.root / FOLDER / MEASUREMENTS_FOLDER).rglob("*.json")]
    assert any("µ" in text for text in texts)


def test_of_two_entries_the_one_used_first_goes_first(kept: KeptStudy) -> None:
    kept.write("raw/b.txt", "text")
    keep_measurement(kept.root, "b.txt")
    store = StoredMeasurements(kept.root)
    places = {}
    for path in (kept.root / FOLDER / MEASUREMENTS_FOLDER).rglob("*.json"):
        name = "b.txt" if path == store._entry_path(measured_file("b.txt"), {}) else "a.txt"
        places[name] = path
    for name, time in (("a.txt", 2000.0), ("b.txt", 1000.0)):
        os.utime(places[name], (time, time))
    total = sum(p.stat().st_size for p in (kept.root / FOLDER / MEASUREMENTS_FOLDER).rglob("*") if p.is_file())
    store.limit_size(total)
    assert all(path.exists() for path in places.values()), "exactly the limit is within it"
    store.limit_size(total - 1)
    assert places["a.txt"].exists()
    assert not places["b.txt"].exists()
    assert len(list((kept.root / FOLDER / MEASUREMENTS_FOLDER).rglob("*.parquet"))) == 1


def test_a_file_that_cannot_be_opened_and_half_precision_are_not_worth_storing(tmp_path: Path) -> None:
    many = np.arange(3000.0)
    made = Measurement(technique="cycling", columns={"a": many})
    assert not worth_storing(tmp_path / "missing", [made])
    (tmp_path / "a").write_text("text")
    assert worth_storing(tmp_path / "a", [made])
    half = Measurement(technique="cycling", columns={"a": many.astype(np.float16)})
    assert not worth_storing(tmp_path / "a", [half])
    assert not worth_storing(tmp_path / "a", [Measurement(technique="cycling", columns={"a": many[:1999]})])
    assert worth_storing(tmp_path / "a", [Measurement(technique="cycling", columns={"a": many[:2000]})])
