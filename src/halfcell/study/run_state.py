"""The state of one run: which steps and items are done, which have failed, and which can be made next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from halfcell.study.attempt import Attempt
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.lock_file import Lock
from halfcell.study.cache.results import Store
from halfcell.study.execute.lock_entries import MadeItem, reasons
from halfcell.study.execute.outcome import ItemDone, Outcome, Progress
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.plan.identified_plan import IdentifiedItem, Step


class RunState:
    """What has been done in one run, and what is left.

    An item can be made as soon as the last of its steps has ended, without the subjects whose steps failed; an item
    with no subject left fails.
    """

    def __init__(self, items: Sequence[IdentifiedItem], root: Path, lock: Lock) -> None:
        steps = {step.id: step for item in items for step in item.steps}
        self._items, self._root, self._lock = items, root, lock
        self._to_compute = {name: step for name, step in steps.items() if not Store(root).has(name)}
        self._reused = len(steps) - len(self._to_compute)
        self._open = set(self._to_compute)
        self._unchanged = unchanged_records(root, items)
        self._failures: dict[str, str] = {}
        self._done: dict[str, ItemDone] = {}
        self._made: dict[str, MadeItem] = {}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps to compute, in the order of the items that need them."""
        return tuple(self._to_compute.values())

    @property
    def made(self) -> Mapping[str, MadeItem]:
        """The items made or found unchanged, by the keys of their specs."""
        return self._made

    def items_ready(self, last: Step | None = None) -> tuple[IdentifiedItem, ...]:
        """The items whose steps have all ended, without failed subjects; with `last` only those that needed this one.

        An item without subjects says in `missing` why.
        """
        ready = (
            item
            for item in self._items
            if not any(step.id in self._open for step in item.steps)
            and (last is None or any(step.id == last.id for step in item.steps))
        )
        return tuple(without_failed(item, self._failures) for item in ready)

    def step_ended(self, step: Step, end: Attempt[object]) -> None:
        """Take note of how the computation of a step ended."""
        self._open.discard(step.id)
        if end.failure:
            self._failures[step.id] = end.failure

    def done_without_work(self, item: IdentifiedItem) -> ItemDone | None:
        """A ready item that needs no work: one without subjects has failed, or its files are unchanged; else None."""
        if item.missing and not item.steps:
            return self._put(item, "failed", failure=failure_of(item))
        # the key of an item without failed subjects is another one, whose record is looked up now
        records = unchanged_records(self._root, (item,)) if item.missing else self._unchanged
        record = records.get(item.key)
        return self._put(item, "unchanged", record) if record else None

    def item_ended(self, item: IdentifiedItem, end: Attempt[ItemRecord]) -> ItemDone:
        """Take note of how the making of an item ended."""
        if end.value is None:
            return self._put(item, "failed", failure=end.failure)
        return self._put(item, "made", end.value)

    def _put(
        self,
        item: IdentifiedItem,
        state: Literal["made", "unchanged", "failed"],
        record: ItemRecord | None = None,
        failure: str = "",
    ) -> ItemDone:
        spec, known = item.spec, record or ItemRecord()
        done = ItemDone(
            id=spec.id,
            kind=spec.kind,
            name=spec.name,
            state=state,
            results=len(item.steps),
            reasons=reasons(item, self._lock) if state == "made" else (),
            failure=failure,
            notes=known.notes,
            simulated=known.simulated,
            missing=known.missing,
        )
        self._done[spec.key] = done
        if record is not None:
            self._made[spec.key] = MadeItem(item, record)
        return done

    def progress(self, item: ItemDone | None = None, busy: tuple[str, ...] = ()) -> Progress:
        """How far the run is."""
        done = len(self._to_compute) - len(self._open) + len(self._done)
        return Progress(done=done, total=len(self._to_compute) + len(self._items), item=item, busy=busy)

    def outcome(self, unmatched: Iterable[object]) -> Outcome:
        """What the run did, in the order of the study."""
        return Outcome(
            items=tuple(self._done[item.spec.key] for item in self._items),
            computed=len(self._to_compute) - len(self._failures),
            reused=self._reused,
            unmatched=tuple(str(file) for file in unmatched),
        )


def unchanged_records(root: Path, items: Iterable[IdentifiedItem]) -> dict[str, ItemRecord]:
    """The records of the items whose files all exist with the recorded content, by the items' keys."""
    records = {item.key: Store(root).made(item.key) for item in items}
    hashes = hash_files(root, {path for record in records.values() if record for path in record.outputs})
    return {
        key: record
        for key, record in records.items()
        if record and all(hashes[path] == sha256 for path, sha256 in record.outputs.items())
    }
