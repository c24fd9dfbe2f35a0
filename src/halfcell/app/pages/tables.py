"""Samples and cells: tables that are changed cell by cell, each change shown before it is written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from halfcell.app.edit.candidate import new_problems
from halfcell.app.edit.file_version import require_version, version_of
from halfcell.app.edit.history import write_change
from halfcell.app.edit.table_cells import TableText, read_table, with_cell, with_row, without_row
from halfcell.app.pages.answers import done
from halfcell.app.pages.current import kept, of_study, state_of
from halfcell.app.pages.templates import page
from halfcell.app.security.bodies import first, form
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from halfcell.app.studies.study_state import StudyState

router = APIRouter()
_Form = dict[str, list[str]]
_KINDS = ("samples", "cells")
_HEADS = {"samples": "name,composition\n", "cells": "name,sample,kind,active_mass_mg,area_cm2\n"}


@router.get("/s/{name}/tables")
def tables(request: Request, name: str) -> Response:
    """Both tables."""

    def make(state: StudyState) -> Response:
        shown = []
        for kind in _KINDS:
            path = _path(state, kind)
            table, why = _table(path)
            shown.append({"kind": kind, "file": path.name, "table": table, "why": why, "version": version_of(path)})
        return page(request, "tables.html", {"tables": shown, **of_study(request, name, state.root)})

    return kept(request, name, make)


@router.post("/s/{name}/tables/{kind}/preview")
async def preview(request: Request, name: str, kind: str) -> Response:
    """Show what a change would write, and what would be wrong with it."""
    return await run_in_threadpool(_preview, request, name, kind, await form(request))


@router.post("/s/{name}/tables/{kind}")
async def write(request: Request, name: str, kind: str) -> Response:
    """Write a change."""
    return await run_in_threadpool(_write, request, name, kind, await form(request))


@router.post("/s/{name}/tables/{kind}/new")
def begin(request: Request, name: str, kind: str) -> Response:
    """Begin a table that the study does not have yet."""
    state = state_of(request, name)
    path = _path(state, kind)
    write_change(state.root, path.name, _HEADS[kind], version="", what=f"{path.name} begun")
    return done(f"{path.name} was begun; add rows to it")


def _preview(request: Request, name: str, kind: str, fields: _Form) -> Response:
    state = state_of(request, name)
    path = _path(state, kind)
    require_version(path, first(fields, "version"))
    table = read_table(path)
    new, what = _changed(table, fields)
    old_lines, new_lines = _differing("".join(table.lines), new)
    return page(
        request,
        "table_change.html",
        {
            "name": name,
            "kind": kind,
            "file": path.name,
            "what": what,
            "fields": {key: values[0] for key, values in fields.items()},
            "cells": fields.get("cells", []),
            "removed": old_lines,
            "added": new_lines,
            "problems": tuple(map(str, new_problems(state.root, {path.name: new}))),
        },
    )


def _write(request: Request, name: str, kind: str, fields: _Form) -> Response:
    state = state_of(request, name)
    path = _path(state, kind)
    new, what = _changed(read_table(path), fields)
    write_change(state.root, path.name, new, version=first(fields, "version"), what=what)
    return done(f"{path.name} was changed: {what}. Run the study to make again what depends on it.")


def _changed(table: TableText, fields: _Form) -> tuple[str, str]:
    """The new text of a table and what was done, from a form: ``action`` is cell, add or remove."""

    one = partial(first, fields)
    if one("action") == "add":
        cells = fields.get("cells", [])
        if not any(cell.strip() for cell in cells):
            raise InputError("the new row is empty", hint="write at least its name")
        return with_row(table, cells), f"row {cells[0]!r} added"
    row = int(one("row")) if one("row").isdigit() else -1
    if one("action") == "remove":
        new = without_row(table, row)
        return new, f"row {table.cells(row)[0]!r} removed"
    new = with_cell(table, row, one("head"), one("value"))
    before = table.cells(row)[table.heads.index(one("head"))]
    return new, f"{one('head')} of {table.cells(row)[0]!r}: {before or 'nothing'} → {one('value') or 'nothing'}"


def _path(state: StudyState, kind: str) -> Path:
    if kind not in _KINDS:
        raise InputError("there is no such table", kind[:40])
    named = getattr(state.plan.files.file, kind) if state.plan else ""
    usual = next((name for name in (f"{kind}.csv", f"{kind}.xlsx") if (state.root / name).is_file()), f"{kind}.csv")
    path = state.root / (named or usual)
    if path.resolve().parent != state.root.resolve():
        raise InputError("only tables beside study.toml can be changed here", str(named))
    return path


def _table(path: Path) -> tuple[TableText | None, str]:
    if not path.is_file():
        return None, f"there is no {path.name} in this study"
    try:
        return read_table(path), ""
    except InputError as error:
        return None, str(error)


def _differing(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that go and the lines that come."""
    import difflib

    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))[2:]
    return [line[1:] for line in lines if line.startswith("-")], [line[1:] for line in lines if line.startswith("+")]
