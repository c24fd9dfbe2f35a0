"""What the document of a study is made from, kept between runs by the hash of all that it depends on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from halfcell.study.cache.results import Store
from halfcell.study.cache.sealed import Damaged, sealed, unsealed
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.cache.stored_results import record_as_bytes, record_from_bytes

_FOLDER = "shown"
_SUFFIX = ".shown"

Kept = TypeVar("Kept")


def kept_record(store: Store, key: str, kind: type[Kept], make: Callable[[], Kept]) -> Kept:
    """The record that was kept under a key; made and kept if there is none, or it is damaged or in an older form.

    Parameters
    ----------
    store
        The store of the study.
    key
        The hash of all that the record is made from, the code included.
    kind
        The class of the record, a frozen dataclass.
    make
        Makes it.
    """
    stored = stored_record(store, key)
    if isinstance(stored, kind):
        return stored
    made = make()
    keep_record(store, key, made)
    return made


def stored_record(store: Store, key: str) -> object:
    """The record that was kept under a key; None if there is none, or it is damaged or in an older form."""
    path = _path(store, key)
    try:
        return record_from_bytes(unsealed(path.read_bytes()))
    except OSError:
        return None
    except Damaged:
        store.set_aside(path)
        return None


def keep_record(store: Store, key: str, record: object) -> None:
    """Keep a record; one with something of a plug-in that cannot be stored is made again each time."""
    with suppress(TypeError):
        store.write_file(_path(store, key), sealed(record_as_bytes(record)))


def forget_other_records(store: Store, keys: Collection[str]) -> None:
    """Remove the records that are not kept under one of these keys."""
    folder = store.root / FOLDER / _FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.stem not in keys:
            path.unlink(missing_ok=True)


def _path(store: Store, key: str) -> Path:
    return store.root / FOLDER / _FOLDER / f"{key}{_SUFFIX}"
