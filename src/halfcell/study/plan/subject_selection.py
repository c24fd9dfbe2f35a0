"""Choose the subjects of a part and their files: samples or cells as named, or all that have files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.study.cache.lock_file import last_files
from halfcell.study.files.patterns import Found
from halfcell.study.files.unit_heads import slug

if TYPE_CHECKING:
    from halfcell.study.files.study_files import Loaded
    from halfcell.study.records import Part, RawEntry

Problems = list[InputError]
Entries = Sequence["tuple[RawEntry, Found]"]
Subject = tuple[str, str]  # ("cell" or "sample", name)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A chosen subject with its files, and the name that is printed."""

    subject: Subject
    label: str
    files: Entries = ()

    @property
    def name(self) -> str:
        """The subject's name in the tables."""
        return self.subject[1]


def choose(loaded: Loaded, part: Part, entries: Entries, *, reads: bool) -> tuple[list[Choice], Problems]:
    """The subjects of a part in the order asked for, each with its files in order."""
    if part.samples is not None and part.cells is not None:
        where = loaded.lines.place((*part.path, "cells"))
        return [], [InputError("samples and cells are both named", where, "keep one of them")]
    having: dict[Subject, None] = dict.fromkeys((found.kind, found.subject) for _, found in entries)
    if part.samples is None and part.cells is None:
        wanted, problems = _all(loaded, having, reads=reads), Problems()
    else:
        wanted, problems = _named(loaded, part, having, reads=reads)
    picked, more = _selected(loaded, part, entries)
    choices = []
    for subject in dict.fromkeys(wanted):
        files = [item for item in picked if (item[1].kind, item[1].subject) == subject]
        if files or not reads:
            choices.append(Choice(subject=subject, label=label_of(loaded, subject), files=files))
    return _told_apart(choices), problems + more


def _all(loaded: Loaded, having: Mapping[Subject, None], *, reads: bool) -> list[Subject]:
    """All subjects with files, in the order of the tables; a technique that reads none has one nameless subject."""
    if not reads:
        return [("", "")]
    tables = [("sample", name) for name in loaded.subjects.samples] + [("cell", name) for name in loaded.subjects.cells]
    return [subject for subject in dict.fromkeys([*tables, *having]) if subject in having]


def _named(
    loaded: Loaded, part: Part, having: Mapping[Subject, None], *, reads: bool
) -> tuple[list[Subject], Problems]:
    """The subjects that an item names; unknown ones and those without files are problems."""
    kind = "samples" if part.samples is not None else "cells"
    known = _known(loaded, having, kind)
    wanted: list[Subject] = []
    problems: Problems = []
    for number, name in enumerate((part.samples if kind == "samples" else part.cells) or ()):
        where = loaded.lines.place((*part.path, kind, number))
        if name not in known:
            problems.append(InputError(f"unknown {kind[:-1]} {name!r}", where, did_you_mean(name, known)))
            continue
        subjects = _of_sample(loaded, name) if kind == "samples" else [("cell", name)]
        chosen = [subject for subject in subjects if subject in having] if reads else subjects[:1]
        if not chosen:
            problems.append(_no_files(loaded, part, kind[:-1], name, where))
        wanted.extend(chosen)
    return wanted, problems


def _known(loaded: Loaded, having: Mapping[Subject, None], kind: str) -> list[str]:
    """The names that may stand in ``samples`` or ``cells``."""
    named = [name for of, name in having if of == kind[:-1]]
    if kind == "cells":
        return list(dict.fromkeys([*loaded.subjects.cells, *named]))
    of_cells = [cell.sample for cell in loaded.subjects.cells.values() if cell.sample]
    return list(dict.fromkeys([*loaded.subjects.samples, *of_cells, *named]))


def _of_sample(loaded: Loaded, name: str) -> list[Subject]:
    """A sample and its cells."""
    cells = [("cell", cell) for cell, record in loaded.subjects.cells.items() if record.sample == name]
    return [*cells, ("sample", name)]


def _no_files(loaded: Loaded, part: Part, kind: str, name: str, where: str) -> InputError:
    """The problem of a subject without files."""
    patterns = [p for entry in loaded.file.raw if entry.technique == part.technique for p in entry.patterns]
    cells = [cell for cell, record in loaded.subjects.cells.items() if record.sample == name]
    hint = f"looked for {' and '.join(patterns)}" if patterns else ""
    if kind == "sample" and not cells and any("{cell}" in pattern for pattern in patterns):
        hint = f"no row of the table of cells has the sample {name!r}"
    elif kind == "cell" and all("{sample}" in pattern for pattern in patterns):
        hint = "the files are named by sample: use samples = [...]"
    lost = [
        path for technique, of, path in last_files(loaded.root) if technique == part.technique and of in {name, *cells}
    ]
    hint = f"in the last run it was {lost[0]}" if lost else hint
    return InputError(f"{kind} {name!r} has no {part.technique} file", where, hint)


def _selected(loaded: Loaded, part: Part, entries: Entries) -> tuple[Entries, Problems]:
    """Keep the files whose words are selected, in the order of the selection; a word that finds none is a problem."""
    problems: Problems = []
    kept = list(entries)
    for word, values in part.select.items():
        where = loaded.lines.place((*part.path, "select", word))
        there = list(dict.fromkeys(found.tags[word] for _, found in kept if word in found.tags))
        if not there:
            words = sorted({tag for _, found in entries for tag in found.tags})
            problems.append(InputError(f"the files' names give no {{{word}}}", where, did_you_mean(word, words)))
            continue
        for value in values:
            if not any(_same(value, tag) for tag in there):
                problems.append(InputError(f"no file with {word} {value!r}", where, did_you_mean(value, there)))
        kept = [item for value in values for item in kept if _same(value, item[1].tags.get(word, ""))]
    return kept, problems


def _same(value: str, tag: str) -> bool:
    """Whether a selected word means a file's word: ``0.01 V`` and ``0.01_V``, ``10`` and ``010``."""
    return value == tag or slug(value) == slug(tag) or (value.isdigit() and tag.isdigit() and int(value) == int(tag))


def label_of(loaded: Loaded, subject: Subject) -> str:
    """The printed name of a subject: its own label, or that of its sample."""
    kind, name = subject
    cell = loaded.subjects.cells.get(name) if kind == "cell" else None
    if cell is not None and (cell.label or not cell.sample):
        return cell.printed
    sample = loaded.subjects.samples.get(cell.sample if cell else name)
    return sample.printed if sample else (cell.sample if cell else name)


def _told_apart(choices: list[Choice]) -> list[Choice]:
    """Two subjects of one printed name get their own names behind it."""
    labels = [choice.label for choice in choices]
    return list(_with_names(choices, labels))


def _with_names(choices: list[Choice], labels: list[str]) -> Iterator[Choice]:
    for choice in choices:
        if labels.count(choice.label) > 1 and choice.name != choice.label:
            yield Choice(subject=choice.subject, label=f"{choice.label} ({choice.name})", files=choice.files)
        else:
            yield choice
