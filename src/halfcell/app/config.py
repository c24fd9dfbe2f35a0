"""What the app is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
UPLOAD_LIMIT: Final = 2 * 2**30  # bytes; the largest cycler files are about 1 GB
FORM_LIMIT: Final = 2 * 2**20  # bytes of a form; the largest is a whole table of cells as text


@dataclass(frozen=True, kw_only=True)
class AppConfig:
    """What the app is told when it starts.

    Parameters
    ----------
    folder
        The folder of studies; nothing outside of it is read or written.
    token
        The secret that a browser must show once.
    port
        The port of the address, which is part of the cookie's name: browsers share cookies between ports.
    hosts
        Names under which the app may be addressed, without the port.
    prefix
        The path in front of all addresses where a proxy serves the app below its own (``/user/anna/proxy/8050``).
    upload_limit
        Size of the largest file that may be dropped, in bytes.
    """

    folder: Path
    token: str
    port: int = 0
    hosts: tuple[str, ...] = LOCAL_HOSTS
    prefix: str = ""
    upload_limit: int = UPLOAD_LIMIT
