"""Change the look or the settings of a figure or table, in study.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.edit.history import write_change
from halfcell.app.edit.study_toml import item_entry, study_text, with_item_values
from halfcell.app.forms.fields import changes
from halfcell.app.forms.look_fields import look_fields, table_fields
from halfcell.app.forms.setting_fields import setting_groups
from halfcell.app.pages.answers import done
from halfcell.app.pages.current import runs, state_of
from halfcell.app.security.bodies import first, form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.app.forms.fields import Field
    from halfcell.app.studies.study_state import ItemState, StudyState

router = APIRouter()
_Form = dict[str, list[str]]


@router.post("/s/{name}/look/{slug:path}")
@router.post("/s/{name}/settings/{slug:path}")
async def change(request: Request, name: str, slug: str) -> Response:
    """Write what was changed in the form of the look or of the settings, and make the item again."""
    return await run_in_threadpool(_change, request, name, slug, await form(request))


def _change(request: Request, name: str, slug: str, fields: _Form) -> Response:
    state = state_of(request, name)
    shown = state.item(slug)
    text = study_text(state.root)
    changed = changes(_fields(state, shown, text), fields)
    if not changed:
        return done("nothing was changed")
    words = ", ".join(".".join(map(str, path)) for path in changed)
    new = with_item_values(text, shown.spec, changed)
    write_change(state.root, "study.toml", new, version=first(fields, "version"), what=f"{shown.spec.name}: {words}")
    if runs(request).view(state.root).is_running:
        return done(f"study.toml was changed ({words}); run again when the run has ended")
    runs(request).start(state.root, (shown.spec.name,))
    return done(f"study.toml was changed ({words}); {shown.spec.name} is made again")


def _fields(state: StudyState, shown: ItemState, text: str) -> Sequence[Field]:
    entry = item_entry(text, shown.spec)
    looks = look_fields(entry) if shown.spec.kind == "figure" else table_fields(entry)
    settings = [field for group in setting_groups(state, shown) for field in group.fields]
    return [*(field for fields in looks.values() for field in fields), *settings]
