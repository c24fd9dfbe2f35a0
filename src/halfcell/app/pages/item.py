"""The page of a figure or table: the interactive figure, its numbers with their origin, its settings and its notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from halfcell.app.edit.file_version import version_of
from halfcell.app.edit.study_toml import item_entry, study_text
from halfcell.app.forms.look_fields import look_fields, table_fields
from halfcell.app.forms.setting_fields import setting_groups
from halfcell.app.pages.current import kept, of_study, root_of
from halfcell.app.pages.templates import page
from halfcell.app.studies.studies_folder import inside
from halfcell.core.errors import HalfcellError, InputError
from halfcell.core.looks.combine import combined
from halfcell.core.looks.records import AxesLook, AxisLook, FigureLook, PanelLook
from halfcell.render import screen_figure
from halfcell.render.labels import LETTERS
from halfcell.report.document_view import view

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import ItemState, StudyState
    from halfcell.core.figure import Figure

router = APIRouter()


@router.get("/s/{name}/item/{slug:path}/plot")
def plot(request: Request, name: str, slug: str, panel: int = 0, low: float = 0.0, high: float = 0.0) -> Response:
    """The interactive figure as plotly reads it; with `low` < `high` a panel is drawn for this range of x alone."""

    def make(state: StudyState) -> Response:
        document = state.composed(state.item(slug))
        figure = document.items[0].figure if document else None
        if figure is None:
            raise HTTPException(404)
        return JSONResponse(screen_figure(_zoomed(figure, panel, low, high)))

    return kept(request, name, make)


def _zoomed(figure: Figure, panel: int, low: float, high: float) -> Figure:
    """The figure with a range of x in one panel, if there is one."""
    if not (low < high and 0 <= panel < len(figure.panels)):
        return figure
    part = PanelLook(axes=AxesLook(x=AxisLook(limits=(low, high))))
    look = FigureLook(panel={LETTERS[panel % 26]: part})
    return replace(figure, look=combined(figure.look, look) if figure.look else look)


@router.get("/s/{name}/picture/{path:path}")
def picture(request: Request, name: str, path: str) -> Response:
    """A printed picture of a figure, as it was made last."""
    found = inside(root_of(request, name), path)
    if found.suffix != ".svg" or not found.is_file():
        raise HTTPException(404)
    return FileResponse(found, media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})


@router.get("/s/{name}/item/{slug:path}")
def item(request: Request, name: str, slug: str) -> Response:
    """The page of a figure or table."""

    def make(state: StudyState) -> Response:
        return page(request, "item.html", _values(request, state, name, state.item(slug)))

    return kept(request, name, make)


def _values(request: Request, state: StudyState, name: str, shown: ItemState) -> dict[str, Any]:
    """What the template of an item is filled with."""
    entry = _entry(state, shown)
    composed, failure = _composed(state, shown)
    at = state.items.index(shown)
    return {
        **of_study(request, name, state.root),
        "state": state,
        "shown": shown,
        "view": view(composed).items[0] if composed else None,
        "failure": failure,
        "groups": look_fields(entry) if shown.spec.kind == "figure" else table_fields(entry),
        "settings": setting_groups(state, shown),
        "version": version_of(state.root / "study.toml"),
        "previous": state.items[at - 1] if at else None,
        "following": state.items[at + 1] if at + 1 < len(state.items) else None,
    }


def _composed(state: StudyState, shown: ItemState) -> tuple[Any, str]:
    try:
        return state.composed(shown), ""
    except HalfcellError as error:
        return None, str(error)


def _entry(state: StudyState, shown: ItemState) -> dict[str, object]:
    try:
        return item_entry(study_text(state.root), shown.spec)
    except InputError:
        return {}
