"""The names of series and the letters of panels in a look, and what of them a figure does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from halfcell.core.errors import InputError, StudyError
from halfcell.core.looks.records import FigureLook, PanelLook
from halfcell.core.plugins import did_you_mean


def refuse_unknown_names(look: FigureLook, series: Collection[str], panels: int) -> None:
    """Refuse a look that names what a figure does not have.

    Parameters
    ----------
    look
        What the author of the figure wrote.
    series
        The names of the figure's series.
    panels
        The number of its panels.

    Raises
    ------
    StudyError
        With every series and panel that there is not.
    """
    problems = tuple(_unknown(look, series, "abcdefghijklmnopqrstuvwxyz"[:panels]))
    if problems:
        raise StudyError("; ".join(map(str, problems)), problems=problems)


def _unknown(look: FigureLook, series: Collection[str], letters: str) -> Iterator[InputError]:
    for letter in look.panel:
        if letter not in letters:
            count = f"panels {letters[0]} to {letters[-1]}" if len(letters) > 1 else "one panel, a"
            yield InputError(f"there is no panel {letter!r}", f"panel.{letter}", f"the figure has {count}")
    for key, name in _named(look):
        if name not in series:
            yield InputError(f"there is no series {name!r}", key, did_you_mean(name, sorted(series)))


def _named(look: FigureLook) -> Iterator[tuple[str, str]]:
    """Each series that a look names, with the key that names it."""
    for one in (look, *look.panel.values()):
        yield from _named_in_panel(one)


def _named_in_panel(look: PanelLook) -> Iterator[tuple[str, str]]:
    for key in ("colours", "lines", "markers", "labels"):
        table = getattr(look, key)
        if isinstance(table, Mapping):
            yield from ((key, name) for name in table)
    yield from (("hide", name) for name in look.hide)
    yield from (("axes.right.series", name) for name in look.axes.right.series)
