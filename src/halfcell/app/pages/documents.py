"""The documents of a study: write the submission, read the review document, download everything."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from halfcell.app.pages.answers import done
from halfcell.app.pages.current import of_study, root_of, state_of
from halfcell.app.pages.templates import page
from halfcell.app.studies.studies_folder import inside
from halfcell.core.errors import InputError
from halfcell.report import Format, write
from halfcell.study import Study

router = APIRouter()
_FORMATS: Final[Mapping[Format, str]] = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel workbook", "latex": "LaTeX"}
_TOP: Final = ("review.html", "si.docx", "si.pdf", "si.xlsx", "si.tex", "numbers.csv")


@router.get("/s/{name}/documents")
def documents(request: Request, name: str) -> Response:
    """What there is in the folder ``out``."""
    state = state_of(request, name)
    out = state.root / "out"
    top = [out / one for one in _TOP if (out / one).is_file()]
    others = sorted(path for path in out.rglob("*") if path.is_file() and path not in top) if out.is_dir() else []
    return page(
        request,
        "documents.html",
        {
            "state": state,
            "top": [(path.name, path.stat().st_size, path.stat().st_mtime) for path in top],
            "others": [path.relative_to(out).as_posix() for path in others],
            "formats": _FORMATS,
            **of_study(request, name, state.root),
        },
    )


@router.post("/s/{name}/documents/{kind}")
def make(request: Request, name: str, kind: str) -> Response:
    """Write the submission in one format."""
    root = root_of(request, name)
    formats = [one for one in _FORMATS if one == kind]
    if not formats:
        raise InputError("there is no such format", kind[:40])
    paths = write(Study.load(root).document(), root / "out", formats)
    return done(f"written: {', '.join(path.name for path in paths)}")


@router.get("/s/{name}/out/{path:path}")
def download(request: Request, name: str, path: str, look: bool = False) -> Response:
    """A file of the folder ``out``; the review document can also be looked at."""
    found = inside(root_of(request, name), f"out/{path}")
    if not found.is_file():
        raise InputError("there is no such file", path[:200])
    if look and found.suffix == ".html":
        return _page_with_its_own_scripts(found)
    return FileResponse(found, filename=found.name, content_disposition_type="attachment")


def _page_with_its_own_scripts(path: Path) -> Response:
    """The review document with a policy that names the hash of each script in it: no other one can run."""
    text = path.read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = " ".join(map(_hash, scripts)) or "'none'"
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts"
    )
    return HTMLResponse(text, headers={"Content-Security-Policy": policy})


def _hash(script: str) -> str:
    """A script as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
