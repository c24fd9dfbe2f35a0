"""Report: the documents of studies and audits, in all formats.

HTML, Word, PDF, LaTeX, workbooks and RO-Crates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from halfcell.core.document import Document
    from halfcell.report.document_view import View
    from halfcell.study.items.deposit import Deposit

Format = Literal["html", "docx", "pdf", "latex", "xlsx"]
NAMES: dict[Format, str] = {
    "html": "review.html",
    "docx": "si.docx",
    "pdf": "si.pdf",
    "latex": "si.tex",
    "xlsx": "si.xlsx",
}


def write(
    document: Document,
    folder: Path,
    formats: Sequence[Format] = ("html", "docx", "pdf"),
    kept: Path | None = None,
) -> tuple[Path, ...]:
    """Write the review document (``review.html``) and the submission (``si.docx``, ``si.pdf`` ...) into a folder.

    The same document gives the same bytes. A file appears under its name only when it is complete. Figures that were
    not drawn yet are drawn into ``folder/figures``.

    Parameters
    ----------
    document
        The document of a study.
    folder
        The output folder.
    formats
        Which formats to write. The review document is ``html``.
    kept
        A folder for parts of the review document that are kept between runs.

    Returns
    -------
    tuple of Path
        The files, in the order of `formats`.

    Raises
    ------
    InputError
        If the folder cannot be written to, or a text cites what the bibliography does not have.
    """
    from halfcell.core.atomic_files import write_aside
    from halfcell.report.document_view import view
    from halfcell.report.item_files import figure_files

    views = {review: view(document, review=review) for review in {name == "html" for name in formats}}
    files = {review: figure_files(shown, folder) for review, shown in views.items()}  # drawn once for all formats
    made: list[Path] = []
    for name in formats:
        shown, figures = views[name == "html"], files[name == "html"]
        content = _content(name, shown, figures, (folder, kept))
        made.append(write_aside(folder / NAMES[name], content))
    return tuple(made)


def write_review(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write the review document into the folder ``out`` of a study, whose store keeps its parts between runs.

    Raises
    ------
    InputError
        As `write` does.
    """
    return write(document, folder, ("html",), folder.parent / ".halfcell" / "parts")


def _content(
    name: Format, shown: View, files: Mapping[str, Mapping[str, Path]], folders: tuple[Path, Path | None]
) -> bytes | str:
    """The content of one file; the second folder is that of kept parts."""
    folder, kept = folders
    if name == "html":
        from halfcell.report.html import html
        from halfcell.report.kept_parts import KeptParts
        from halfcell.study.cache.code_hash import report_code

        return html(shown, files, folder, KeptParts(kept, report_code() if kept else ""))
    if name == "docx":
        from halfcell.report.word.document import docx

        return docx(shown, files)
    if name == "pdf":
        from halfcell.report.typeset.document import pdf

        return pdf(shown, files)
    if name == "latex":
        from halfcell.report.latex.document import latex

        return latex(shown, files, folder)
    from halfcell.report.workbook import workbook

    return workbook(shown, files)


def gather(document: Document, folder: Path) -> Document:
    """Collect the files of all items in ``figures`` and ``tables`` of a folder; returns the document that names them.

    Figures that were not drawn yet are drawn.
    """
    from halfcell.report.item_files import collected

    return collected(document, folder)


def write_crate(deposit: Deposit, folder: Path, others: Sequence[Path] = (), date: str = "") -> Path:
    """Write a study as RO-Crate into a folder that is written anew: its files of one moment, and what made what.

    Parameters
    ----------
    deposit
        The study at one moment: ``halfcell.study.items.deposit.deposit_of_study(path)``.
    folder
        The folder of the crate; what halfcell wrote there before is replaced.
    others
        Other files to include, written from the same document: reports.
    date
        Date of publication, ``2026-11-22``; default: today.

    Returns
    -------
    Path
        The metadata file.

    Raises
    ------
    InputError
        If a file has changed since its numbers were computed, the study would not run in the crate, or the folder holds
        files that halfcell did not write.
    """
    import datetime as dt

    from halfcell.report.crate.write import write as write_it

    return write_it(deposit, folder, others, date or dt.datetime.now(tz=dt.UTC).date().isoformat())


def write_eln(deposit: Deposit, path: Path, others: Sequence[Path] = (), date: str = "") -> Path:
    """Write a study as an archive that electronic lab notebooks import (``.eln``: its crate in a ZIP file).

    Parameters, returns and errors are those of `write_crate`; `path` is the archive.
    """
    import tempfile
    from pathlib import Path

    from halfcell.report.crate.eln import archive

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        crate = Path(folder) / "crate"
        write_crate(deposit, crate, others, date)
        return archive(crate, path)
