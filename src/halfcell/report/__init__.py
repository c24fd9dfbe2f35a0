"""Report: the documents of a study (HTML, Word, PDF, RO-Crate)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from halfcell.core.document import Document

Format = Literal["html", "docx", "pdf"]


def write(document: Document, folder: Path, formats: Sequence[Format] = ("html", "docx", "pdf")) -> tuple[Path, ...]:
    """Write ``si.html``, ``si.docx`` and ``si.pdf`` into a folder.

    The same document gives the same bytes. Each file is written aside and then renamed. Figures whose files the run has
    not made are drawn into ``folder/figures``.

    Returns
    -------
    tuple of Path
        What was written, in the order of `formats`.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    from halfcell.core.files import write_aside
    from halfcell.report.pictures import pictures
    from halfcell.report.view import view

    shown = view(document)
    files = pictures(shown, folder)
    made: list[Path] = []
    for name in formats:
        content: bytes | str
        if name == "html":
            from halfcell.report.page import html

            content = html(shown, files, folder)
        elif name == "docx":
            from halfcell.report.word.document import docx

            content = docx(shown, files)
        else:
            from halfcell.report.typeset import pdf

            content = pdf(shown, files)
        made.append(write_aside(folder / f"si.{name}", content))
    return tuple(made)


def gather(document: Document, folder: Path) -> Document:
    """Bring the files of all items into ``figures`` and ``tables`` of a folder; returns the document that names them.

    Figures that were not rendered yet are drawn.
    """
    from halfcell.report.gathering import gathered

    return gathered(document, folder)


def write_crate(document: Document, root: Path, folder: Path, others: Sequence[Path], date: str = "") -> Path:
    """Write a study as RO-Crate into a folder: copies of its files and ``ro-crate-metadata.json``.

    Parameters
    ----------
    document
        The finished document.
    root
        The study's folder, to which the paths of the sources are relative.
    others
        More files to hand on: reports, ``numbers.csv``.
    date
        Day of publication, ``2026-11-22``; today if not given.
    """
    import datetime as dt

    from halfcell.report.crate import write as write_it

    day = date or dt.datetime.now(tz=dt.UTC).date().isoformat()
    return write_it(document, root, folder, others, day)
