"""Place a result among the reported ones: table and chart, with filters and a point of one's own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from halfcell.app.config import FORM_LIMIT
from halfcell.app.pages.answers import done
from halfcell.app.pages.templates import page
from halfcell.app.security.bodies import receive
from halfcell.core.errors import InputError
from halfcell.literature.comparison_charts import chart
from halfcell.literature.comparison_table import comparison
from halfcell.literature.reported_results import keep, load, read_bib, read_csv
from halfcell.literature.schema import Record, Schema, schemas
from halfcell.render import screen_figure
from halfcell.report.table_grid import grid

router = APIRouter()


@router.get("/compare")
def first(request: Request) -> Response:
    """The first comparison."""
    return compare(request, next(iter(schemas())))


@router.get("/compare/{kind}")
def compare(request: Request, kind: str) -> Response:
    """The reported results that pass the filters, as a table."""
    chosen = _schema(kind)
    records = _records(request, chosen)
    return page(
        request,
        "compare.html",
        {
            "kinds": schemas(),
            "chosen": chosen,
            "columns": [column for column in chosen.columns if not column.hidden],
            "filters": _filters(request),
            "own": _own(request, chosen),
            "count": len(records),
            "query": request.url.query,
            "grid": grid(comparison(records, kind), {}) if records else None,
        },
    )


@router.get("/compare/{kind}/plot")
def plot(request: Request, kind: str) -> Response:
    """The chart of the same results."""
    records = _records(request, _schema(kind))
    if not records:
        raise InputError("no such result passes the filters")
    return JSONResponse(screen_figure(chart(records, kind)))


@router.put("/compare/{kind}/{file}")
async def add(request: Request, kind: str, file: str) -> Response:
    """Add reported results from a CSV or BibTeX file, until the app is closed."""
    chosen = _schema(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("added.bib" if file.lower().endswith(".bib") else "added.csv")
        await receive(request, path, FORM_LIMIT)
        reader = read_bib if path.suffix == ".bib" else read_csv
        found = await run_in_threadpool(reader, path, chosen.name)
    added: dict[str, tuple[Record, ...]] = request.app.state.added
    added[kind] = (*added.get(kind, ()), *found)
    return done(f"{len(found)} results of {file} were added; show them again to see them")


def _schema(kind: str) -> Schema:
    if kind not in schemas():
        raise InputError("there is no such comparison", kind[:40])
    return schemas()[kind]


def _records(request: Request, chosen: Schema) -> tuple[Record, ...]:
    records = tuple(keep((*load(chosen.name), *request.app.state.added.get(chosen.name, ())), _filters(request)))
    own = _own(request, chosen)
    return (*records, Record(schema=chosen.name, values=own, own=True)) if own else records


def _filters(request: Request) -> list[str]:
    """The conditions of the filter: ``cathode=NCM811, cycle>=100``."""
    text = request.query_params.get("filter", "")
    return [part.strip() for part in text.split(",") if part.strip()]


def _own(request: Request, chosen: Schema) -> dict[str, str]:
    """One's own result: all columns, those that were filled in with their text; nothing if none was."""
    given = {column.key: request.query_params.get(f"own.{column.key}", "").strip() for column in chosen.columns}
    filled = {key: text for key, text in given.items() if text}
    return {column.key: "" for column in chosen.columns} | filled if filled else {}
