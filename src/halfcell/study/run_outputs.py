"""What a run writes at its end: numbers.csv, study.lock and the report."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from halfcell import __version__
from halfcell.core.document import Number
from halfcell.core.settings import as_json
from halfcell.study.cache.code_hash import report_code
from halfcell.study.cache.damage import damage_remarks, forget_damage
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.fingerprint import Fingerprint
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.lock_file import LOCK_FILE, Lock, lock_text, read_lock
from halfcell.study.cache.results import Store
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.execute.last_outcome import remember_outcome
from halfcell.study.execute.lock_entries import new_lock
from halfcell.study.execute.outcome import Outcome
from halfcell.study.items.acceptances import doubts_by_code, idle_acceptances, open_doubts
from halfcell.study.items.document import write_report
from halfcell.study.items.look_notes import TOLD, style_remarks
from halfcell.study.plan.font_remark import font_remarks
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
from halfcell.study.run_request import Publish
from halfcell.study.run_state import RunState

RECORDS = ("out/numbers.csv", "out/settings.json", "out/datapackage.json")


def write_outputs(plan: IdentifiedPlan, state: RunState, mark: Fingerprint, publish: Publish | None) -> Outcome:
    """Write numbers.csv, study.lock and the report, and remove the files of items that no longer exist.

    A complete run of all items is remembered with its fingerprint `mark`.

    Returns
    -------
    Outcome
        What the run did.
    """
    root, store = plan.root, Store(plan.root)
    outcome = _with_open_doubts(state.outcome(plan.unmatched), plan, _style_remarks(plan, state))
    plan = replace(plan, items=tuple(_as_made(item, state) for item in plan.items))
    last = read_lock(root)
    damage = damage_remarks(root)
    not_run = {item.spec.key for item in plan.items} - {f"{item.kind} {item.id}" for item in outcome.items}
    not_run_entries = {key: entry for key, entry in last.get("items", {}).items() if key in not_run}
    lock = new_lock(plan.files.file.title, state.made.values(), last, not_run_entries)
    records = {key: made.record for key, made in state.made.items()}
    lock["numbers"] = _write_numbers(plan, lock, store, records)
    runs_all_items = not not_run
    if runs_all_items and publish is not None:
        _write_if_changed(store, root / LOCK_FILE, lock_text(lock))  # kept even if the report cannot be written
        lock["report"] = write_report(plan, outcome, lock, state.made.values(), publish)
        outcome = replace(outcome, published=tuple(lock["report"]["outputs"]))
    _write_if_changed(store, root / LOCK_FILE, lock_text(lock))
    _remove_old_files(root, last, lock)
    if runs_all_items and not outcome.exit_status:
        outputs = [path for entry in lock["items"].values() for path in entry["outputs"]]
        outputs += [*lock.get("report", {}).get("outputs", {}), *RECORDS, LOCK_FILE]
        remember_outcome(root, mark, outcome, outputs, publishing=publish is not None)
    if damage:
        forget_damage(root)
    return replace(outcome, remarks=(*outcome.remarks, *damage))


def _write_numbers(plan: IdentifiedPlan, lock: Lock, store: Store, made: Mapping[str, ItemRecord]) -> str:
    """Write numbers.csv with its settings and the description of its columns; returns its sha256.

    Nothing is written where the items and what the study says of itself are those of the files that are there.
    """
    file = plan.files.file
    said = (file.title, file.document.authors, file.document.publication)
    made_from, path = _made_from(plan, lock, said), plan.root / FOLDER / "records.json"
    last = store.read_json(path)
    if made_from and last.get("made_from") == made_from and hash_files(plan.root, RECORDS) == last["files"]:
        return str(last["numbers"])
    from halfcell.study.items.data_package import records

    texts = records(list(_numbers(plan.items, lock, store, made)), *said)
    for name, text in zip(RECORDS, texts, strict=True):
        _write_if_changed(store, plan.root / name, text)
    numbers, files = hashlib.sha256(texts[0].encode()).hexdigest(), hash_files(plan.root, RECORDS)
    store.write_json(path, {"made_from": made_from, "files": files, "numbers": numbers})
    return numbers


def _made_from(plan: IdentifiedPlan, lock: Lock, said: tuple[object, ...]) -> str:
    """The hash of what the records are made from; empty if it is not known of an item of an earlier run."""
    entries = [(item.spec.key, lock["items"].get(item.spec.key)) for item in plan.items]
    bodies = [[key, entry.get("body", "")] for key, entry in entries if entry is not None]
    content = {"bodies": bodies, "said": as_json(said), "halfcell": __version__, "code": report_code()}
    return digest(content) if all(body for _, body in bodies) else ""


def _style_remarks(plan: IdentifiedPlan, state: RunState) -> tuple[str, ...]:
    """What the style of the study changes in no figure, once all of them were made."""
    figures = [item.spec.key for item in plan.items if item.spec.kind == "figure"]
    made = [state.made[key].record.unseen_style for key in figures if key in state.made]
    return tuple(style_remarks(made)) if len(made) == len(figures) else ()


def _with_open_doubts(outcome: Outcome, plan: IdentifiedPlan, of_style: tuple[str, ...]) -> Outcome:
    """The outcome with the doubts that the author has not accepted, and what is to be said of looks and fonts."""
    specs = {item.spec.key: item.spec for item in plan.items}
    accepted = plan.files.file.document.accepted
    each = (open_doubts(specs[f"{item.kind} {item.id}"], item.notes, accepted) for item in outcome.items)
    lines = doubts_by_code(doubt for found in each for doubt in found)
    shown = [(specs[f"{item.kind} {item.id}"], item.notes) for item in outcome.items]
    looks = (f"{item.name}: {note.text}" for item in outcome.items for _, note in item.notes if note.code in TOLD)
    fonts = font_remarks(item.spec.style for item in plan.items)
    remarks = (*looks, *of_style, *fonts, *idle_acceptances(shown, accepted))
    return replace(outcome, open_doubts=lines, remarks=remarks)


def _as_made(item: IdentifiedItem, state: RunState) -> IdentifiedItem:
    """An item as it was made: without the subjects that failed."""
    made = state.made.get(item.spec.key)
    return made.item if made else item


def _numbers(
    items: Iterable[IdentifiedItem], lock: Lock, store: Store, made: Mapping[str, ItemRecord]
) -> Iterator[Number]:
    """The numbers of all items that were made, in the order of the study; those of this run have their records."""
    from halfcell.study.items.recorded_number import number_from_record

    for item in items:
        entry = lock["items"].get(item.spec.key)
        record = made.get(item.spec.key) or (store.load_record(entry["key"]) if entry else None)
        if record is not None:
            yield from map(number_from_record, record.numbers)


def _write_if_changed(store: Store, path: Path, text: str) -> None:
    """Write a file unless it has this content already."""
    if not path.is_file() or path.read_bytes() != text.encode():
        store.write_file(path, text)


def _remove_old_files(root: Path, last: Lock, lock: Lock) -> None:
    """Remove the files of items that no longer exist or failed: an old figure beside a failure would mislead."""
    present = {path for entry in lock["items"].values() for path in entry["outputs"]}
    for entry in last.get("items", {}).values():
        for path in set(entry["outputs"]) - present:
            (root / path).unlink(missing_ok=True)
    for folder in ("out/figures", "out/tables"):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            os.rmdir(root / folder)
