"""The finished document of a study as data, and the report that is written from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
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
from halfcell.study.cache.kept_records import forget_other_records
from halfcell.study.cache.results import Store
from halfcell.study.items.acceptances import accepted_notes
from halfcell.study.items.closing_pages import closing_keys, closing_pages
from halfcell.study.items.made_records import MadeRecord, made_records
from halfcell.study.items.omitted import failure_of, without_failed
from halfcell.study.items.recorded_number import RecordedNumbers
from halfcell.study.items.shown_item import ShownItem, outlined_item, shown_item, whole_figure
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan
from halfcell.study.plan.identity import identify
from halfcell.study.plan.kept_plan import PLAN
from halfcell.study.plan.study_plan import checked_plan

if TYPE_CHECKING:
    from halfcell.study.cache.item_record import NumberRecord
    from halfcell.study.cache.lock_file import Lock, ReportEntry
    from halfcell.study.execute.lock_entries import MadeItem
    from halfcell.study.execute.outcome import Outcome


def document_of_plan(
    plan: IdentifiedPlan,
    failures: Mapping[str, str],
    *,
    outlines: bool = False,
    records: Mapping[str, MadeRecord] | None = None,
) -> Document:
    """The document of a plan: every item in order, or its failure in its place; `failures` is keyed by item.

    With `outlines` its figures are outlines, which are kept between runs: `Item.whole_figure` draws one. `records` are
    those of the items that a run has just made or found unchanged, by the keys of the items.
    """
    store = Store(plan.root)
    made = [item for item in plan.items if not failures.get(item.spec.key)]
    shown = {item.spec.key: (outlined_item if outlines else shown_item)(item, store) for item in made}
    records = made_records(store, made) if records is None else records
    items = tuple(
        _document_item(item, shown[item.spec.key], records, plan)
        if item.spec.key in shown
        else _failed_item(item, failures[item.spec.key])
        for item in plan.items
    )
    simulated = any(item.simulated for item in items)
    closing = closing_pages(plan.files, made, store, simulated=simulated)
    spec, bibliography = plan.files.file.document, plan.files.bibliography
    return Document(
        title=plan.files.file.title,
        subtitle=plan.files.file.subtitle,
        authors=spec.authors,
        methods=closing.methods,
        bibliography=_with_own_references(bibliography),
        publication=spec.publication,
        items=items,
        unmatched=tuple(str(file) for file in plan.unmatched),
        truth=closing.truth,
        calibration=closing.calibration,
        simulated=simulated,
        code_version=f"halfcell {__version__}",
    )


def _with_own_references(bibliography: Bibliography | None) -> Bibliography | None:
    """The author's bibliography with the references of the methods that halfcell uses."""
    if bibliography is None:
        return None
    from halfcell.study.items.methods import own_references

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
    from halfcell.study.execute.step_job import compute_and_store

    steps = {step.id: step for item in items for step in item.steps if not Store(root).has_results(step.id)}
    attempts = {name: attempt(compute_and_store, step, root) for name, step in steps.items()}
    failures = {name: one.failure for name, one in attempts.items() if one.failure}
    return tuple(without_failed(item, failures) for item in items)


def _compose_or_fail(item: IdentifiedItem, root: Path) -> None:
    """Compose an item, to see whether that works."""
    if item.missing and not item.steps:
        raise InputError(failure_of(item))
    shown_item(item, Store(root))


def _failed_item(item: IdentifiedItem, failure: str) -> Item:
    """An item of the document that could not be made."""
    spec = item.spec
    return Item(id=spec.id, kind=spec.kind, name=spec.name, caption=spec.caption, failure=failure)


def _document_item(
    item: IdentifiedItem, shown: ShownItem, records: Mapping[str, MadeRecord], plan: IdentifiedPlan
) -> Item:
    """One item of the document with its figure or table, its numbers and its files."""
    spec, content, store = item.spec, shown.content, Store(plan.root)
    found = records.get(item.key)
    numbers = found.record.numbers if found else _numbers(item, store)
    outputs = found.record.outputs if found and found.has_its_files else {}
    return Item(
        id=spec.id,
        kind=spec.kind,
        name=spec.name,
        caption=content.caption,
        figure=content if isinstance(content, Figure) else None,
        table=None if isinstance(content, Figure) else content,
        numbers=RecordedNumbers(numbers),
        notes=shown.notes,
        simulated=content.simulated,
        missing=shown.missing,
        accepted=accepted_notes(spec, shown.notes, plan.files.file.document.accepted),
        files={_kind_of_file(path, spec.id): str(store.root / path) for path in outputs},
        made=found.record.made if found and outputs else "",
        body=item.body,
        draw=partial(whole_figure, item, store) if shown.is_outline else None,
    )


def _numbers(item: IdentifiedItem, store: Store) -> Sequence[NumberRecord]:
    """The numbers of an item that no run has made yet."""
    from halfcell.study.items.compose import compose_item
    from halfcell.study.items.provenance import trace_numbers

    composed = compose_item(item, store)
    return trace_numbers(item.spec, composed.content, composed.shown)


def _kind_of_file(path: str, id_: str) -> str:
    """What a file of an item is: ``svg``, ``csv``, ``a-map.csv``."""
    return Path(path).name.removeprefix(file_stem(id_)).lstrip(".-")


def write_report(
    plan: IdentifiedPlan,
    outcome: Outcome,
    lock: Lock,
    made: Iterable[MadeItem],
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
        The lock of this run, with the entry of the last report.
    made
        The items that the run made or found unchanged.
    publish
        Writes the document into a folder and returns the files.

    Returns
    -------
    ReportEntry
        The report's entry in study.lock.
    """
    failures = {f"{item.kind} {item.id}": item.failure for item in outcome.failed}
    key = digest(_report_content(plan, outcome, lock, failures))
    last_report = lock.get("report", {})
    outputs = last_report.get("outputs", {})
    if last_report.get("key") == key and outputs and hash_files(plan.root, outputs) == outputs:
        return last_report
    records = {one.item.key: MadeRecord(one.record, has_its_files=True) for one in made}
    written = publish(document_of_plan(plan, failures, outlines=True, records=records), plan.root / "out")
    _forget_old_items(plan, failures)
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


def _forget_old_items(plan: IdentifiedPlan, failures: Mapping[str, str]) -> None:
    """Remove what was kept of items as they were before."""
    made = [item for item in plan.items if not failures.get(item.spec.key)]
    kept = {PLAN, *(item.body for item in plan.items), *closing_keys(plan.files, made)}
    forget_other_records(Store(plan.root), kept)
