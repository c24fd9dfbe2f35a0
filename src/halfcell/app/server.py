"""Start the app on this machine: find a port, print the address with its token, serve until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.app.config import LOCAL_HOSTS, AppConfig
from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_PORT: Final = 8650
_TRIED: Final = 20  # ports after the default one
_CLOSING_SECONDS: Final = 2
_EVERY_ADDRESS: Final = ("0.0.0.0", "::")  # noqa: S104 (names of all addresses, which are no host names)


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    prefix: str = "",
    names: tuple[str, ...] = (),
    ready: Callable[[str], None] = print,
) -> None:
    """Serve a study, or a folder of studies, until the process is interrupted.

    Parameters
    ----------
    path
        A study, whose folder is that of the studies, or a folder of studies.
    host
        The address to listen at; other machines can reach the app only if it is theirs, too.
    port
        The port; without one, the first that is free from `DEFAULT_PORT` on.
    prefix
        The path in front of all addresses, where a proxy serves the app.
    names
        Further host names under which the app may be addressed.
    ready
        Called with the address, once the app listens.

    Raises
    ------
    InputError
        If the folder does not exist, or the port is taken.
    """
    import uvicorn

    from halfcell.app.application import create_app
    from halfcell.app.security.patient_protocol import PatientProtocol

    folder, study = studies_of(path)
    listening = _listen(host, port)
    config = AppConfig(
        folder=folder,
        token=secrets.token_urlsafe(24),
        port=listening.getsockname()[1],
        hosts=(*LOCAL_HOSTS, *names, *((host,) if host not in _EVERY_ADDRESS else ())),
        prefix=prefix.rstrip("/"),
    )
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(config),
            http=PatientProtocol,
            log_level="warning",
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_CLOSING_SECONDS,
        )
    )
    ready(address(config, study))
    with listening:
        server.run(sockets=[listening])


def studies_of(path: Path) -> tuple[Path, str]:
    """The folder of studies, and the study to begin with (or nothing).

    Raises
    ------
    InputError
        If there is no such folder.
    """
    path = path.resolve()
    path = path.parent if path.name == "study.toml" else path
    if not path.is_dir():
        raise InputError("no such folder", str(path), "name a study, or a folder of studies")
    if (path / "study.toml").is_file():
        return path.parent, path.name
    return path, ""


def address(config: AppConfig, study: str) -> str:
    """The address to open, with the token."""
    from urllib.parse import quote

    page = f"/s/{quote(study)}/" if study else "/"
    return f"http://127.0.0.1:{config.port}{config.prefix}{page}?token={config.token}"


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens at the port, or at the first free one."""
    ports = [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + _TRIED), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for one in ports:
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, one))
        except OSError as error:
            found.close()
            if one == ports[-1]:
                why = error.strerror or str(error)
                raise InputError(f"cannot listen at {host}, port {one}: {why}", hint="choose another --port") from error
        else:
            return found
    raise InputError("no port is free")
