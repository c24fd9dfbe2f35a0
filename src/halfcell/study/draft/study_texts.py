"""The texts of a drafted study: study.toml with patterns and first items, the tables for a person to fill in."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from halfcell.core.sample import Cell, CellKind
from halfcell.study.draft.drafted_items import DraftedItem, first_shows, in_figures, item_lines, quoted
from halfcell.study.draft.drafted_study import Draft, FileGroup, ReferenceFile
from halfcell.study.draft.name_stems import alike
from halfcell.study.draft.stated_facts import CellFacts, of_one_size
from halfcell.study.files.json_schema import ANNOUNCEMENT
from halfcell.techniques.load import load_technique

_WORDS = {"diffraction": "xrd", "impedance": "eis"}
_HEAD = """{schema}
# Drafted by `halfcell new`. Fill in the tables, write captions; then: halfcell check, halfcell run
title = {title}

[raw]  # a pattern matches files: {{cell}} and {{sample}} are names from the tables, * is anything
"""


def study_texts(title: str, draft: Draft) -> dict[str, str]:
    """study.toml, samples.csv and cells.csv of a draft."""
    return {
        "study.toml": _study(title, draft, {"doubt": draft.doubts, "unmatched file": draft.left}),
        "samples.csv": _samples(draft.groups),
        "cells.csv": _cells(draft),
    }


def written_name(name: str) -> str:
    """The word for a technique in a study file, as the manual writes it."""
    return _WORDS.get(name, name)


def _study(
    title: str,
    draft: Draft,
    remarks: Mapping[str, Sequence[tuple[str, str]]],
) -> str:
    groups, references = draft.groups, draft.references
    by_technique: dict[str, list[FileGroup]] = {}
    for group in groups:
        by_technique.setdefault(group.technique, []).append(group)
    lines = [_HEAD.format(schema=ANNOUNCEMENT, title=quoted(title)).rstrip()]
    for name, members in by_technique.items():
        patterns = [quoted(group.pattern) for group in members]
        lines.append(f"{written_name(name)} = {patterns[0] if len(patterns) == 1 else '[' + ', '.join(patterns) + ']'}")
    for name in by_technique:
        lines += _settings(name, [reference for reference in references if reference.technique == name])
    numbers = {"figure": count(1), "table": count(1)}
    for name, members in by_technique.items():
        for subjects in _apart(members, draft):
            for kind, show in first_shows(name, [draft.facts.get(subject) for subject in subjects]):
                for shown in in_figures(kind, name, show, subjects):
                    item = DraftedItem(kind, f"S{next(numbers[kind])}", name, show, members[0].subject)
                    lines += ["", *item_lines(item, written_name(name), shown)]
    comments = [f"# {word}: {path}: {' '.join(why.split())}" for word, found in remarks.items() for path, why in found]
    lines += ["", *comments]
    return "\n".join(lines).rstrip() + "\n"


def _settings(name: str, found: Sequence[ReferenceFile]) -> Iterator[str]:
    """Settings that take a file, for a person to uncomment: with the file of that name, if there is one."""
    settings = load_technique(name).references
    if settings:
        yield f"\n# [settings.{written_name(name)}]"
    for setting in settings:
        paths = [reference.path for reference in found if reference.setting == setting]
        yield from (f"# {setting} = {quoted(path)}  # by its name; it is not a subject of the study" for path in paths)
        yield from () if paths else (f'# {setting} = "raw/..."  # a file',)


def _apart(members: Sequence[FileGroup], draft: Draft) -> list[list[str]]:
    """The subjects of a technique; of cycled cells those of different kinds or sizes apart, without those never cycled.

    Their voltages point to the kind, and the charge that flows to the size.
    """
    subjects = list(dict.fromkeys(subject for group in members for subject in group.names))
    if members[0].technique != "cycling":
        return [subjects]
    facts = {subject: draft.facts.get(subject, CellFacts()) for subject in subjects}
    kinds = dict.fromkeys(one.kind for one in facts.values())
    return [
        [subject for subject in subjects if subject in alike]
        for kind in kinds
        for alike in of_one_size({name: one.capacity_mah for name, one in facts.items() if one.kind == kind})
    ]


def _samples(groups: Sequence[FileGroup]) -> str:
    names = dict.fromkeys(name for group in groups if group.subject == "sample" for name in group.names)
    remark = "# composition: such as Si 80, Sn 10, C 10 (wt%), or one column per component: Si_wt_percent"
    return _table(remark, ("name", "label", "composition"), names)


def _cells(draft: Draft) -> str:
    """The table of cells, with the columns that the techniques of the study can use, for a person to fill in.

    What the files tell of a cell stands above the table, as comments: a person decides.
    """
    groups = draft.groups
    known = [item.name for item in dataclasses.fields(Cell) if item.name not in {"name", "sample", "label", "meta"}]
    used = {f.name for group in groups for f in dataclasses.fields(load_technique(group.technique).settings)}
    names = dict.fromkeys(name for group in groups if group.subject == "cell" for name in group.names)
    kinds = " | ".join(kind.value for kind in CellKind)
    told = [f"# {name}: {text}" for name, facts in draft.facts.items() for text in facts.texts]
    told += [f"# {', '.join(one)}: cells of one sample? then give all the name of the sample" for one in alike(names)]
    remark = "\n".join(
        [f"# kind: {kinds}. Nothing is assumed for an empty cell; numbers that need it are refused.", *told]
    )
    return _table(remark, ("cell", "sample", "label", *(name for name in known if name in used)), names)


def _table(remark: str, heads: Sequence[str], names: Iterable[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([name, *[""] * (len(heads) - 1)] for name in names)
    return f"{remark}\n{out.getvalue()}"
