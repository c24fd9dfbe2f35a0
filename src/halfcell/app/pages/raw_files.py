"""The raw files of a study: drop one in, see what it is and which figure shows it, look at its data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from halfcell.app.pages.current import config_of, of_study, root_of, state_of
from halfcell.app.pages.templates import page
from halfcell.app.security.bodies import receive
from halfcell.app.studies.placed_file import placed
from halfcell.app.studies.studies_folder import inside
from halfcell.core.figure import Axis, Figure, Line, Panel
from halfcell.readers import read_all
from halfcell.render import screen_figure

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

router = APIRouter()
ROWS_SHOWN: Final = 200
_USUAL: Final = {
    "cycling": ("test_time_second", "voltage_volt"),
    "voltammetry": ("voltage_volt", "current_ampere"),
    "impedance": ("real_impedance_ohm", "imaginary_impedance_ohm"),
}


@router.get("/s/{name}/files")
def files(request: Request, name: str) -> Response:
    """All raw files with their subject, and those that nothing uses with the reason."""
    state = state_of(request, name)
    raw = state.plan.files.raw if state.plan else None
    matched = {one.path: one for one in raw.matched} if raw else {}
    unmatched = {one.path: one.why for one in state.plan.unmatched} if state.plan else {}
    values = of_study(request, name, state.root)
    return page(request, "files.html", {"state": state, "matched": matched, "unmatched": unmatched, **values})


@router.put("/s/{name}/files/{file}")
async def drop(request: Request, name: str, file: str) -> Response:
    """Take a file that was dropped, in pieces; it is kept if a reader recognises it."""
    root = root_of(request, name)
    unfinished = root / ".halfcell" / "dropped" / f"{secrets.token_hex(4)}{Path(file).suffix[:20]}"
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    try:
        await receive(request, unfinished, config_of(request).upload_limit)
        found = await run_in_threadpool(lambda: placed(state_of(request, name), unfinished, file))
    finally:
        unfinished.unlink(missing_ok=True)
    return page(request, "dropped.html", {"name": name, "found": found})


@router.get("/s/{name}/file")
def view_file(request: Request, name: str, path: str) -> Response:
    """A raw file: what it states, its first rows, and its plot."""
    root = root_of(request, name)
    measurements = _read(request, inside(root, path))
    shown = _part(measurements, request.query_params.get("part", "0"))
    columns = {key: values for key, values in shown.columns.items() if values.ndim == 1}
    rows = [[_text(values[at]) for values in columns.values()] for at in range(min(len(shown), ROWS_SHOWN))]
    return page(
        request,
        "file.html",
        {
            **of_study(request, name, root),
            "path": path,
            "part": next(at for at, one in enumerate(measurements) if one is shown),
            "count": len(measurements),
            "shown": shown,
            "heads": list(columns),
            "rows": rows,
            "numeric": [key for key, values in columns.items() if values.dtype.kind in "fiu"],
            "axes": _axes(shown),
            "size": os.path.getsize(inside(root, path)),
        },
    )


@router.get("/s/{name}/file/plot")
def plot_file(request: Request, name: str, path: str, low: float = 0.0, high: float = 0.0) -> Response:
    """Two columns of a raw file (``x``, ``y``) as a figure, thinned to what can be seen; of a range of x alone."""
    shown = _part(_read(request, inside(root_of(request, name), path)), request.query_params.get("part", "0"))
    x, y = (request.query_params.get(key, "") for key in "xy")
    usual = _axes(shown)
    x, y = (x if x in shown.columns else usual[0]), (y if y in shown.columns else usual[1])
    across, up = (np.asarray(shown.columns[key], dtype=float) if key else np.empty(0) for key in (x, y))
    if low < high:
        inside_range = (across >= low) & (across <= high)
        across, up = across[inside_range], up[inside_range]
    panel = Panel(x=Axis(label=x.replace("_", " ")), y=Axis(label=y.replace("_", " ")), layers=(Line(x=across, y=up),))
    return JSONResponse(screen_figure(Figure(panels=(panel,), width_mm=180.0, simulated=shown.is_simulated)))


def _read(request: Request, path: Path) -> tuple[Measurement, ...]:
    """The measurements of a file; those of the last file are kept, so that a zoom need not read it again."""
    stat = path.stat() if path.is_file() else None
    key = (path, stat.st_mtime_ns, stat.st_size) if stat else (path, 0, 0)
    kept: dict[tuple[Path, int, int], tuple[Measurement, ...]] = request.app.state.measured
    found = kept.get(key)
    if found is None:
        found = read_all(path)
        kept.clear()
        kept[key] = found
    return found


def _part(measurements: tuple[Measurement, ...], part: str) -> Measurement:
    """One measurement of a file, by its number in the address."""
    return measurements[min(int(part), len(measurements) - 1) if part.isdigit() else 0]


def _axes(shown: Measurement) -> tuple[str, str]:
    """The columns that a file is drawn with: the usual ones of its kind, else its first two of numbers."""
    usual = _USUAL.get(shown.technique, ())
    if usual and all(key in shown.columns for key in usual):
        return usual[0], usual[1]
    numeric = [key for key, one in shown.columns.items() if one.ndim == 1 and one.dtype.kind in "fiu"]
    return (numeric[0], numeric[1]) if len(numeric) > 1 else ("", "")


def _text(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)
