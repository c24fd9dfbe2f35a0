"""A part of an item that its author brings: its figure or table, and its files as the origin of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from halfcell import __version__
from halfcell.core.figure import Figure, Image
from halfcell.core.result import Note, Result
from halfcell.core.source import Source
from halfcell.render.drawing_fonts import replaced_fonts
from halfcell.render.style import FONT
from halfcell.study.files.item_spec import Part
from halfcell.study.files.own_content import OwnContent, PictureSpec
from halfcell.study.items.omitted import ShownPart
from halfcell.study.items.own.curves import curves_figure, with_curves
from halfcell.study.items.own.pictures import picture_figure
from halfcell.study.items.own.stacks import stack_figure
from halfcell.study.items.own.tables import own_table
from halfcell.study.items.provenance import OWN_FILE
from halfcell.study.items.traced import Traced
from halfcell.study.plan.identified_plan import IdentifiedItem


def own_part(item: IdentifiedItem, part: Part, root: Path) -> ShownPart:
    """What a part of its author's files shows.

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    sources = own_sources(item, part)
    if part.own.table is not None:
        return ShownPart(own_table(part.own.table, root, sources[0].result.id), sources, ())
    figure = _figure(part.own, part.title, root)
    picture = part.own.picture
    notes = tuple(_notes_on_picture(picture, figure, root)) if picture else ()
    return ShownPart(
        figure,
        tuple(_noted(one, notes) if picture and one.result.sources[0].path == picture.file else one for one in sources),
        (),
    )


def _is_blank(figure: Figure) -> bool:
    """Whether a picture has one single value: an empty export, or a file that was not fully copied."""
    images = [layer for panel in figure.panels for layer in panel.layers if isinstance(layer, Image)]
    return bool(images) and all(float(image.values.min()) == float(image.values.max()) for image in images)


def _notes_on_picture(picture: PictureSpec, figure: Figure, root: Path) -> Iterator[Note]:
    """Yield what is odd about a picture or a drawing."""
    if _is_blank(figure):
        text = f"every shown pixel of {picture.file} has the same value: is it the right file, and was it saved fully?"
        yield Note("doubt", "blank_picture", text)
    if picture.drawing and (fonts := replaced_fonts(root / picture.drawing)):
        text = (
            f"{picture.drawing} asks for {', '.join(fonts)}, which this machine does not have: its texts are in {FONT} "
            "(install the font, or save the drawing with its texts as paths)"
        )
        yield Note("info", "drawing_font", text)


def _noted(one: Traced, notes: tuple[Note, ...]) -> Traced:
    return replace(one, result=replace(one.result, notes=(*one.result.notes, *notes)))


def _figure(own: OwnContent, title: str, root: Path) -> Figure:
    if own.stack is not None:
        return with_curves(stack_figure(own.stack, title), own.curves, root)
    if own.picture is None:
        return curves_figure(own.curves, root, title)
    return with_curves(picture_figure(own.picture, root, title), own.curves, root)


def own_sources(item: IdentifiedItem, part: Part) -> tuple[Traced, ...]:
    """The files of a part, each as a result without quantities, so that they are traced like raw files."""
    found = []
    for file in item.own:
        if file.path in part.own.files:
            source = Source(file.path, file.sha256, OWN_FILE)
            result = Result(technique=OWN_FILE, sources=(source,), id=file.sha256[:16], label="")
            found.append(Traced(result, f"halfcell {__version__}"))
    return tuple(found)
