"""Identity: a step's id is sha256 over technique, recipe version, settings, its files' hashes and their readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from halfcell import __version__
from halfcell.core.settings import as_json
from halfcell.study.cache.code_hash import item_code
from halfcell.study.cache.file_hashes import UNREADABLE, hash_files
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.lock_file import read_lock
from halfcell.study.files.input_file import InputFile
from halfcell.study.files.item_spec import ItemSpec
from halfcell.study.plan.file_beside import file_beside
from halfcell.study.plan.file_readers import by_column_map, readers_of, versioned
from halfcell.study.plan.identified_plan import IdentifiedItem, IdentifiedPlan, SameContent, Slot, Step
from halfcell.study.plan.planned_item import PlannedFile, PlannedItem, PlannedStep
from halfcell.study.plan.study_plan import Plan
from halfcell.study.plan.vanished_subjects import vanished_subjects

Parts = tuple[tuple[Slot, ...], ...]


@dataclass(frozen=True, kw_only=True)
class _Contents:
    """What is known of the contents of files, by path: sha256, the reader with its version, and the file beside it."""

    hashes: Mapping[str, str]
    readers: Mapping[str, str]
    beside: Mapping[str, str]

    def source(self, file: InputFile) -> list[object]:
        """What of a file makes a result another one: its content, and that of the text file beside a picture."""
        beside = self.beside.get(file.path)
        return [file.sha256, dict(file.tags), file.reader, *([self.hashes[beside]] if beside else [])]

    def identified(self, file: PlannedFile, reader: str = "") -> InputFile:
        """A file with its hash and its reader: the one given, or the one that recognises it."""
        reader = reader or self.readers.get(file.path, "")
        return InputFile(path=file.path, sha256=self.hashes[file.path], reader=reader, tags=file.tags)


def identify(plan: Plan, *, trust_times: bool = True) -> IdentifiedPlan:
    """Hash the files of all steps, find their readers, and give steps and items their ids.

    Without `trust_times` all files are read whole, also those whose size and time are as when they were hashed.
    The subjects that vanished since the last run and the files with the same content are found here, too.
    """
    root = plan.files.root
    raw = {path for item in plan.items for step in item.steps for path in step.paths}
    own_files = {path for item in plan.items for path in item.spec.own_files}
    beside = {path: text for path in raw if (text := file_beside(root, path))}
    hashes = hash_files(root, raw | own_files | set(beside.values()), trust_times=trust_times)
    readable = {path: sha256 for path, sha256 in hashes.items() if sha256 != UNREADABLE and path in raw}
    readers = readers_of(root, readable)
    contents = _Contents(hashes=hashes, readers=readers, beside=beside)
    parts = [_parts(item, contents) for item in plan.items]
    shared = _shared_contents(parts)
    lock = read_lock(root)
    items = []
    for item, own in zip(plan.items, parts, strict=True):
        vanished = tuple(vanished_subjects(plan.files, item, lock))
        copies = _copies(own, shared)
        brought = tuple(InputFile(path=path, sha256=hashes[path], reader="own file") for path in item.spec.own_files)
        found = IdentifiedItem(
            spec=item.spec, parts=own, key="", body="", vanished=vanished, copies=copies, own=brought
        )
        body = _body(found)
        items.append(replace(found, key=digest({"body": body, "caption": item.spec.caption}), body=body))
    return IdentifiedPlan(files=plan.files, items=tuple(items), unmatched=plan.unmatched)


def _parts(item: PlannedItem, contents: _Contents) -> Parts:
    """The slots of each part with identified steps."""
    return tuple(
        tuple(
            Slot(label=slot.label, subject=slot.subject, step=_step(slot.step, contents), group=slot.group)
            for slot in part
        )
        for part in item.parts
    )


def _step(step: PlannedStep, contents: _Contents) -> Step:
    """A step with its files' hashes and readers, and its id."""
    reader = by_column_map() if step.columns else versioned(step.reader) if step.reader else ""
    files = tuple(contents.identified(file, reader) for file in step.files)
    references = {name: contents.identified(PlannedFile(path=path)) for name, path in step.references.items()}
    content = {
        "technique": step.technique,
        "version": step.version,
        "settings": {name: value for name, value in step.values.items() if name not in references},
        "sources": [contents.source(file) for file in files],
        "references": {name: [file.sha256, file.reader] for name, file in references.items()},
        "columns": dict(step.columns),
        "context": dict(step.context),
    }
    return Step(
        id=digest(content),
        technique=step.technique,
        version=step.version,
        subject=step.subject,
        settings=step.settings,
        files=files,
        references=references,
        columns=step.columns,
        values=step.values,
        layers=step.layers,
        context=step.context,
    )


def _slots(parts: Parts) -> Iterator[Slot]:
    return (slot for part in parts for slot in part)


def _shared_contents(items: Sequence[Parts]) -> dict[str, dict[str, str]]:
    """Contents that files of several subjects have: sha256 -> subject -> path."""
    found: dict[str, dict[str, str]] = {}
    for slot in (slot for parts in items for slot in _slots(parts)):
        for file in slot.step.files:
            found.setdefault(file.sha256, {}).setdefault(slot.subject, file.path)
    return {sha256: paths for sha256, paths in found.items() if len(set(paths.values())) > 1 and sha256 != UNREADABLE}


def _copies(parts: Parts, shared: Mapping[str, Mapping[str, str]]) -> tuple[SameContent, ...]:
    """The subjects of an item whose files have the content of another subject's file."""
    copies: dict[SameContent, None] = {}
    for slot in _slots(parts):
        for file in slot.step.files:
            paths = shared.get(file.sha256, {})
            others = sorted({path for subject, path in paths.items() if subject != slot.subject} - {file.path})
            if others:
                text = f"{file.path} has the same content as {', '.join(others)}: a copying mistake?"
                copies[SameContent(slot.label, text)] = None
    return tuple(copies)


def _body(item: IdentifiedItem) -> str:
    """The hash of an item but for its caption: its entry, the results and files that it shows, the code that draws."""
    content: dict[str, object] = {
        "spec": _entry(item.spec),
        "parts": [
            [[slot.label, slot.step.id, [f.path for f in slot.step.files]] for slot in part] for part in item.parts
        ],
        "halfcell": __version__,
        "code": item_code(item.spec),
    }
    groups = [[slot.group for slot in part] for part in item.parts]
    content |= {"groups": groups} if any(map(any, groups)) else {}
    more = {
        "gone": [one.text for one in item.vanished],
        "copies": [list(one) for one in item.copies],
        "own": [[file.path, file.sha256] for file in item.own],
    }
    return digest(content | {name: lines for name, lines in more.items() if lines})


def _entry(spec: ItemSpec) -> dict[str, object]:
    """An item's entry in the study file as JSON, without its place there and the words of its caption."""
    fields = {name: as_json(value) for name, value in vars(spec).items() if name not in {"path", "parts", "caption"}}
    parts = [{name: as_json(value) for name, value in vars(part).items() if name != "path"} for part in spec.parts]
    return {**fields, "parts": parts, "has_caption": bool(spec.caption)}
