"""Read what a browser sends, in pieces and up to a limit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException

from halfcell.app.config import FORM_LIMIT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from starlette.requests import Request

PATIENCE: Final = 30.0  # seconds without a byte after which a sender is given up
MOST_FIELDS: Final = 5000


async def pieces(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body of a request in pieces.

    Raises
    ------
    HTTPException
        If it is larger than `limit` bytes (413), or if nothing comes any more (408).
    """
    stated = request.headers.get("content-length", "0")
    if not stated.isdigit() or int(stated) > limit:
        raise too_large(limit)
    size = 0
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), PATIENCE)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPException(408, "nothing was sent for a while") from None
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        yield piece


async def receive(request: Request, path: Path, limit: int) -> None:
    """Write the body of a request into a file.

    Raises
    ------
    HTTPException
        As `pieces` does.
    """
    with path.open("wb") as target:
        async for piece in pieces(request, limit):
            target.write(piece)


def first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a field of a form; empty where there is none."""
    return fields.get(name, [""])[0]


def too_large(limit: int) -> HTTPException:
    """The refusal of a body that is too large."""
    return HTTPException(413, f"too large: more than {limit / 2**20:g} MB")


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form (urlencoded), each with all its values; empty ones are kept.

    Raises
    ------
    HTTPException
        If it is too large or no form.
    """
    if request.headers.get("content-type", "").split(";")[0] != "application/x-www-form-urlencoded":
        raise HTTPException(415, "a form is expected")
    content = b"".join([piece async for piece in pieces(request, FORM_LIMIT)])
    try:
        text = content.decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400, "this form cannot be read") from None
