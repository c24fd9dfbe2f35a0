"""Take apart the entry of a figure or table: what it shows, how that looks, and what its author brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from halfcell.core.errors import InputError
from halfcell.core.looks.grammar import read_look
from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.study.files.line_numbers import KeyPath, Lines
from halfcell.study.files.own_content import FIGURE_OWN_KEYS, TABLE_OWN_KEYS, OwnContent, own_of_figure, own_of_table
from halfcell.study.files.style import FIGURE_KEYS, PANEL_KEYS, split_look, wrong_fonts


@dataclass(frozen=True, kw_only=True)
class Extras:
    """Look and own content of a figure, and of each panel of a composite one."""

    figure: FigureLook
    own: OwnContent
    panels: tuple[tuple[PanelLook, OwnContent], ...] = ()


def split_figure(
    value: dict[str, object], path: KeyPath, lines: Lines, problems: list[InputError]
) -> tuple[dict[str, object], Extras]:
    """The entry of a figure without its look and its own content, and these."""
    bare, given = split_look(value, FIGURE_KEYS)
    _, own = split_own(bare, FIGURE_OWN_KEYS, path, lines, problems)
    shown, _ = split_look(bare, FIGURE_OWN_KEYS)
    figure, wrong = read_look(FigureLook, given, lambda at: lines.place((*path, *at)))
    problems += [*wrong, *wrong_fonts(figure, lines.place((*path, "font")))]
    entries = shown.get("panels")
    panels: list[tuple[PanelLook, OwnContent]] = []
    if isinstance(entries, list):
        rest: list[object] = []
        for number, entry in enumerate(entries):
            place: KeyPath = (*path, "panels", number)
            bare, given = split_look(entry, PANEL_KEYS) if isinstance(entry, dict) else (entry, {})
            kept, own_of_panel = split_own(bare, FIGURE_OWN_KEYS, place, lines, problems)
            panel, wrong = read_look(PanelLook, given, partial(_below, lines, place))
            panels.append((panel, own_of_panel))
            problems += wrong
            rest.append(kept)
        shown["panels"] = rest
    return shown, Extras(figure=figure, own=own, panels=tuple(panels))


def split_own(
    value: object, keys: frozenset[str], path: KeyPath, lines: Lines, problems: list[InputError]
) -> tuple[object, OwnContent]:
    """Split an entry of a figure, panel or table into the rest and its own content; anything but a table is kept."""
    if not isinstance(value, dict):
        return value, OwnContent()
    shown, given = split_look(value, keys)
    own, wrong = (own_of_table if keys is TABLE_OWN_KEYS else own_of_figure)(given, path, lines)
    problems += wrong
    return shown, own


def _below(lines: Lines, path: KeyPath, at: KeyPath) -> str:
    return lines.place((*path, *at))
