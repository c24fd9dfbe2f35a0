"""Settings of a step, layer on layer: default < sample < cell < ``[settings.<technique>]`` < the item's ``set``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from halfcell.core.errors import HalfcellError, InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.core.settings import CheckedSettings, as_json, build
from halfcell.core.vocabulary import technique_name
from halfcell.techniques.load import load_technique

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.study.files.item_spec import Part
    from halfcell.study.files.study_files import StudyFiles
    from halfcell.study.files.subject import Subject
    from halfcell.techniques import Technique

_NO_SETTINGS = {"name", "label", "meta", "sample", "group"}  # fields of a cell or a sample that only name it


@dataclass(frozen=True, kw_only=True)
class WrittenSetting:
    """A setting that somebody wrote: its name, its value, and the place."""

    name: str
    value: object
    where: str


@dataclass(frozen=True, kw_only=True)
class ResolvedSettings:
    """The settings of one step, or the problems that prevent them.

    `settings` is the technique's own record, `values` the same as JSON; `layers` gives the place where each value was
    set; `references` are the paths of settings that are given as files.
    """

    settings: object = None
    values: Mapping[str, Json] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[InputError, ...] = ()


def resolve(technique: Technique, name: str, files: StudyFiles, part: Part, subject: Subject) -> ResolvedSettings:
    """Lay the settings of a technique over each other for one subject."""
    wanted = {item.name for item in dataclasses.fields(technique.settings)}
    of_subject = [setting for setting in _of_subject(files, subject) if setting.name in wanted]
    merged = {setting.name: setting for setting in [*of_subject, *_of_study(files, name), *_of_part(files, part)]}
    references, problems = _references(technique, merged, files, subject)
    plain = {key: setting for key, setting in merged.items() if key not in references}
    for setting in plain.values():
        problems.extend(wrong_setting(technique, setting))
    folders, unreadable = _folders(technique, plain, files)
    problems += unreadable
    if problems:
        return ResolvedSettings(problems=tuple(problems))
    plain |= folders
    try:
        settings = build(technique.settings, {key: setting.value for key, setting in plain.items()})
    except HalfcellError as error:
        where = error.where or files.lines.place(part.path)
        return ResolvedSettings(problems=(InputError(error.what, where, error.hint),))
    if isinstance(settings, CheckedSettings) and (wrong := settings.wrong_words()):
        places = {key: setting.where for key, setting in merged.items()}
        return ResolvedSettings(
            problems=tuple(InputError(_with_name(key, p.what), places.get(key, ""), p.hint) for key, p in wrong)
        )
    values = {item.name: as_json(getattr(settings, item.name)) for item in dataclasses.fields(settings)}
    return ResolvedSettings(
        settings=settings,
        values=values | references,
        layers={key: setting.where for key, setting in merged.items()},
        references=references,
    )


def wrong_settings(files: StudyFiles) -> Iterator[InputError]:
    """Mistakes in ``[settings.<technique>]``, whether or not an item uses them."""
    for written, values in files.file.settings.items():
        try:
            technique = load_technique(written)
        except HalfcellError as error:
            yield InputError(error.what, files.lines.place(("settings", written)), error.hint)
            continue
        for key, value in values.items():
            where = files.lines.place(("settings", written, key))
            yield from wrong_setting(technique, WrittenSetting(name=key, value=value, where=where))


def wrong_setting(technique: Technique, setting: WrittenSetting) -> tuple[InputError, ...]:
    """What is wrong with one written setting: an unknown name, a value of the wrong type or not allowed."""
    if setting.name in technique.references and isinstance(setting.value, str):
        return ()
    try:
        build(technique.settings, {setting.name: setting.value}, setting.where)
    except StudyError as error:
        return tuple(InputError(_with_name(setting.name, p.what), setting.where, p.hint) for p in error.problems)
    except HalfcellError as error:
        return (InputError(error.what, setting.where, error.hint),)
    return ()


def _with_name(name: str, what: str) -> str:
    return what if repr(name) in what else f"{name}: {what}"


def _of_subject(files: StudyFiles, subject: Subject) -> Iterator[WrittenSetting]:
    """The values in the tables: those of the sample first, then those of its cell."""
    kind, name = subject
    cell = files.subjects.cells.get(name) if kind == "cell" else None
    sample_name = cell.sample if cell else name if kind == "sample" else ""
    sample = files.subjects.samples.get(sample_name)
    for record, record_kind, record_name in ((sample, "sample", sample_name), (cell, "cell", name)):
        if record is not None:
            fields = [item.name for item in dataclasses.fields(record) if item.name not in _NO_SETTINGS]
            plain = {field_name: getattr(record, field_name) for field_name in fields}
            for key, value in (dict(record.meta) | plain).items():
                if value is not None and value not in ("", {}):
                    where = files.subjects.place(record_kind, record_name, key)
                    yield WrittenSetting(name=key, value=value, where=where)


def _of_study(files: StudyFiles, technique: str) -> Iterator[WrittenSetting]:
    """``[settings.<technique>]``."""
    for written, values in files.file.settings.items():
        if technique_name(written) == technique:
            for key, value in values.items():
                yield WrittenSetting(name=key, value=value, where=files.lines.place(("settings", written, key)))


def _of_part(files: StudyFiles, part: Part) -> Iterator[WrittenSetting]:
    """The ``set`` of an item or a panel."""
    for key, value in part.set.items():
        yield WrittenSetting(name=key, value=value, where=files.lines.place((*part.path, "set", key)))


def _folders(
    technique: Technique, plain: Mapping[str, WrittenSetting], files: StudyFiles
) -> tuple[dict[str, WrittenSetting], list[InputError]]:
    """Settings that are given as folders of the study: what they hold, and what is wrong with them."""
    found, problems = {}, []
    for name, read in technique.folders.items():
        setting = plain.get(name)
        if setting is not None and isinstance(setting.value, str) and setting.value:
            try:
                found[name] = replace(setting, value=read(files.root / setting.value))
            except InputError as error:
                problems.append(InputError(f"{name}: {error.what}", setting.where, error.hint))
    return found, problems


def _references(
    technique: Technique, merged: Mapping[str, WrittenSetting], files: StudyFiles, subject: Subject
) -> tuple[dict[str, str], list[InputError]]:
    """Settings that are given as files: their paths below the study; a missing file is a problem."""
    paths: dict[str, str] = {}
    problems: list[InputError] = []
    for name in technique.references:
        setting = merged.get(name)
        if setting is None or not isinstance(setting.value, str) or not setting.value:
            continue
        path = setting.value.replace("{" + subject.kind + "}", subject.name)
        if not (files.root / path).is_file():
            folder = (files.root / path).parent
            there = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
            hint = did_you_mean((files.root / path).name, there) if there else f"there is no folder {folder.name}"
            problems.append(InputError(f"{name}: no such file {path!r}", setting.where, hint))
        paths[name] = path
    return paths, problems
