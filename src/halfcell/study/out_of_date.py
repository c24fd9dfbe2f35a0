"""Which figures and tables of a study differ from those of its last run, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from halfcell.study.cache.file_hashes import content_hash
from halfcell.study.cache.lock_file import read_lock
from halfcell.study.execute.lock_entries import reasons_to_make_again
from halfcell.study.run_outputs import RECORDS

if TYPE_CHECKING:
    from halfcell.study.items.deposit import Deposit


def out_of_date(deposit: Deposit) -> dict[str, str]:
    """Name of an item -> what is different from the last run; empty where all is as the last run left it.

    Items that cannot be made are left out: their failure says more.
    """
    return dict(_differing(deposit))


def _differing(deposit: Deposit) -> Iterator[tuple[str, str]]:
    lock = read_lock(deposit.root)
    entries = lock.get("items", {})
    for item in deposit.items:
        entry = entries.get(item.spec.key)
        if entry is None:
            yield item.spec.name, "was not made by the last run"
        elif entry["key"] != item.key:
            yield item.spec.name, "; ".join(reasons_to_make_again(item, lock))
    numbers = content_hash(deposit.root / RECORDS[0])
    if entries and numbers != lock.get("numbers"):
        yield RECORDS[0], "has changed since it was written" if numbers else "is missing"
