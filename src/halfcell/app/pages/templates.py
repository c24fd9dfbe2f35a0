"""Fill the templates of the app; those of the report are among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

from halfcell.app.pages.static_files import static_address
from halfcell.report.html import environment

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, PackageLoader

    loaders = ChoiceLoader([PackageLoader("halfcell.app"), PackageLoader("halfcell.report")])
    return environment().overlay(loader=loaders)


def part(request: Request, template: str, values: Mapping[str, Any]) -> str:
    """A template, filled, with addresses below the prefix of the app."""
    prefix = request.app.state.config.prefix
    context = {
        "url": lambda path: f"{prefix}{path}",
        "static": lambda name: f"{prefix}{static_address(name)}",
        "is_part": "hx-request" in request.headers,
    }
    return _environment().get_template(template).render(**context, **values)


def page(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page, or a part of one, as an answer."""
    return HTMLResponse(part(request, template, values), status)
