"""The store: a file is written whole, whatever another run throws away meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER


@pytest.mark.parametrize("times", [1, 3])
def test_a_run_that_begins_meanwhile_does_not_stop_a_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    rename, left = os.replace, [times]

    def cleared_before(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            shutil.rmtree(tmp_path / FOLDER / "aside")
        rename(source, target)

    monkeypatch.setattr(os, "replace", cleared_before)
    target = tmp_path / FOLDER / "items" / "a.json"
    Store(tmp_path).write_file(target, "{}")
    assert left == [0]
    assert target.read_text(encoding="utf-8") == "{}"
    assert not list((tmp_path / FOLDER / "aside").iterdir())


def test_a_folder_that_cannot_be_written_in_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(source: Path, target: Path) -> None:
        raise FileNotFoundError(target)

    monkeypatch.setattr(os, "replace", never)
    with pytest.raises(FileNotFoundError):
        Store(tmp_path).write_file(tmp_path / "a.json", "{}")
