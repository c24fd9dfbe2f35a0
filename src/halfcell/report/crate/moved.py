"""A deposit as it stands in its crate: every source with the path of its copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.document import Document, Number
    from halfcell.core.json_values import Json
    from halfcell.report.crate.places import Places
    from halfcell.study.items.deposit import Deposit
    from halfcell.study.plan.identified_plan import IdentifiedItem, Slot, Step


def moved_deposit(deposit: Deposit, places: Places) -> Deposit:
    """The same deposit with the paths of the crate, as the study there would have it."""
    if not places.outside:
        return deposit
    return replace(
        deposit,
        items=tuple(_item(item, places) for item in deposit.items),
        document=_document(deposit.document, places),
        inputs={places.of(path): sha256 for path, sha256 in deposit.inputs.items()},
        raw={places.of(path): sha256 for path, sha256 in deposit.raw.items()},
    )


def _document(document: Document, places: Places) -> Document:
    items = (replace(item, numbers=tuple(_number(one, places) for one in item.numbers)) for item in document.items)
    return replace(document, items=tuple(items))


def _number(number: Number, places: Places) -> Number:
    origin = number.origin
    sources = tuple(replace(source, path=places.of(source.path)) for source in origin.sources)
    paths = {source.path for source in origin.sources}
    settings = {key: places.of(value) if value in paths else value for key, value in _hashable(origin.settings)}
    return replace(number, origin=replace(origin, sources=sources, settings={**origin.settings, **settings}))


def _hashable(settings: Mapping[str, object]) -> list[tuple[str, str]]:
    """The settings that are texts."""
    return [(key, value) for key, value in settings.items() if isinstance(value, str)]


def _item(item: IdentifiedItem, places: Places) -> IdentifiedItem:
    parts = tuple(tuple(_slot(slot, places) for slot in part) for part in item.parts)
    own = tuple(replace(file, path=places.of(file.path)) for file in item.own)
    return replace(item, parts=parts, own=own)


def _slot(slot: Slot, places: Places) -> Slot:
    return replace(slot, step=_step(slot.step, places))


def _step(step: Step, places: Places) -> Step:
    references = {name: replace(file, path=places.of(file.path)) for name, file in step.references.items()}
    values: dict[str, Json] = {**step.values, **{name: file.path for name, file in references.items()}}
    files = tuple(replace(file, path=places.of(file.path)) for file in step.files)
    return replace(step, files=files, references=references, values=values)
