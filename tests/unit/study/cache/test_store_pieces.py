"""Pieces of a study's store: text that is the same for the same content, seals, records, drawings, a run's lock."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.figure import Points
from halfcell.study.cache.damage import damage_remarks, forget_damage
from halfcell.study.cache.drawings import load_drawing, save_drawing
from halfcell.study.cache.environment import PACKAGES, environment
from halfcell.study.cache.json_files import compact_json, digest, json_text
from halfcell.study.cache.kept_records import forget_other_records, keep_record, kept_record, stored_record
from halfcell.study.cache.results import Store
from halfcell.study.cache.run_lock import only_run_in
from halfcell.study.cache.sealed import Damaged, sealed, sealed_text, unsealed, unsealed_text
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.stored_value import StoredValue, as_stored, restored
from halfcell.techniques.cycling import Settings


def test_the_order_of_keys_does_not_matter_and_that_of_lists_does() -> None:
    one, other = {"b": [1, 2], "a": "µ"}, {"a": "µ", "b": [1, 2]}
    assert json_text(one) == json_text(other) == '{\n "a": "µ",\n "b": [\n  1,\n  2\n ]\n}\n'
    assert compact_json(one) == '{"a":"µ","b":[1,2]}'
    assert digest(one) == hashlib.sha256('{"a":"µ","b":[1,2]}'.encode()).hexdigest()
    assert digest({"b": [2, 1], "a": "µ"}) != digest(one)


def test_a_seal_is_the_hash_of_the_rest() -> None:
    assert sealed(b"content") == hashlib.sha256(b"content").hexdigest().encode() + b"\ncontent"
    assert unsealed(sealed(b"")) == b""
    assert unsealed_text(sealed_text("ein µ\n")) == "ein µ\n"


@pytest.mark.parametrize("place", [0, 63, 64, 65, -1])
def test_every_changed_byte_of_a_sealed_file_is_noticed(place: int) -> None:
    stored = bytearray(sealed(b"content"))
    stored[place] ^= 1
    for changed in (bytes(stored), sealed(b"content")[:-1], b""):
        with pytest.raises(Damaged):
            unsealed(changed)


def test_a_json_file_that_was_changed_is_set_aside_and_told(tmp_path: Path) -> None:
    store, path = Store(tmp_path), tmp_path / FOLDER / "items" / "a.json"
    store.write_json(path, {"x": 1})
    assert store.read_json(path) == {"x": 1}
    path.write_bytes(path.read_bytes().replace(b"1}", b"2}"))
    assert store.read_json(path) == {}
    assert not path.exists()
    assert store.damaged() == ("a.json",)
    (remark,) = damage_remarks(tmp_path)
    assert remark.startswith("1 stored file of .halfcell/ had other content than was written")
    assert remark.endswith(": a.json")
    forget_damage(tmp_path)
    assert damage_remarks(tmp_path) == ()


def test_the_first_three_damaged_files_are_named(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in "abcde":
        path = tmp_path / FOLDER / "items" / f"{name}.json"
        store.write_json(path, {"x": 1})
        path.write_bytes(b"other")
        assert store.read_json(path) == {}
    (remark,) = damage_remarks(tmp_path)
    assert remark.startswith("5 stored files of .halfcell/")
    assert remark.endswith("a.json, b.json, c.json and 2 more")


def test_a_list_where_an_object_was_written_is_none(tmp_path: Path) -> None:
    store, path = Store(tmp_path), tmp_path / FOLDER / "items" / "a.json"
    store.write_json(path, [1])
    assert store.read_json(path) == {}
    assert store.read_json(tmp_path / "missing.json") == {}
    assert store.damaged() == ()


def test_nothing_is_left_of_a_file_that_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write_file(tmp_path / FOLDER / "x" / "a", "µ")
    assert (tmp_path / FOLDER / "x" / "a").read_bytes() == "µ".encode()
    assert list((tmp_path / FOLDER / "aside").iterdir()) == []


def test_a_drawing_is_found_by_what_was_drawn(tmp_path: Path) -> None:
    store = Store(tmp_path)
    save_drawing(store, "mark", {"out/S1.svg": "1234"})
    assert load_drawing(store, "mark") == {"out/S1.svg": "1234"}
    assert load_drawing(store, "other") == {}
    assert (tmp_path / FOLDER / "items" / "drawing-mark.json").is_file()


def test_a_record_is_made_once_and_again_when_it_is_damaged_or_of_another_kind(tmp_path: Path) -> None:
    store, made = Store(tmp_path), []

    def make() -> Settings:
        made.append(1)
        return Settings(active_mass_mg=1.5)

    assert [kept_record(store, "key", Settings, make) for _ in range(3)] == [Settings(active_mass_mg=1.5)] * 3
    assert len(made) == 1
    assert kept_record(store, "key", Points, lambda: Points(x=np.zeros(1), y=np.zeros(1))).x == pytest.approx([0.0])
    path = tmp_path / FOLDER / "shown" / "key.shown"
    path.write_bytes(path.read_bytes()[:-1])
    assert stored_record(store, "key") is None
    assert store.damaged() == ("key.shown",)
    assert kept_record(store, "key", Settings, make) == Settings(active_mass_mg=1.5)
    assert len(made) == 2


def test_records_that_are_no_longer_shown_are_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    forget_other_records(store, ("a",))  # nothing was kept yet
    for key in ("a", "b", "c"):
        keep_record(store, key, Settings())
    forget_other_records(store, ("a", "c"))
    assert [stored_record(store, key) is not None for key in ("a", "b", "c")] == [True, False, True]


@dataclass(frozen=True)
class _Foreign:
    """A record of no package."""

    value: object


def test_a_record_that_cannot_be_stored_is_not_kept(tmp_path: Path) -> None:
    keep_record(Store(tmp_path), "key", _Foreign(value=object()))
    assert stored_record(Store(tmp_path), "key") is None


def test_a_value_goes_to_text_and_back_and_one_with_arrays_does_not() -> None:
    stored = as_stored(Settings(active_mass_mg=1.5))
    assert isinstance(stored, StoredValue)
    assert isinstance(json.loads(stored.text), dict | list)
    assert restored(stored) == Settings(active_mass_mg=1.5)
    assert restored("as it is") == "as it is"
    with pytest.raises(TypeError, match="arrays is not kept as a text"):
        as_stored(Points(x=np.zeros(2), y=np.zeros(2)))


def test_a_second_run_is_refused_and_a_killed_one_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".S1.svg.part").write_text("half")
    (tmp_path / FOLDER / "aside" / "x").mkdir(parents=True)
    with only_run_in(tmp_path):
        assert not (tmp_path / "out" / ".S1.svg.part").exists()
        assert not (tmp_path / FOLDER / "aside").exists()
        assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"
        with (
            pytest.raises(InputError, match="another run is already working on this study") as caught,
            only_run_in(tmp_path),
        ):
            pass
        assert caught.value.hint == "wait until it has ended, or stop it"
        assert caught.value.where == str(tmp_path)
    with only_run_in(tmp_path):
        pass


def test_a_study_in_a_place_that_is_no_folder_cannot_be_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write in the study's folder"), only_run_in(tmp_path / "file"):
        pass


def test_an_environment_names_python_the_platform_and_what_computes() -> None:
    found = environment()
    assert set(found) == {"python", "platform", *PACKAGES}
    assert found["python"] == platform.python_version()
    assert found["numpy"] == np.__version__
