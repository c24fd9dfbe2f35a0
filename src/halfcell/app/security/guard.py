"""The guard in front of all pages: host, origin and token of each request; headers of each answer.

The app listens on this machine alone, but any page in the same browser can send requests to it. A foreign page is kept
out by the cookie (same site only), by the origin, and by the host name: a name that was pointed at 127.0.0.1 (DNS
rebinding) is none of ours.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from halfcell.app.config import AppConfig

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Scripts come from the app's own files only. Styles may be inline, since plotly and SVG pictures set them."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def cookie_name(port: int) -> str:
    """The name of the cookie of the app at a port."""
    return f"halfcell-{port}"


class Guard:
    """Middleware that lets only requests with the right host, origin and token through."""

    def __init__(self, app: ASGIApp, config: AppConfig) -> None:
        self._app, self._config = app, config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":  # the app has no web sockets
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", POLICY)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope) or self._welcome(scope)
        await (answer or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is refused; None if host and origin are ours."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if _name_of(host) not in self._config.hosts:
            return _refused(f"this app does not answer to the host name {_name_of(host)[:80]!r}", 421)
        origin = headers.get("origin", "")
        foreign = origin and urlsplit(origin).netloc != host
        foreign = foreign or headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        # a link from another page may open a page of the app, but not change anything
        is_link = scope["method"] in SAFE_METHODS and headers.get("sec-fetch-mode", "navigate") == "navigate"
        return _refused("a request of another web page", 403) if foreign and not is_link else None

    def _welcome(self, scope: Scope) -> Response | None:
        """The answer to a request that shows the token for the first time, or none at all; None if it may pass."""
        headers = Headers(scope=scope)
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        given = query.pop("token", "")
        if given and _same(given, self._config.token) and scope["method"] in SAFE_METHODS:
            path = f"{self._config.prefix}{scope['path']}" + (f"?{urlencode(query)}" if query else "")
            answer = RedirectResponse(_local(path), 303)
            answer.set_cookie(
                cookie_name(self._config.port), self._config.token, httponly=True, samesite="strict", path="/"
            )
            return answer
        if _same(_cookies(headers).get(cookie_name(self._config.port), ""), self._config.token):
            return None
        return _refused("open the address with the token that halfcell serve has printed", 401)


def _name_of(host: str) -> str:
    """The host name without its port."""
    return host.rsplit(":", 1)[0] if not host.endswith("]") and ":" in host else host


def _local(path: str) -> str:
    """A path of this app: two slashes at its beginning would name another host."""
    return "/" + path.lstrip("/\\")


def _cookies(headers: Headers) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in pairs}


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _refused(why: str, status: int) -> Response:
    return PlainTextResponse(f"refused: {why}\n", status)
