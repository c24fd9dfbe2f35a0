"""Plans of items that are kept between runs: a changed caption plans nothing again, and imports no technique for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from halfcell import __version__
from halfcell.core.plugins import plugins
from halfcell.core.settings import as_json
from halfcell.study.cache.code_hash import code_stamp
from halfcell.study.cache.declared_versions import installed_version
from halfcell.study.cache.file_hashes import content_hash
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.kept_records import keep_record, stored_record
from halfcell.study.cache.results import Store
from halfcell.study.cache.stored_value import StoredValue, as_stored
from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.files.own_content import OwnContent
from halfcell.study.files.study_files import StudyFiles
from halfcell.study.plan.planned_item import PlannedItem, PlannedSlot
from halfcell.techniques.load import load_technique

PLAN = "plan"  # the name of the record


@dataclass(frozen=True, kw_only=True)
class KeptItem:
    """The plan of an item: its parts with technique and show filled in, and the slots of each."""

    parts: tuple[Part, ...]
    slots: tuple[tuple[PlannedSlot, ...], ...]


@dataclass(frozen=True, kw_only=True)
class KeptPlan:
    """The plans of a study without mistakes, by what is asked for; `base` is the hash of all else that planning reads.

    Without a `base` nothing is kept.
    """

    base: str = ""
    items: Mapping[str, KeptItem] = field(default_factory=dict)

    @property
    def is_of_this_study(self) -> bool:
        """Whether the tables and settings are those of a plan without mistakes: they need no second look."""
        return bool(self.items)

    def item(self, files: StudyFiles, spec: ItemSpec) -> PlannedItem | None:
        """The plan of an item as it was made before; None if it has to be planned, or one of its files is gone."""
        kept = self.items.get(_asked(files, spec))
        if kept is None or not _has_its_files(files, kept):
            return None
        parts = tuple(
            replace(old, title=now.title, look=now.look, path=now.path)
            for old, now in zip(kept.parts, spec.parts, strict=True)
        )
        return PlannedItem(spec=replace(spec, parts=parts), parts=kept.slots)


def kept_plan(files: StudyFiles) -> KeptPlan:
    """What was kept of the plan of a study, if all that planning reads is as it was then.

    That is all but titles, captions and looks of the items: the tables and other files of the study, what study.toml
    says of raw files and settings and in which lines, the names of the raw files, and the program.
    """
    base = "" if files.problems else _base(files)
    stored = stored_record(Store(files.root), PLAN) if base else None
    return stored if isinstance(stored, KeptPlan) and stored.base == base else KeptPlan(base=base)


def keep_plan(files: StudyFiles, known: KeptPlan, items: Sequence[PlannedItem]) -> None:
    """Keep the plan of a study without mistakes, unless it is the one that was kept."""
    if not known.base:
        return
    made: dict[str, KeptItem] = {}
    for spec, item in zip(files.file.items, items, strict=True):
        asked = _asked(files, spec)
        if asked in known.items:
            made[asked] = known.items[asked]
        elif all(map(_can_be_kept, item.spec.parts)):
            with suppress(TypeError):  # settings with arrays, or of a plug-in: this item is planned each time
                slots = tuple(tuple(map(_stored, part)) for part in item.parts)
                made[asked] = KeptItem(parts=item.spec.parts, slots=slots)
    if made.keys() != known.items.keys():
        keep_record(Store(files.root), PLAN, KeptPlan(base=known.base, items=made))


def _stored(slot: PlannedSlot) -> PlannedSlot:
    """A slot whose settings are a text."""
    settings = slot.step.settings
    kept = settings if isinstance(settings, StoredValue) else as_stored(settings)
    return replace(slot, step=replace(slot.step, settings=kept))


def _can_be_kept(part: Part) -> bool:
    """Whether the hashes cover all that planning a part reads: not its own files, cards, or folders of plug-ins."""
    if part.own != OwnContent() or part.predict:
        return False
    return not (plugins("techniques")[part.technique].is_foreign and load_technique(part.technique).folders)


def _has_its_files(files: StudyFiles, kept: KeptItem) -> bool:
    """Whether the files that settings name are still there."""
    steps = (slot.step for part in kept.slots for slot in part)
    return all((files.root / path).is_file() for step in steps for path in step.references.values())


def _base(files: StudyFiles) -> str:
    """The hash of all that plans are made from, but for the items themselves."""
    file, lines = files.file, files.lines
    set_in = [lines.place(("settings", name, key)) for name, values in file.settings.items() for key in values]
    known = sorted(plugins("techniques"))
    return digest(
        {
            "halfcell": __version__,
            "code": code_stamp(known),
            "techniques": {name: installed_version(name) for name in known},
            "inputs": {path: content_hash(files.root / path) for path in files.inputs if path != lines.name},
            "raw": [as_json(entry) for entry in file.raw],
            "settings": as_json(file.settings),
            "lines": set_in,
            "found": [*files.raw.found, *files.raw.not_utf8],
            "folders": list(files.raw.folders),
        }
    )


def _asked(files: StudyFiles, spec: ItemSpec) -> str:
    """The hash of what an item asks for: its parts without titles and looks, and the lines of their settings."""
    skipped = {"title", "look", "path"}
    parts = [{name: as_json(value) for name, value in vars(part).items() if name not in skipped} for part in spec.parts]
    lines = [[files.lines.place((*part.path, "set", key)) for key in part.set] for part in spec.parts]
    return digest({"id": spec.key, "composite": spec.composite, "parts": parts, "lines": lines})
