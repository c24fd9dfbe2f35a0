"""The settings of the techniques of a figure or table, as fields: made from the settings' types and docstrings."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.app.forms.fields import Field, Path, kind_of, shown
from halfcell.core.setting_rows import setting_rows
from halfcell.core.vocabulary import technique_name
from halfcell.techniques.load import load_technique

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import ItemState, StudyState
    from halfcell.study.files.item_spec import Part


@dataclass(frozen=True, kw_only=True)
class SettingGroup:
    """The settings of one part of an item: its heading, its technique, and its fields."""

    title: str
    technique: str
    fields: tuple[Field, ...]


def setting_groups(state: StudyState, item: ItemState) -> tuple[SettingGroup, ...]:
    """The settings of each part of a figure or table that a technique makes."""
    groups = []
    for index, part in enumerate(item.spec.parts):
        name = technique_name(part.technique) if part.technique else ""
        if name:
            at: Path = ("panels", index, "set") if item.spec.composite else ("set",)
            fields = _fields(name, part, at, _used(state, item, index))
            title = part.title or part.show or name
            groups.append(SettingGroup(title=title, technique=name, fields=fields))
    return tuple(groups)


def _fields(technique: str, part: Part, at: Path, used: Mapping[str, object]) -> tuple[Field, ...]:
    kind = load_technique(technique).settings
    hints = typing.get_type_hints(kind)
    found = []
    for row in setting_rows(kind):
        how, choices = kind_of(hints[row.name])
        found.append(
            Field(
                path=(*at, row.name),
                label=row.name,
                help=row.meaning.replace("``", ""),
                kind="text" if how == "number" else how,  # a number may have a point, a comma is told by its check
                choices=choices,
                value=shown(part.set.get(row.name)),
                usual=shown(used[row.name]) if used.get(row.name) not in (None, "", [], {}) else row.default,
                wanted=hints[row.name],
            )
        )
    return tuple(found)


def _used(state: StudyState, item: ItemState, index: int) -> Mapping[str, object]:
    """The settings that the first subject of a part is analysed with."""
    if state.plan is None:
        return {}
    planned = next((one for one in state.plan.items if one.spec.key == item.spec.key), None)
    slots = planned.parts[index] if planned and index < len(planned.parts) else ()
    return slots[0].step.values if slots else {}
