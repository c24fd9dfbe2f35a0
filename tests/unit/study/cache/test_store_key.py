"""A store that came with somebody else's study runs no code; it counts as missing."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from halfcell.study.cache.results import Store
from halfcell.study.cache.step_results import StepResults
from halfcell.study.cache.store_key import is_signed, signature


class _Bomb:
    """Writes a file when it is loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> object:
        return Path.write_text, (self.path, "boom")


@pytest.mark.parametrize("signed", [True, False])
def test_results_of_a_stranger_are_not_loaded(tmp_path: Path, signed: bool) -> None:
    content = pickle.dumps(_Bomb(tmp_path / "exploded"))
    store = Store(tmp_path)
    store.write_file(store.results_path("ab12"), (hashlib.sha256(content).digest() if signed else b"\0" * 32) + content)
    assert store.load_results("ab12") is None
    assert not (tmp_path / "exploded").exists()


def test_results_of_another_key_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    store.save_results("ab12", StepResults(results=(), tags=(), code_version=""))
    assert store.load_results("ab12") is not None
    monkeypatch.setenv("HALFCELL_STORE_KEY", "another key")
    assert store.load_results("ab12") is None


def test_a_key_is_kept_for_its_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HALFCELL_STORE_KEY", raising=False)
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.setattr("sys.platform", "linux")
    from halfcell.study.cache import store_key

    store_key._key.cache_clear()
    try:
        first = signature(b"x")
        file = tmp_path / "data" / "halfcell" / "store-key"
        assert file.stat().st_mode & 0o077 == 0
        assert list(file.parent.iterdir()) == [file]
        store_key._key.cache_clear()
        assert is_signed(b"x", first)
        assert not is_signed(b"y", first)
    finally:
        store_key._key.cache_clear()


def test_without_a_place_for_a_key_a_run_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("a file, no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HALFCELL_STORE_KEY", "")
    monkeypatch.setattr("sys.platform", "linux")
    from halfcell.study.cache import store_key

    store_key._key.cache_clear()
    try:
        assert is_signed(b"x", signature(b"x"))
    finally:
        store_key._key.cache_clear()
