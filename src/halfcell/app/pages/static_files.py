"""Scripts and styles, all from the installed package: the app's own, the report's style, plotly."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

import halfcell
from halfcell.render.offline_page import plotly_script

router = APIRouter()
_PACKAGE: Final = Path(halfcell.__file__).parent
_FILES: Final = {
    "app.css": "app/static/app.css",
    "app.js": "app/static/app.js",
    "htmx.js": "app/static/htmx.min.js",
    "report.css": "report/templates/report.css",
    "audit.css": "report/templates/audit.css",
}
_TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_KEPT: Final = "private, max-age=31536000, immutable"  # the address has the hash of the content


@cache
def _content(name: str) -> bytes:
    if name == "plotly.js":
        return plotly_script().encode()
    if name == "audit.css":
        return _inside(".audit-body", (_PACKAGE / _FILES[name]).read_text(encoding="utf-8")).encode()
    return (_PACKAGE / _FILES[name]).read_bytes()


def _inside(selector: str, style: str) -> str:
    """A style sheet for one part of a page, with nested rules: what it says of the page holds for the part."""
    nested = re.sub(r"(?m)^(:root|body)(?= \{)", "&", style)
    return f"{selector} {{\n{nested}\n}}\n"


@cache
def static_address(name: str) -> str:
    """The address of a file, with a hash of its content."""
    return f"/static/{hashlib.sha256(_content(name)).hexdigest()[:12]}/{name}"


@router.get("/static/{version}/{name}")
def static_file(name: str) -> Response:
    """One of the files."""
    if name not in {*_FILES, "plotly.js"}:
        raise HTTPException(404)
    headers = {"Cache-Control": _KEPT}
    return Response(_content(name), media_type=_TYPES[name.rsplit(".", 1)[1]], headers=headers)
