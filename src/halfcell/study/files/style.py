"""``[style]`` of study.toml and the look of single figures: read by the one grammar of looks, with the file's lines."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.looks.combine import combined
from halfcell.core.looks.grammar import read_look
from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.core.plugins import did_you_mean
from halfcell.render.fonts import installed_fonts
from halfcell.render.journals import journal_files, journal_look
from halfcell.study.files.line_numbers import KeyPath, Lines

PANEL_KEYS = frozenset(item.name for item in dataclasses.fields(PanelLook)) - {"title"}
FIGURE_KEYS = frozenset(item.name for item in dataclasses.fields(FigureLook)) - {
    "title", "journal", "widths_mm", "width_mm", "panel_height_mm", "columns",
}  # fmt: skip
_FOLDER = "styles"  # beside study.toml, where a lab's styles are looked for


@dataclass(frozen=True, kw_only=True)
class Style:
    """The look of all figures of a study, and the files of the study that it was read from."""

    look: FigureLook = field(default_factory=FigureLook)
    files: tuple[str, ...] = ()


def read_style(values: Mapping[str, object], root: Path, lines: Lines) -> tuple[Style, list[InputError]]:
    """Read ``[style]``: the journal's look, with what else is written there over it.

    Parameters
    ----------
    values
        The table as written; its key ``folder`` names a folder with styles of a lab.
    root
        The study's folder.
    lines
        The lines of study.toml.
    """
    at: KeyPath = ("style",)
    folders = [root / str(values.get("folder", _FOLDER))]
    own = {key: value for key, value in values.items() if key != "folder"}
    problems: list[InputError] = []
    if "folder" in values and not folders[0].is_dir():
        problems.append(InputError(f"no such folder {values['folder']!r}", lines.place((*at, "folder"))))
    look, wrong = read_look(FigureLook, own, lambda path: lines.place((*at, *path)))
    problems += [*wrong, *wrong_fonts(look, lines.place((*at, "font")))]
    if not look.journal:
        return Style(look=look), problems
    try:
        journal, wrong = journal_look(look.journal, folders)
    except InputError as error:
        return Style(look=look), [*problems, InputError(error.what, lines.place((*at, "journal")), error.hint)]
    path = journal_files(folders)[look.journal.lower()]
    files = (os.path.relpath(path, root).replace(os.sep, "/"),) if path.parent in folders else ()
    return Style(look=combined(journal, look), files=files), [*problems, *wrong]


def split_look(values: Mapping[str, object], keys: frozenset[str]) -> tuple[dict[str, object], dict[str, object]]:
    """Split the entry of a figure or panel into what it shows and how that looks."""
    look = {key: value for key, value in values.items() if key in keys}
    return {key: value for key, value in values.items() if key not in keys}, look


def wrong_fonts(look: FigureLook, where: str) -> list[InputError]:
    """The problem of a font that is not installed; of several, one is enough."""
    if not look.font:
        return []
    known = installed_fonts()
    if any(name in known for name in look.font):
        return []
    return [InputError(f"the font {look.font[0]!r} is not installed", where, did_you_mean(look.font[0], known))]
