"""The methods section and the comparison with true values: made from all results of a document, and kept by these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell import __version__
from halfcell.core.calibration import Calibration
from halfcell.core.document import Section
from halfcell.core.settings import as_json
from halfcell.core.table import Table
from halfcell.study.cache.code_hash import item_code, report_code
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.kept_records import kept_record
from halfcell.study.cache.results import Store
from halfcell.study.files.study_files import StudyFiles
from halfcell.study.plan.identified_plan import IdentifiedItem, Slot

if TYPE_CHECKING:
    from halfcell.study.items.traced import Traced
    from halfcell.study.items.truth import SubjectResult


@dataclass(frozen=True, kw_only=True, eq=False)
class ClosingPages:
    """What a document says of all its results together."""

    methods: tuple[Section, ...]
    truth: Table | None
    calibration: Calibration | None


def closing_pages(files: StudyFiles, items: Sequence[IdentifiedItem], store: Store, *, simulated: bool) -> ClosingPages:
    """The methods section and the comparison with true values of the items that were made.

    They are kept by the results that the items show and by what the study says of them: a changed caption reads no
    result.
    """

    def make() -> ClosingPages:
        from halfcell.study.items.methods import methods_sections
        from halfcell.study.items.truth import calibration, truth_table

        results = [one for item in items for one in _results(item, store)]
        spec = files.file.document
        return ClosingPages(
            methods=methods_sections([one.result for one in results], spec.methods, files.bibliography),
            truth=truth_table(files.truth, results, simulated=simulated),
            calibration=calibration(files.truth, results),
        )

    return kept_record(store, closing_key(files, items, simulated=simulated), ClosingPages, make)


def closing_key(files: StudyFiles, items: Sequence[IdentifiedItem], *, simulated: bool) -> str:
    """The hash of all that the closing pages are made from."""
    truth = files.truth
    slots = [[_slot(slot) for slot in part] for item in items for part in item.parts]
    content = {
        "results": slots,
        "methods": as_json(files.file.document.methods),
        "references in the text": files.bibliography is None,
        "truth": [truth.comma, [sorted(row.cells.items()) for row in truth.rows]] if truth else [],
        "simulated": simulated,
        "halfcell": __version__,
        "code": [report_code(), sorted({item_code(item.spec) for item in items})],
    }
    return digest(content)


def _slot(slot: Slot) -> list[str]:
    return [slot.subject, slot.label, slot.group, slot.step.id]


def _results(item: IdentifiedItem, store: Store) -> Iterator[SubjectResult]:
    from halfcell.study.items.compose import labelled_parts
    from halfcell.study.items.truth import SubjectResult

    for part, slots in zip(labelled_parts(item, store), item.parts, strict=True):
        for slot, one in _with_slots(part, slots):
            yield SubjectResult(slot.subject, slot.label, one.result)


def _with_slots(part: Sequence[Traced], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Traced]]:
    """Each result of a part with its slot: both are in the same order, and several slots may share a step."""
    slots_of_step = Counter(slot.step.id for slot in slots)
    results_of_step_id = Counter(one.result.id.split("-")[0] for one in part)
    owners = [slot for slot in slots for _ in range(results_of_step_id[slot.step.id] // slots_of_step[slot.step.id])]
    return zip(owners, part, strict=True)
