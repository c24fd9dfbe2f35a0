"""The methods section and the comparison with true values: made from all results of a document, and kept by these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell import __version__
from halfcell.core.calibration import Calibration
from halfcell.core.document import Section
from halfcell.core.result import Result
from halfcell.core.settings import as_json
from halfcell.core.table import Table
from halfcell.study.cache.code_hash import item_code, report_code
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.kept_records import kept_record
from halfcell.study.cache.results import Store
from halfcell.study.files.study_files import StudyFiles
from halfcell.study.items.truth import SubjectResult
from halfcell.study.plan.identified_plan import IdentifiedItem, Slot

if TYPE_CHECKING:
    from halfcell.study.items.traced import Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class ClosingPages:
    """What a document says of all its results together."""

    methods: tuple[Section, ...]
    truth: Table | None
    calibration: Calibration | None


@dataclass(frozen=True, kw_only=True, eq=False)
class _OfTechnique:
    """What the closing pages say of the results of one technique: its methods, and the results without their curves."""

    said: str
    results: tuple[SubjectResult, ...]


def closing_pages(files: StudyFiles, items: Sequence[IdentifiedItem], store: Store, *, simulated: bool) -> ClosingPages:
    """The methods section and the comparison with true values of the items that were made.

    They are kept by the results that the items show and by what the study says of them: a changed caption reads no
    result. What they need of each technique is kept by its results: a changed mass reads those of cycling.
    """

    def make() -> ClosingPages:
        from halfcell.study.items.methods import methods_sections
        from halfcell.study.items.truth import calibration, truth_table

        parts = {name: _of_technique(name, items, store) for name in _techniques(items)}
        results = [one for part in parts.values() for one in part.results]
        spec = files.file.document
        said = {name: part.said for name, part in parts.items()}
        return ClosingPages(
            methods=methods_sections([one.result for one in results], spec.methods, files.bibliography, said),
            truth=truth_table(files.truth, results, simulated=simulated),
            calibration=calibration(files.truth, results),
        )

    return kept_record(store, closing_key(files, items, simulated=simulated), ClosingPages, make)


def closing_keys(files: StudyFiles, items: Sequence[IdentifiedItem]) -> set[str]:
    """The keys of all that is kept for the closing pages of these items."""
    whole = {closing_key(files, items, simulated=simulated) for simulated in (True, False)}
    return whole | {_key_of_technique(name, items) for name in _techniques(items)}


def _techniques(items: Sequence[IdentifiedItem]) -> tuple[str, ...]:
    """The techniques of the results, in order of appearance."""
    return tuple(dict.fromkeys(slot.step.technique for item in items for part in item.parts for slot in part))


def _with_technique(name: str, items: Sequence[IdentifiedItem]) -> list[IdentifiedItem]:
    return [item for item in items if any(slot.step.technique == name for part in item.parts for slot in part)]


def _of_technique(name: str, items: Sequence[IdentifiedItem], store: Store) -> _OfTechnique:
    """What is kept of the results of a technique, made from them where it is not."""

    def make() -> _OfTechnique:
        from halfcell.study.items.methods import technique_text

        found = [one for item in _with_technique(name, items) for one in _results(item, store)]
        own = [one for one in found if one.result.technique == name]
        said = technique_text(name, {one.result.id: one.result for one in own})
        return _OfTechnique(said=said, results=tuple(one._replace(result=_without_curves(one.result)) for one in own))

    return kept_record(store, _key_of_technique(name, items), _OfTechnique, make)


def _key_of_technique(name: str, items: Sequence[IdentifiedItem]) -> str:
    """The hash of all that is kept of the results of a technique: labels depend on the whole part of an item."""
    showing = _with_technique(name, items)
    content = {
        "technique": name,
        "slots": [[[*_slot(slot), *_paths(slot)] for slot in part] for item in showing for part in item.parts],
        "halfcell": __version__,
        "code": [report_code(), sorted({item_code(item.spec) for item in showing})],
    }
    return digest(content)


def _paths(slot: Slot) -> list[str]:
    return [file.path for file in (*slot.step.files, *slot.step.references.values())]


def _without_curves(result: Result) -> Result:
    """A result with the fields that all techniques have, without its rows and notes."""
    return Result(
        technique=result.technique,
        quantities=result.quantities,
        label=result.label,
        settings=result.settings,
        sources=result.sources,
        id=result.id,
        simulated=result.simulated,
        facts=result.facts,
    )


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

    for part, slots in zip(labelled_parts(item, store), item.parts, strict=True):
        for slot, one in _with_slots(part, slots):
            yield SubjectResult(slot.subject, slot.label, one.result)


def _with_slots(part: Sequence[Traced], slots: Sequence[Slot]) -> Iterator[tuple[Slot, Traced]]:
    """Each result of a part with its slot: both are in the same order, and several slots may share a step."""
    slots_of_step = Counter(slot.step.id for slot in slots)
    results_of_step_id = Counter(one.result.id.split("-")[0] for one in part)
    owners = [slot for slot in slots for _ in range(results_of_step_id[slot.step.id] // slots_of_step[slot.step.id])]
    return zip(owners, part, strict=True)
