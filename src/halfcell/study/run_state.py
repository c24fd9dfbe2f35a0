"""The state of one run: which steps and items are done, which have failed, and which can be made next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from halfcell.study.attempt import Attempt
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.lock_file import Lock
from halfcell.study.cache.results import Store
from halfcell.study.execute.lock_entries import MadeItem, reasons_to_make_again
from halfcell.study.execute.outcome import ItemDone, Outcome, Progress
from halfcell.study.items.made_records import made_records, reworded_record
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.plan.identified_plan import IdentifiedItem, Step


class RunState:
    """What has been done in one run, and what is left.

    An item can be made as soon as the last of its steps has ended, without the subjects whose steps failed; an item
    with no subject left fails. `items_left` is how many are to be made when the run begins.
    """

    def __init__(self, items: Sequence[IdentifiedItem], root: Path, lock: Lock) -> None:
        steps = {step.id: step for item in items for step in item.steps}
        self._items, self._root, self._lock = items, root, lock
        self._to_compute = {name: step for name, step in steps.items() if not Store(root).has_results(name)}
        self._reused = len(steps) - len(self._to_compute)
        self._unfinished = set(self._to_compute)
        self._unchanged = unchanged_records(root, items)
        others = [item for item in items if item.key not in self._unchanged]
        reworded = {item.key: reworded_record(Store(root), item, lock) for item in others}
        self._reworded = {key: record for key, record in reworded.items() if record}
        self.items_left = len(others) - len(self._reworded)
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
        """The items whose steps have all ended, without failed subjects; with `last` only those that need this step.

        An item with no subject left says why in `missing`.
        """
        ready = (
            item
            for item in self._items
            if not any(step.id in self._unfinished for step in item.steps)
            and (last is None or any(step.id == last.id for step in item.steps))
        )
        return tuple(without_failed(item, self._failures) for item in ready)

    def step_ended(self, step: Step, attempt: Attempt[object]) -> None:
        """Record how the computation of a step ended."""
        self._unfinished.discard(step.id)
        if attempt.failure:
            self._failures[step.id] = attempt.failure

    def done_without_work(self, item: IdentifiedItem) -> ItemDone | None:
        """How a ready item ends without work; None if it has to be made.

        It fails if it has no subject left, and it is unchanged if its files are; a new caption changes no file of it.
        """
        if item.missing and not item.steps:
            return self._add(item, "failed", failure=failure_of(item))
        # an item without its failed subjects has another key, whose record was not looked up before
        records = unchanged_records(self._root, (item,)) if item.missing else self._unchanged
        record = records.get(item.key)
        if record:
            return self._add(item, "unchanged", record)
        reworded = self._reworded.get(item.key)
        return self._add(item, "made", reworded) if reworded else None

    def item_ended(self, item: IdentifiedItem, attempt: Attempt[ItemRecord]) -> ItemDone:
        """Record how the making of an item ended."""
        if attempt.value is None:
            return self._add(item, "failed", failure=attempt.failure)
        return self._add(item, "made", attempt.value)

    def _add(
        self,
        item: IdentifiedItem,
        state: Literal["made", "unchanged", "failed"],
        record: ItemRecord | None = None,
        failure: str = "",
    ) -> ItemDone:
        """Add an item to those that are done."""
        spec, made = item.spec, record or ItemRecord()
        done = ItemDone(
            id=spec.id,
            kind=spec.kind,
            name=spec.name,
            state=state,
            results=len(item.steps),
            reasons=reasons_to_make_again(item, self._lock) if state == "made" else (),
            failure=failure,
            notes=made.notes,
            simulated=made.simulated,
            missing=made.missing,
        )
        self._done[spec.key] = done
        if record is not None:
            self._made[spec.key] = MadeItem(item, record)
        return done

    def progress(self, item: ItemDone | None = None, busy: tuple[str, ...] = ()) -> Progress:
        """How far the run is."""
        done = len(self._to_compute) - len(self._unfinished) + len(self._done)
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
    """The records of the items whose files all exist and are unchanged, by the keys of the items."""
    found = made_records(Store(root), items)
    return {key: made.record for key, made in found.items() if made.has_its_files}
