"""Select the subjects of a part and their files: samples or cells as named, or all that have files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean
from halfcell.study.cache.lock_file import vanished_files
from halfcell.study.files.subject import Subject
from halfcell.study.files.unit_heads import slug

if TYPE_CHECKING:
    from halfcell.study.files.item_spec import Part
    from halfcell.study.files.raw_files import MatchedFile
    from halfcell.study.files.study_files import StudyFiles

Problems = list[InputError]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A selected subject with its files, and the name that is printed."""

    subject: Subject
    label: str
    files: Sequence[MatchedFile] = ()


def select_subjects(
    files: StudyFiles, part: Part, matched: Sequence[MatchedFile], *, reads: bool
) -> tuple[list[Choice], Problems]:
    """The subjects of a part in the order asked for, each with its files in order.

    Parameters
    ----------
    files
        The study's files.
    part
        The item or the panel.
    matched
        The raw files of its technique.
    reads
        Whether the technique reads files at all; for one that does not, subjects need no files.
    """
    if part.samples is not None and part.cells is not None:
        where = files.lines.place((*part.path, "cells"))
        return [], [InputError("both samples and cells are given", where, "keep one of them")]
    with_files = dict.fromkeys(file.subject for file in matched)
    if part.samples is None and part.cells is None:
        wanted, problems = _all(files, with_files, reads=reads), Problems()
    else:
        wanted, problems = _named(files, part, with_files, reads=reads)
    selected, more = _with_selected_words(files, part, matched)
    choices = []
    for subject in dict.fromkeys(wanted):
        own = [file for file in selected if file.subject == subject]
        if own or not reads:
            choices.append(Choice(subject=subject, label=label_of(files, subject), files=own))
    return list(_with_distinct_labels(choices)), problems + more


def _all(files: StudyFiles, with_files: Collection[Subject], *, reads: bool) -> list[Subject]:
    """All subjects with files, in the order of the tables; a technique without files has one nameless subject."""
    if not reads:
        return [Subject("", "")]
    samples = [Subject("sample", name) for name in files.subjects.samples]
    cells = [Subject("cell", name) for name in files.subjects.cells]
    return [subject for subject in dict.fromkeys([*samples, *cells, *with_files]) if subject in with_files]


def _named(
    files: StudyFiles, part: Part, with_files: Collection[Subject], *, reads: bool
) -> tuple[list[Subject], Problems]:
    """The subjects that an item names; unknown ones and those without files are problems."""
    key = "samples" if part.samples is not None else "cells"
    kind = key.removesuffix("s")
    known = _known_names(files, with_files, kind)
    wanted: list[Subject] = []
    problems: Problems = []
    named = (part.samples if kind == "sample" else part.cells) or ()
    for number, name in enumerate(named):
        where = files.lines.place((*part.path, key, number))
        if name in named[:number]:
            problems.append(InputError(f"{kind} {name!r} is named twice", where, "name each once"))
            continue
        if name not in known:
            other = _known_names(files, with_files, "cell" if kind == "sample" else "sample")
            problems.append(InputError(f"unknown {kind} {name!r}", where, _meant(name, kind, known, other)))
            continue
        subjects = _of_sample(files, name) if kind == "sample" else [Subject("cell", name)]
        chosen = [subject for subject in subjects if subject in with_files] if reads else subjects[:1]
        if not chosen:
            problems.append(_no_files(files, part, Subject(kind, name), where))
        wanted.extend(chosen)
    return wanted, problems


def _meant(name: str, kind: str, known: Sequence[str], other: Sequence[str]) -> str:
    """What was probably meant by a name that is not known: several names in one text, or the other kind of subject."""
    parts = [part.strip() for part in re.split(r"[,;]|\sand\s", name)]
    if len(parts) > 1 and set(parts) <= set(known):
        listed = ", ".join(f'"{part}"' for part in parts)
        return f"write each in quotes of its own: {kind}s = [{listed}]"
    if name in other:
        is_cell = kind == "sample"
        return f'it is a {"cell" if is_cell else "sample"}: write {"cells" if is_cell else "samples"} = ["{name}"]'
    return did_you_mean(name, known)


def _known_names(files: StudyFiles, with_files: Collection[Subject], kind: str) -> list[str]:
    """The names that ``samples`` or ``cells`` may contain."""
    of_files = [subject.name for subject in with_files if subject.kind == kind]
    if kind == "cell":
        return list(dict.fromkeys([*files.subjects.cells, *of_files]))
    of_cells = [cell.sample for cell in files.subjects.cells.values() if cell.sample]
    return list(dict.fromkeys([*files.subjects.samples, *of_cells, *of_files]))


def _of_sample(files: StudyFiles, name: str) -> list[Subject]:
    """The cells of a sample, and the sample itself."""
    cells = [Subject("cell", cell) for cell, record in files.subjects.cells.items() if record.sample == name]
    return [*cells, Subject("sample", name)]


def _no_files(files: StudyFiles, part: Part, subject: Subject, where: str) -> InputError:
    """The problem of a subject without files."""
    kind, name = subject
    patterns = [p for entry in files.file.raw if entry.technique == part.technique for p in entry.patterns]
    cells = [cell for cell, record in files.subjects.cells.items() if record.sample == name]
    hint = f"looked for {' and '.join(patterns)}" if patterns else ""
    if kind == "sample" and not cells and any("{cell}" in pattern for pattern in patterns):
        hint = f"no row of the table of cells has the sample {name!r}"
    elif kind == "cell" and all("{sample}" in pattern for pattern in patterns):
        hint = "the files are named by sample: use samples = [...]"
    for technique, last_subject, path in vanished_files(files.root):
        if technique == part.technique and last_subject in {name, *cells}:
            hint = f"in the last run it was {path}"
            break
    return InputError(f"{kind} {name!r} has no {part.technique} file", where, hint)


def _with_selected_words(
    files: StudyFiles, part: Part, matched: Sequence[MatchedFile]
) -> tuple[Sequence[MatchedFile], Problems]:
    """The files whose names have the words of ``select``, in that order; a word that no file has is a problem."""
    problems: Problems = []
    selected = list(matched)
    for word, values in part.select.items():
        where = files.lines.place((*part.path, "select", word))
        there = list(dict.fromkeys(file.tags[word] for file in selected if word in file.tags))
        if not there:
            words = sorted({tag for file in matched for tag in file.tags})
            problems.append(InputError(f"the file names have no {{{word}}}", where, did_you_mean(word, words)))
            continue
        for value in values:
            if not any(_same(value, tag) for tag in there):
                problems.append(InputError(f"no file with {word} {value!r}", where, did_you_mean(value, there)))
        selected = [file for value in values for file in selected if _same(value, file.tags.get(word, ""))]
    return selected, problems


def _same(value: str, tag: str) -> bool:
    """Whether a selected word means a word of a file name: ``0.01 V`` and ``0.01_V``, ``10`` and ``010``."""
    return value == tag or slug(value) == slug(tag) or (value.isdigit() and tag.isdigit() and int(value) == int(tag))


def label_of(files: StudyFiles, subject: Subject) -> str:
    """The printed name of a subject: its own label, or that of its sample."""
    kind, name = subject
    cell = files.subjects.cells.get(name) if kind == "cell" else None
    if cell is not None and (cell.label or not cell.sample):
        return cell.printed
    sample = files.subjects.samples.get(cell.sample if cell else name)
    return sample.printed if sample else (cell.sample if cell else name)


def _with_distinct_labels(choices: Sequence[Choice]) -> Iterator[Choice]:
    """The choices; subjects that share a label get their own names appended to it."""
    labels = [choice.label for choice in choices]
    for choice in choices:
        name = choice.subject.name
        if labels.count(choice.label) > 1 and name != choice.label:
            yield replace(choice, label=f"{choice.label} ({name})")
        else:
            yield choice
