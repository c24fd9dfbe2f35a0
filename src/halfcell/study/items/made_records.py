"""The records of items that runs have made, each with whether its files are still those that were made with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.results import Store
from halfcell.study.plan.identified_plan import IdentifiedItem

if TYPE_CHECKING:
    from halfcell.study.cache.lock_file import Lock


class MadeRecord(NamedTuple):
    """The record of an item that was made, and whether its files are unchanged since: a later run may make others."""

    record: ItemRecord
    has_its_files: bool


def reworded_record(store: Store, item: IdentifiedItem, lock: Lock) -> ItemRecord | None:
    """The record of an item of which only the caption has changed since the last run; its key finds it from now on.

    Its numbers, notes and files do not depend on the caption. None if more has changed, or its files have.
    """
    entry = lock.get("items", {}).get(item.spec.key)
    if entry is None or entry.get("body") != item.body:
        return None
    record = store.load_record(entry["key"])
    if record is None or hash_files(store.root, record.outputs) != record.outputs:
        return None
    store.save_record(item.key, record)
    return record


def made_records(store: Store, items: Iterable[IdentifiedItem]) -> dict[str, MadeRecord]:
    """The records of the items that a run has made, by the keys of the items."""
    stored = {item.key: store.load_record(item.key) for item in items}
    records = {key: record for key, record in stored.items() if record}
    hashes = hash_files(store.root, {path for record in records.values() for path in record.outputs})
    return {
        key: MadeRecord(record, all(hashes[path] == sha256 for path, sha256 in record.outputs.items()))
        for key, record in records.items()
    }
