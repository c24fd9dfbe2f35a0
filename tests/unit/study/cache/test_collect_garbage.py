"""What the last run no longer needs is removed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from halfcell.core.errors import InputError
from halfcell.study.cache.collect_garbage import collect_garbage
from halfcell.study.cache.drawings import load_drawing, save_drawing
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.kept_records import keep_record, stored_record
from halfcell.study.cache.lock_file import LOCK_FILE
from halfcell.study.cache.run_lock import only_run_in
from halfcell.study.cache.store_files import DAMAGED, FOLDER
from halfcell.techniques.cycling import Settings
from kept_study import BODY, KEY, STEP, KeptStudy, results, sha256


def _files(root: Path) -> set[str]:
    running = {f"{FOLDER}/running", f"{FOLDER}/.gitignore"}
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - running


def test_what_the_last_run_needs_stays(kept: KeptStudy) -> None:
    keep_record(kept.store, "plan", Settings())
    before = _files(kept.root)
    found = collect_garbage(kept.root)
    assert _files(kept.root) == before
    assert (found.files, found.size) == (0, 0)
    assert kept.store.load_results(STEP) is not None


def test_results_records_and_drawings_that_the_lock_does_not_name_go(kept: KeptStudy) -> None:
    before = _files(kept.root)
    other = "ab" + "99" * 31
    kept.store.save_results(other, results(2.0))
    kept.store.save_record("99" * 32, ItemRecord())
    keep_record(kept.store, "99" * 32, Settings())
    save_drawing(kept.store, "old", {"out/S1.svg": sha256("older")})
    save_drawing(kept.store, "gone", {"out/S2.svg": sha256("svg")})
    save_drawing(kept.store, "both", {"out/S1.svg": sha256("svg"), "out/S1.pdf": "1"})
    save_drawing(kept.store, "none", {})
    kept.write(f"{FOLDER}/{DAMAGED}/a.json", "damaged")
    kept.write(f"{FOLDER}/measured/ab/x-0.parquet", "no text names it")
    size = sum((kept.root / path).stat().st_size for path in _files(kept.root) - before)
    found = collect_garbage(kept.root)
    assert _files(kept.root) == before
    assert (found.files, found.size) == (9, size)
    assert kept.store.load_results(STEP) is not None
    assert kept.store.load_record(KEY) is not None
    assert stored_record(kept.store, BODY) == Settings(active_mass_mg=1.2)
    assert load_drawing(kept.store, "mark") == {"out/S1.svg": sha256("svg")}


def test_a_study_that_was_not_run_has_nothing_to_collect(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this study has not been run yet") as caught:
        collect_garbage(tmp_path)
    assert (caught.value.where, caught.value.hint) == (tmp_path.name, "halfcell run")


def test_nothing_is_removed_by_a_damaged_lock(kept: KeptStudy) -> None:
    """Read as empty, it would name nothing, and everything would go."""
    kept.write(LOCK_FILE, (kept.root / LOCK_FILE).read_text() + " ")
    before = _files(kept.root)
    with pytest.raises(InputError, match="not as halfcell wrote it"):
        collect_garbage(kept.root)
    assert _files(kept.root) == before


def test_nothing_is_removed_while_a_run_works(kept: KeptStudy) -> None:
    kept.store.save_record("99" * 32, ItemRecord())
    before = _files(kept.root)
    with (
        only_run_in(kept.root),
        pytest.raises(InputError, match="another run is already working on this study"),
    ):
        collect_garbage(kept.root)
    assert _files(kept.root) == before
