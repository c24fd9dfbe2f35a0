"""Whether anything has changed since the last run, and whether a number would be another one now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from halfcell.study.cache import fingerprint as fingerprints
from halfcell.study.cache.fingerprint import fingerprint
from halfcell.study.cache.last_run import (
    RunSummary,
    changed_since_last_run,
    forget_last_run,
    numbers_out_of_date,
    remember_run,
    unchanged_run,
)
from halfcell.study.cache.store_files import FOLDER
from kept_study import KeptStudy

OUTCOME: RunSummary = {
    "items": [],
    "unmatched": ["raw/b.txt"],
    "published": [],
    "open_doubts": [],
    "steps": 1,
}


@pytest.fixture
def run(kept: KeptStudy) -> KeptStudy:
    """The study with its last run remembered: a table of cells, one folder of raw files, two outputs."""
    kept.write("study.toml", "[raw]\n")
    kept.write("cells.csv", "cell\nA\n")
    _remember(kept)
    return kept


def _remember(kept: KeptStudy, *, publishing: bool = False) -> None:
    mark = fingerprint(kept.root, ["study.toml", "cells.csv"], ["raw"], ["cycling"])
    remember_run(kept.root, mark, OUTCOME, ["out/S1.svg", "out/numbers.csv"], publishing=publishing)


def _unchanged(kept: KeptStudy, *, published: bool = False) -> RunSummary | None:
    return unchanged_run(kept.root / "study.toml", published=published)


def _touch(path: Path) -> None:
    os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))


def test_a_study_that_was_not_run_has_no_outcome_and_nothing_has_changed(tmp_path: Path) -> None:
    assert unchanged_run(tmp_path / "study.toml", published=False) is None
    assert changed_since_last_run(tmp_path) is False
    assert numbers_out_of_date(tmp_path) is False


def test_nothing_changed_gives_the_outcome_of_the_last_run(run: KeptStudy) -> None:
    assert _unchanged(run) == OUTCOME
    assert changed_since_last_run(run.root) is False
    assert numbers_out_of_date(run.root) is False


def test_a_run_without_a_report_is_not_the_one_to_be_published(run: KeptStudy) -> None:
    assert _unchanged(run, published=True) is None
    _remember(run, publishing=True)
    assert _unchanged(run, published=True) == OUTCOME
    assert _unchanged(run) == OUTCOME


CHANGES = {
    "content of a table": (lambda k: k.write("cells.csv", "cell\nB\n"), True),
    "a table more": (lambda k: k.write("samples.csv", "sample\nP\n"), True),
    "a workbook of cells": (lambda k: k.write("cells.xlsx", ""), True),
    "a raw file more": (lambda k: k.write("raw/b.txt", "b"), False),
    "content of a raw file": (lambda k: k.write("raw/a.txt", "other"), True),
    "a raw file gone": (lambda k: (k.root / "raw/a.txt").unlink(), True),
    "a raw file touched": (lambda k: _touch(k.root / "raw/a.txt"), False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_and_whether_it_changes_numbers(run: KeptStudy, change: str) -> None:
    """A raw file that nothing uses, and another time of the same content, change no number."""
    make, numbers = CHANGES[change]
    make(run)
    assert changed_since_last_run(run.root) is True
    assert _unchanged(run) is None
    assert numbers_out_of_date(run.root) is numbers


@pytest.mark.parametrize("change", ["edited", "gone", "touched", "lock edited", "lock gone"])
def test_outputs_and_the_lock_must_be_those_that_the_run_wrote(run: KeptStudy, change: str) -> None:
    place = run.root / ("study.lock" if "lock" in change else "out/numbers.csv")
    if "edited" in change:
        place.write_bytes(place.read_bytes() + b" ")
    elif "gone" in change:
        place.unlink()
    else:
        _touch(place)
    assert _unchanged(run) is None
    assert changed_since_last_run(run.root) is False, "what the run depended on is as it was"
    assert numbers_out_of_date(run.root) is False


def test_an_output_that_was_missing_may_still_be_missing(run: KeptStudy) -> None:
    (run.root / "out/numbers.csv").unlink()
    _remember(run)
    assert _unchanged(run) == OUTCOME


def test_another_study_file_in_the_same_folder_was_not_run(run: KeptStudy) -> None:
    run.write("other.toml", "[raw]\n")
    assert unchanged_run(run.root / "other.toml", published=False) is None


@pytest.mark.parametrize(
    ("name", "value", "numbers"),
    [("__version__", "0.0", True), ("readers_hash", lambda: "other", True), ("code_stamp", lambda _: "other", False)],
)
def test_another_version_changes_numbers_and_other_code_that_draws_does_not(
    run: KeptStudy, monkeypatch: pytest.MonkeyPatch, name: str, value: object, numbers: bool
) -> None:
    monkeypatch.setattr(fingerprints, name, value)
    assert changed_since_last_run(run.root) is True
    assert numbers_out_of_date(run.root) is numbers


def test_another_version_of_a_technique_changes_numbers(run: KeptStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "installed_version", lambda name: f"{name} 99")
    assert numbers_out_of_date(run.root) is True


def test_a_run_that_is_forgotten_is_as_if_there_was_none(run: KeptStudy) -> None:
    forget_last_run(run.root)
    forget_last_run(run.root)
    run.write("cells.csv", "cell\nB\n")
    assert (_unchanged(run), changed_since_last_run(run.root), numbers_out_of_date(run.root)) == (None, False, False)


@pytest.mark.parametrize("harm", ["other form", "cut"])
def test_what_an_older_version_kept_or_is_damaged_is_no_run(run: KeptStudy, harm: str) -> None:
    path = run.root / FOLDER / "state.json"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        run.store.write_json(path, {**run.store.read_json(path), "format": 4})
    assert _unchanged(run) is None
    assert changed_since_last_run(run.root) is False


def test_a_fingerprint_tells_all_that_a_run_depends_on(run: KeptStudy) -> None:
    run.write("out/raw.txt", "an output")
    run.write("raw/sub/b.txt", "b")
    mark = fingerprint(run.root, ["study.toml"], ["raw"], ["raman", "cycling", "cycling"])
    assert list(mark["inputs"]) == ["study.toml"]
    assert mark["also"] == ["cells.csv"]
    assert mark["folders"] == ["raw"]
    assert list(mark["versions"]) == ["cycling", "raman"]
    assert all(version.isdigit() for version in mark["versions"].values())
    assert {len(mark[name]) for name in ("raw", "readers", "code")} == {64}  # type: ignore[literal-required]
    assert len({mark["raw"], mark["readers"], mark["code"]}) == 3


def test_outputs_are_no_raw_files_even_if_a_pattern_reaches_them(run: KeptStudy) -> None:
    before = fingerprint(run.root, [], ["."], [])["raw"]
    run.write("out/more.svg", "svg")
    run.write(f"{FOLDER}/more", "x")
    run.write("study.lock", "x")
    assert fingerprint(run.root, [], ["."], [])["raw"] == before
    run.write("raw/more.txt", "x")
    assert fingerprint(run.root, [], ["."], [])["raw"] != before


def test_size_time_and_name_of_a_raw_file_count_each(run: KeptStudy) -> None:
    def raw() -> str:
        return fingerprint(run.root, [], ["raw"], [])["raw"]

    path = run.root / "raw/a.txt"
    _touch(path)
    seen = [raw()]
    run.write("raw/a.txt", "more")
    _touch(path)
    seen.append(raw())
    os.utime(path, ns=(1, 1_700_000_000_000_000_001))
    seen.append(raw())
    path.rename(path.with_name("c.txt"))
    seen.append(raw())
    assert len(set(seen)) == 4


def test_files_of_two_folders_are_listed_both(run: KeptStudy) -> None:
    run.write("more/b.txt", "b")
    one, both = (fingerprint(run.root, [], folders, [])["raw"] for folders in (["raw"], ["raw", "more"]))
    assert one != both
