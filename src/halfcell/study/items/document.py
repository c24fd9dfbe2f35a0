"""The finished document of a study as data, and the report that is written from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell import __version__
from halfcell.core.document import Bibliography, Document, Item
from halfcell.core.errors import InputError
from halfcell.core.figure import Figure
from halfcell.core.file_names import file_stem
from halfcell.core.settings import as_json
from halfcell.study.attempt import attempt
from halfcell.study.cache.code_hash import report_code
from halfcell.study.cache.file_hashes import hash_files
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.results import Store
from halfcell.study.execute.step_job import compute_and_store
from halfcell.study.files.document_spec import AcceptedDoubt
from halfcell.study.items.acceptances import accepted_notes
from halfcell.study.items.compose import ComposedItem, compose_item
from halfcell.study.items.methods import methods_sections, own_references
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.items.provenance import number_from_record, trace_numbers
from halfcell.study.items.traced import Traced
from halfcell.study.items.truth import SubjectResult, calibration, truth_table
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan, Slot
from halfcell.study.plan.identity import identify
from halfcell.study.plan.study_plan import checked_plan

if TYPE_CHECKING:
    from halfcell.study.cache.item_record import ItemRecord
    from halfcell.study.cache.lock_file import Lock, ReportEntry
    from halfcell.study.execute.outcome import Outcome


def document_of_plan(plan: IdentifiedPlan, failures: Mapping[str, str]) -> Document:
    """The document of a plan: every item in order, or its failure in its place; `failures` is keyed by item."""
    store = Store(plan.root)
    results: list[SubjectResult] = []
    items = []
    for item in plan.items:
        failure = failures.get(item.spec.key, "")
        if failure:
            items.append(_failed_item(item, failure))
            continue
        composed = compose_item(item, store)
        items.append(_document_item(item, composed, store, plan.files.file.document.accepted))
        for part, slots in zip(composed.parts, item.parts, strict=True):
            pairs = _with_slots(part, slots)
            results += [SubjectResult(slot.subject, slot.label, one.result) for slot, one in pairs]
    simulated = any(item.simulated for item in items)
    spec, bibliography = plan.files.file.document, plan.files.bibliography
    return Document(
        title=plan.files.file.title,
        subtitle=plan.files.file.subtitle,
        authors=spec.authors,
        methods=methods_sections([one.result for one in results], spec.methods, bibliography),
        bibliography=_with_own_references(bibliography),
        publication=spec.publication,
        items=tuple(items),
        unmatched=tuple(str(file) for file in plan.unmatched),
        truth=truth_table(plan.files.truth, results, simulated=simulated),
        calibration=calibration(plan.files.truth, results),
        simulated=simulated,
        code_version=f"halfcell {__version__}",
    )


def _with_own_references(bibliography: Bibliography | None) -> Bibliography | None:
    """The author's bibliography with the references of the methods that halfcell uses."""
    if bibliography is None:
        return None
    return replace(bibliography, bibtex=f"{bibliography.bibtex}\n{own_references()}")


def document_of_study(path: Path) -> Document:
    """The document of a study as it is now: missing results are computed, a failed item has its failure in its place.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    return made_study(path).document


@dataclass(frozen=True, kw_only=True, eq=False)
class MadeStudy:
    """A study as it is at one moment: the whole `plan`, the `items` that were made of it, and the `document`."""

    plan: IdentifiedPlan
    items: tuple[IdentifiedItem, ...]
    document: Document


def made_study(path: Path) -> MadeStudy:
    """Compute what is missing of a study, and make its document.

    Raises
    ------
    StudyError
        With every mistake in the study's files.
    """
    whole = identify(checked_plan(path), trust_times=False)
    plan = replace(whole, items=compute_missing_results(whole.items, whole.root))
    attempts = {item.spec.key: attempt(_compose_or_fail, item, plan.root) for item in plan.items}
    failures = {key: one.failure for key, one in attempts.items() if one.failure}
    made = tuple(item for item in plan.items if item.spec.key not in failures)
    return MadeStudy(plan=whole, items=made, document=document_of_plan(plan, failures))


def compute_missing_results(items: Sequence[IdentifiedItem], root: Path) -> tuple[IdentifiedItem, ...]:
    """Compute the results that are not stored yet; returns the items without the subjects whose step failed."""
    steps = {step.id: step for item in items for step in item.steps if not Store(root).has_results(step.id)}
    attempts = {name: attempt(compute_and_store, step, root) for name, step in steps.items()}
    failures = {name: one.failure for name, one in attempts.items() if one.failure}
    return tuple(without_failed(item, failures) for item in items)


def _compose_or_fail(item: IdentifiedItem, root: Path) -> None:
    """Compose an item, to see whether that works."""
    if item.missing and not item.steps:
        raise InputError(failure_of(item))
    compose_item(item, Store(root))


def _with_slots(part: Sequence[Traced], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Traced]]:
    """Each result of a part with its slot: both are in the same order, and several slots may share a step."""
    slots_of_step = Counter(slot.step.id for slot in slots)
    results_of_step_id = Counter(one.result.id.split("-")[0] for one in part)
    owners = [slot for slot in slots for _ in range(results_of_step_id[slot.step.id] // slots_of_step[slot.step.id])]
    return zip(owners, part, strict=True)


def _failed_item(item: IdentifiedItem, failure: str) -> Item:
    """An item of the document that could not be made."""
    spec = item.spec
    return Item(id=spec.id, kind=spec.kind, name=spec.name, caption=spec.caption, failure=failure)


def _document_item(
    item: IdentifiedItem, composed: ComposedItem, store: Store, accepted: Sequence[AcceptedDoubt]
) -> Item:
    """One item of the document with its figure or table, its numbers and its files."""
    spec, content = item.spec, composed.content
    record = store.load_record(item.key)
    outputs = record.outputs if record and _are_of(record, store) else {}
    numbers = record.numbers if record else trace_numbers(spec, content, composed.shown)
    return Item(
        id=spec.id,
        kind=spec.kind,
        name=spec.name,
        caption=content.caption,
        figure=content if isinstance(content, Figure) else None,
        table=None if isinstance(content, Figure) else content,
        numbers=tuple(number_from_record(number) for number in numbers),
        notes=composed.notes,
        simulated=content.simulated,
        missing=composed.missing,
        accepted=accepted_notes(spec, composed.notes, accepted),
        files={_kind_of_file(path, spec.id): str(store.root / path) for path in outputs},
        made=record.made if record and outputs else "",
    )


def _kind_of_file(path: str, id_: str) -> str:
    """What a file of an item is: ``svg``, ``csv``, ``a-map.csv``."""
    return Path(path).name.removeprefix(file_stem(id_)).lstrip(".-")


def _are_of(record: ItemRecord, store: Store) -> bool:
    """Whether the files of an item are still those that were made with its record: a later run may have made others."""
    return hash_files(store.root, record.outputs) == dict(record.outputs)


def write_report(
    plan: IdentifiedPlan,
    outcome: Outcome,
    lock: Lock,
    last_report: ReportEntry,
    publish: Callable[[Document, Path], tuple[Path, ...]],
) -> ReportEntry:
    """Write the report, unless the one of the last run was made from the same content.

    Parameters
    ----------
    plan
        The items as they were made.
    outcome
        What the run did.
    lock
        The lock of this run.
    last_report
        The entry of the last report in study.lock.
    publish
        Writes the document into a folder and returns the files.

    Returns
    -------
    ReportEntry
        The report's entry in study.lock.
    """
    failures = {f"{item.kind} {item.id}": item.failure for item in outcome.failed}
    key = digest(_report_content(plan, outcome, lock, failures))
    outputs = last_report.get("outputs", {})
    if last_report.get("key") == key and outputs and hash_files(plan.root, outputs) == outputs:
        return last_report
    written = publish(document_of_plan(plan, failures), plan.root / "out")
    paths = [path.resolve().relative_to(plan.root.resolve()).as_posix() for path in written]
    return {"key": key, "outputs": hash_files(plan.root, paths)}


def _report_content(
    plan: IdentifiedPlan, outcome: Outcome, lock: Lock, failures: Mapping[str, str]
) -> dict[str, object]:
    """All that a report is made from."""
    keys = {name: entry["key"] for name, entry in lock["items"].items()}
    return {
        "title": [plan.files.file.title, plan.files.file.subtitle],
        "document": as_json(plan.files.file.document),
        "bibliography": as_json(plan.files.bibliography),
        "items": [[item.spec.key, keys.get(item.spec.key)] for item in plan.items],
        "failures": failures,
        "unmatched": list(outcome.unmatched),
        "truth": [sorted(row.cells.items()) for row in plan.files.truth.rows] if plan.files.truth else [],
        "halfcell": __version__,
        "code": report_code(),
    }
