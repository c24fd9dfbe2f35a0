"""The texts of a drafted study: study.toml with patterns and first items, the tables for a person to fill in."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from halfcell.core.sample import Cell, CellKind
from halfcell.study.draft.drafted_study import Draft, FileGroup, ReferenceFile
from halfcell.techniques.load import load_technique

_WORDS = {"diffraction": "xrd", "impedance": "eis"}
_NAMED = 4  # subjects in a drafted caption
_SHOWN = 8  # subjects in a drafted figure; a table has them all
_HEAD = """# Drafted by `halfcell new`. Fill in the tables, write captions; then: halfcell check, halfcell run
title = {title}

[raw]  # a pattern matches files: {{cell}} and {{sample}} are names from the tables, * is anything
"""


def study_texts(title: str, draft: Draft) -> dict[str, str]:
    """study.toml, samples.csv and cells.csv of a draft."""
    return {
        "study.toml": _study(
            title, draft.groups, draft.references, {"doubt": draft.doubts, "unmatched file": draft.left}
        ),
        "samples.csv": _samples(draft.groups),
        "cells.csv": _cells(draft.groups),
    }


def written_name(name: str) -> str:
    """The word for a technique in a study file, as the manual writes it."""
    return _WORDS.get(name, name)


def _study(
    title: str,
    groups: Sequence[FileGroup],
    references: Sequence[ReferenceFile],
    remarks: Mapping[str, Sequence[tuple[str, str]]],
) -> str:
    by_technique: dict[str, list[FileGroup]] = {}
    for group in groups:
        by_technique.setdefault(group.technique, []).append(group)
    lines = [_HEAD.format(title=_quoted(title)).rstrip()]
    for name, members in by_technique.items():
        patterns = [_quoted(group.pattern) for group in members]
        lines.append(f"{written_name(name)} = {patterns[0] if len(patterns) == 1 else '[' + ', '.join(patterns) + ']'}")
    for name in by_technique:
        lines += _settings(name, [reference for reference in references if reference.technique == name])
    number = 0
    for name, members in by_technique.items():
        for kind in ("figure", "table"):
            shows = load_technique(name).tables if kind == "table" else load_technique(name).figures
            if shows:
                number += 1
                lines += ["", *_item(kind, f"S{number}", name, next(iter(shows)), members)]
    comments = [f"# {word}: {path}: {' '.join(why.split())}" for word, found in remarks.items() for path, why in found]
    lines += ["", *comments]
    return "\n".join(lines).rstrip() + "\n"


def _settings(name: str, found: Sequence[ReferenceFile]) -> Iterator[str]:
    """Settings that take a file, for a person to uncomment: with the file of that name, if there is one."""
    for setting in load_technique(name).references:
        yield f"\n# [settings.{written_name(name)}]"
        paths = [reference.path for reference in found if reference.setting == setting]
        yield from (f"# {setting} = {_quoted(path)}  # by its name; it is not a subject of the study" for path in paths)
        yield from () if paths else (f'# {setting} = "raw/..."  # a file',)


def _item(kind: str, item: str, name: str, show: str, members: Sequence[FileGroup]) -> Iterator[str]:
    """The lines of one item."""
    subjects = list(dict.fromkeys(subject for group in members for subject in group.names))
    shown = subjects if kind == "table" else subjects[:_SHOWN]
    yield f"[[{kind}]]"
    yield f'id = "{item}"'
    yield f"caption = {_quoted(_caption(show, name, shown))}"
    yield f'technique = "{written_name(name)}"'
    yield f"show = {_quoted(show)}"
    yield f"{members[0].subject}s = [{', '.join(_quoted(subject) for subject in shown)}]"
    if len(shown) < len(subjects):
        yield f"# and {len(subjects) - len(shown)} more: {', '.join(subjects[len(shown) :])}"


def _caption(show: str, name: str, subjects: Sequence[str]) -> str:
    """Show, technique and subjects in words; a person writes what they mean."""
    listed = ", ".join(subjects[:-1]) + " and " * (len(subjects) > 1) + subjects[-1]
    many = listed if len(subjects) <= _NAMED else f"{', '.join(subjects[:_NAMED])} and {len(subjects) - _NAMED} more"
    return f"{show[:1].upper()}{show[1:]} ({name.replace('_', ' ')}) of {many}."


def _samples(groups: Sequence[FileGroup]) -> str:
    names = dict.fromkeys(name for group in groups if group.subject == "sample" for name in group.names)
    remark = "# composition: such as Si 80, Sn 10, C 10 (wt%), or one column per component: Si_wt_percent"
    return _table(remark, ("name", "label", "composition"), names)


def _cells(groups: Sequence[FileGroup]) -> str:
    """The table of cells, with the columns that the techniques of the study can use, for a person to fill in."""
    known = [item.name for item in dataclasses.fields(Cell) if item.name not in {"name", "sample", "label", "meta"}]
    used = {f.name for group in groups for f in dataclasses.fields(load_technique(group.technique).settings)}
    names = dict.fromkeys(name for group in groups if group.subject == "cell" for name in group.names)
    kinds = " | ".join(kind.value for kind in CellKind)
    remark = f"# kind: {kinds}. Nothing is assumed for an empty cell; numbers that need it are refused."
    return _table(remark, ("cell", "sample", "label", *(name for name in known if name in used)), names)


def _table(remark: str, heads: Sequence[str], names: Iterable[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([name, *[""] * (len(heads) - 1)] for name in names)
    return f"{remark}\n{out.getvalue()}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
