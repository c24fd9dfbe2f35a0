"""Settings of a step, layer on layer: default < sample < cell < ``[settings.<technique>]`` < the item's ``set``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from halfcell.core.errors import HalfcellError, InputError, StudyError
from halfcell.core.plugins import did_you_mean
from halfcell.core.settings import as_json, build
from halfcell.core.vocabulary import technique_name

if TYPE_CHECKING:
    from halfcell.study.files.load import Loaded
    from halfcell.study.records import Part
    from halfcell.techniques import Technique

_OWN = {"name", "label", "meta", "sample"}  # what a cell is called is no setting


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value that somebody wrote, and where."""

    name: str
    value: Any
    where: str


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """The settings of one step; `references` are the paths of settings that are given as files."""

    settings: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[InputError, ...] = ()


def resolve(room: Technique, name: str, loaded: Loaded, part: Part, subject: tuple[str, str]) -> Resolved:
    """Lay the settings of a technique over each other for one subject (``("cell", name)`` or ``("sample", name)``)."""
    wanted = {item.name for item in dataclasses.fields(room.settings)}
    described = [given for given in _of_subject(loaded, subject) if given.name in wanted]
    written = [*_of_study(loaded, name), *_of_part(loaded, part)]
    merged = {given.name: given for given in [*described, *written]}
    files, problems = _references(room, merged, loaded, subject)
    plain = {key: given for key, given in merged.items() if key not in files}
    for given in plain.values():
        problems.extend(wrong(room, given))
    if problems:
        return Resolved(problems=tuple(problems))
    try:
        settings = build(room.settings, {key: given.value for key, given in plain.items()})
    except HalfcellError as error:
        return Resolved(problems=(InputError(error.what, error.where or loaded.lines.place(part.path), error.hint),))
    return Resolved(
        settings=settings,
        values=as_json(settings) | files,
        layers={key: given.where for key, given in merged.items()},
        references=files,
    )


def wrong(room: Technique, given: Given) -> tuple[InputError, ...]:
    """What is wrong with one written setting: an unknown name, a value of the wrong type or not allowed."""
    if given.name in room.references and isinstance(given.value, str):
        return ()
    try:
        build(room.settings, {given.name: given.value}, given.where)
    except StudyError as error:
        return tuple(InputError(_named(given.name, p.what), given.where, p.hint) for p in error.problems)
    except HalfcellError as error:
        return (InputError(error.what, given.where, error.hint),)
    return ()


def _named(name: str, what: str) -> str:
    return what if repr(name) in what else f"{name}: {what}"


def _of_subject(loaded: Loaded, subject: tuple[str, str]) -> Iterator[Given]:
    """What the tables say: the sample first, its cell over it."""
    kind, name = subject
    cell = loaded.subjects.cells.get(name) if kind == "cell" else None
    sample_name = cell.sample if cell else name if kind == "sample" else ""
    sample = loaded.subjects.samples.get(sample_name)
    for record, of, called in ((sample, "sample", sample_name), (cell, "cell", name)):
        if record is not None:
            plain = {f.name: getattr(record, f.name) for f in dataclasses.fields(record) if f.name not in _OWN}
            for key, value in (dict(record.meta) | plain).items():
                if value is not None and value not in ("", {}):
                    yield Given(name=key, value=value, where=loaded.subjects.place(of, called, key))


def _of_study(loaded: Loaded, technique: str) -> Iterator[Given]:
    """``[settings.<technique>]``."""
    for written, values in loaded.file.settings.items():
        if technique_name(written) == technique:
            for key, value in values.items():
                yield Given(name=key, value=value, where=loaded.lines.place(("settings", written, key)))


def _of_part(loaded: Loaded, part: Part) -> Iterator[Given]:
    """The ``set`` of an item or a panel."""
    for key, value in part.set.items():
        yield Given(name=key, value=value, where=loaded.lines.place((*part.path, "set", key)))


def _references(
    room: Technique, merged: Mapping[str, Given], loaded: Loaded, subject: tuple[str, str]
) -> tuple[dict[str, str], list[InputError]]:
    """Settings that are given as files: their paths below the study; a missing file is a problem."""
    files, problems = {}, []
    for name in room.references:
        given = merged.get(name)
        if given is None or not isinstance(given.value, str) or not given.value:
            continue
        path = given.value.replace("{" + subject[0] + "}", subject[1])
        if not (loaded.root / path).is_file():
            folder = (loaded.root / path).parent
            there = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
            hint = did_you_mean((loaded.root / path).name, there) if there else "the folder is not there"
            problems.append(InputError(f"{name}: no such file {path!r}", given.where, hint))
        files[name] = path
    return files, problems
