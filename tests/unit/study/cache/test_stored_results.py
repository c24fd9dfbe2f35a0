"""Results are stored as data: they are restored exactly, run no code, and a single changed byte is noticed."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from halfcell.core.errors import PluginError
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.source import Source
from halfcell.materials.phases import Site
from halfcell.study.cache.record_codec import Encoded, decode, encode
from halfcell.study.cache.results import Store
from halfcell.study.cache.sealed import sealed
from halfcell.study.cache.step_results import StepResults

STEP = "ab12"


class _Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> object:
        return Path.write_text, (self.path, "boom")


def _results(**fields: Any) -> StepResults:
    result = Result(
        technique="cycling",
        quantities={"ice": Quantity(0.1 + 0.2, "%", std=float("nan"), kind="propagated", decimals=1)},
        rows=({"cycle": 1, "capacity": -0.0, "rate": None, "formation": True},),
        notes=(Note("doubt", "a_code", "µ text with a \n line"),),
        settings={"window_volt": (0.01, 1.5), "phases": ["Si", "CoSi2"], **fields},
        sources=(Source("raw/a.csv", "0" * 64, "neware", 12),),
    )
    return StepResults(results=(result,), tags=("cycle 1",), code_version="1", missing=(MissingSubject("b", "why"),))


def _stored(root: Path, results: StepResults) -> StepResults:
    Store(root).save_results(STEP, results)
    found = Store(root).load_results(STEP)
    assert found is not None
    return found


def test_results_are_restored_exactly(tmp_path: Path) -> None:
    before = _results()
    after = _stored(tmp_path, before)
    assert (after.tags, after.code_version, after.missing) == (before.tags, before.code_version, before.missing)
    assert repr(vars(after.results[0])) == repr(vars(before.results[0]))


@pytest.mark.parametrize(
    "array",
    [
        np.array([1.0, np.nan, -0.0, np.inf, 5e-324]),
        np.asfortranarray(np.arange(12.0).reshape(3, 4)),
        np.arange(24, dtype=np.int16).reshape(2, 3, 4)[:, ::2],
        np.array([1 + 2j, -3j], dtype=np.complex64),
        np.array([True, False]),
        np.empty((0, 5)),
        np.float64(0.1),
        np.array(["Si", "CoSi2"]),
        np.arange(3, dtype=">f8"),
    ],
    ids=["special", "fortran", "strided", "complex", "bool", "empty", "scalar", "text", "big endian"],
)
def test_arrays_are_restored_with_dtype_shape_and_order(array: Any) -> None:
    found = decode(encode((array, array)))
    assert found[0] is found[1] or np.ndim(array) == 0  # one array stays one array
    assert type(found[0]) is type(array)
    assert found[0].dtype == array.dtype
    assert found[0].shape == array.shape
    assert found[0].tobytes() == array.tobytes()
    assert np.asarray(found[0]).flags.f_contiguous == np.asarray(array).flags.f_contiguous


def test_every_kind_of_value_comes_back_as_itself() -> None:
    record, named = Note("info", "a", "b"), Site("Si", 0.0, 0.5, 0.25)
    values = (
        None,
        True,
        3,
        2**70,
        "x",
        1 + 2j,
        [1, (2, [3])],
        {"a": {"b": ()}},
        frozenset({"p"}),
        {"q"},
        record,
        named,
    )
    assert repr(decode(encode(values))) == repr(values)


@pytest.mark.parametrize("number", range(40))
def test_each_changed_byte_is_noticed(tmp_path: Path, number: int) -> None:
    store = Store(tmp_path)
    store.save_results(STEP, _results(curve=np.arange(30.0)))
    path = store.results_path(STEP)
    content = bytearray(path.read_bytes())
    content[number * (len(content) - 1) // 39] ^= 1 << (number % 8)
    path.write_bytes(content)
    assert store.load_results(STEP) is None
    assert store.damaged() == (path.name,)
    assert not path.exists()


@pytest.mark.parametrize("seal", [sealed, bytes], ids=["with the right hash", "bare"])
def test_a_pickle_in_the_store_is_not_loaded(tmp_path: Path, seal: Any) -> None:
    store = Store(tmp_path)
    store.write_file(store.results_path(STEP), seal(pickle.dumps(_Bomb(tmp_path / "exploded"))))
    assert store.load_results(STEP) is None
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize(
    "tree",
    [
        {"record": ["subprocess:Popen", {"args": ["touch", "exploded"]}]},
        {"record": ["pathlib:Path", {}]},
        {"named": ["os:stat_result", [[0]]]},
        {"enum": ["http:HTTPStatus", "OK"]},
        {"record": ["halfcell.study.cache.results:Store.write_file", {}]},
        {"record": ["halfcell.core.quantity:Quantity", {"value": 1.0}]},
        {"array": [0, "O", [1], "C"]},
        {"array": [0, "<f8", [10**12], "C"]},
        {"array": [-8, "<f8", [1], "C"]},
        {"unknown": 1},
        {"tuple": [], "list": []},
    ],
)
def test_a_forged_tree_is_refused(tree: Any) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError, ImportError)):
        decode(Encoded(tree, bytes(16)))


def test_deep_nesting_counts_as_missing(tmp_path: Path) -> None:
    text = '{"format": 1, "size": 0, "tree": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
    Store(tmp_path).write_file(Store(tmp_path).results_path(STEP), sealed(text.encode()))
    assert Store(tmp_path).load_results(STEP) is None


@dataclass(frozen=True)
class _Foreign:
    """A record of a package that is no plug-in."""

    value: float = 1.0


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Path("x"), "settings.odd holds a PosixPath"),
        ({1: 2}, "settings.odd has the key 1"),
        (np.array([object()]), "settings.odd is an array of object"),
        (_Foreign(), "settings.odd"),
        ([(_Foreign(),)], r"settings.odd[0][0]"),
    ],
)
def test_what_cannot_be_stored_is_named(tmp_path: Path, value: Any, told: str) -> None:
    with pytest.raises(PluginError, match="cycling") as caught:
        Store(tmp_path).save_results(STEP, _results(odd=value))
    assert told in str(caught.value)


def test_results_of_an_older_form_count_as_missing_and_not_as_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write_file(
        store.results_path(STEP), sealed(json.dumps({"format": 0, "size": 0, "tree": None}).encode() + b"\n")
    )
    assert store.load_results(STEP) is None
    assert store.damaged() == ()
