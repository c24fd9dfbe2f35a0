"""Which files a figure was drawn into, by the hash of what was drawn: a changed caption draws nothing again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER


def load_drawing(store: Store, mark: str) -> dict[str, str]:
    """The files of a figure that was drawn before, with their hashes, by the hash of what was drawn."""
    return {path: str(sha256) for path, sha256 in store.read_json(_path(store, mark)).items()}


def save_drawing(store: Store, mark: str, outputs: Mapping[str, str]) -> None:
    """Remember the files of a figure by the hash of what was drawn."""
    store.write_json(_path(store, mark), dict(outputs))


def _path(store: Store, mark: str) -> Path:
    return store.root / FOLDER / "items" / f"drawing-{mark}.json"
