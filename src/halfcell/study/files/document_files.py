"""The files that the document of a study needs besides its items (BibTeX, CSL), and mistakes in what it says of "
"them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core.citations import bibtex_keys, cited_groups
from halfcell.core.document import Bibliography
from halfcell.core.errors import InputError
from halfcell.core.plugins import did_you_mean, plugins
from halfcell.core.vocabulary import vocabulary
from halfcell.study.files.item_spec import is_item_name

if TYPE_CHECKING:
    from halfcell.study.files.line_numbers import KeyPath, Lines
    from halfcell.study.files.study_file import StudyFile

STYLES: Final = ("acs", "nature")
GENERAL: Final = "general"  # the key of ``[methods]`` that is no technique: what comes before all of them


@dataclass(frozen=True, kw_only=True)
class DocumentFiles:
    """What was read for the document: the bibliography, the paths of its files, and all mistakes."""

    bibliography: Bibliography | None = None
    paths: tuple[str, ...] = ()
    problems: tuple[InputError, ...] = ()


def read_document_files(root: Path, file: StudyFile, lines: Lines) -> DocumentFiles:
    """Read the bibliography of a study, and check what its document cites, accepts and says of methods."""
    problems: list[InputError] = []
    paths: list[str] = []
    bibliography = _bibliography(root, file, lines, paths, problems)
    problems += _wrong_citations(file, lines, bibliography)
    problems += _wrong_acceptances(file, lines)
    problems += _wrong_methods(file, lines)
    return DocumentFiles(bibliography=bibliography, paths=tuple(paths), problems=tuple(problems))


def _bibliography(
    root: Path, file: StudyFile, lines: Lines, paths: list[str], problems: list[InputError]
) -> Bibliography | None:
    """The bibliography; what cannot be read is a problem."""
    given = file.document.references
    if given is None:
        return None
    bibtex = _text(root, given.file, ("references", "file"), lines, paths, problems)
    style = given.style
    if style.lower().endswith(".csl"):
        style = _text(root, style, ("references", "style"), lines, paths, problems)
    elif style not in STYLES:
        hint = f"{did_you_mean(style, STYLES)}; or the path of a .csl file"
        problems.append(InputError(f"unknown style {style!r}", lines.place(("references", "style")), hint))
        style = STYLES[0]
    return Bibliography(bibtex=bibtex, style=style or STYLES[0])


def _text(root: Path, path: str, key: KeyPath, lines: Lines, paths: list[str], problems: list[InputError]) -> str:
    """The text of a file; empty if it cannot be read, which is a problem."""
    try:
        text = (root / path).read_bytes().decode("utf-8-sig")
    except OSError:
        names = sorted(other.name for other in root.iterdir() if other.is_file())
        problems.append(InputError(f"no such file {path!r}", lines.place(key), did_you_mean(path, names)))
    except UnicodeDecodeError:
        problems.append(InputError(f"{path} is not UTF-8 text", lines.place(key), "save it as UTF-8"))
    else:
        paths.append(path)
        return text
    return ""


def _wrong_citations(file: StudyFile, lines: Lines, bibliography: Bibliography | None) -> Iterator[InputError]:
    """Citations of entries that the bibliography does not have."""
    known = bibtex_keys(bibliography.bibtex) if bibliography else ()
    texts: list[tuple[str, KeyPath]] = [(item.caption, (*item.path, "caption")) for item in file.items]
    texts += [(text, ("methods", name)) for name, text in file.document.methods.items()]
    texts += [(one.reason, (*one.path, "reason")) for one in file.document.accepted]
    for text, path in texts:
        for key in (key for group in cited_groups(text) for key in group if key not in known):
            hint = did_you_mean(key, known) if bibliography else '[references] with file = "references.bib" is missing'
            yield InputError(f"no reference {key!r}", lines.place(path), hint)


def _wrong_acceptances(file: StudyFile, lines: Lines) -> Iterator[InputError]:
    """Accepted doubts of items that the study does not have, or with codes that no note has."""
    notes = vocabulary()["note"] if file.document.accepted else {}
    codes = sorted({code for found in notes.values() for code in found})
    for accepted in file.document.accepted:
        if accepted.code not in codes:
            where = lines.place((*accepted.path, "code"))
            yield InputError(f"no doubt has the code {accepted.code!r}", where, did_you_mean(accepted.code, codes))
        for number, word in enumerate(accepted.items):
            if not any(is_item_name(word, item.id, item.name, item.key) for item in file.items):
                where = lines.place((*accepted.path, "items", number))
                known = [item.name for item in file.items]
                yield InputError(f"no item {word!r} in the study", where, did_you_mean(word, known))


def _wrong_methods(file: StudyFile, lines: Lines) -> Iterator[InputError]:
    """Own words on techniques that do not exist."""
    known = [GENERAL, *sorted(plugins("techniques"))]
    for name in file.document.methods:
        if name not in known:
            yield InputError(f"unknown technique {name!r}", lines.place(("methods", name)), did_you_mean(name, known))
