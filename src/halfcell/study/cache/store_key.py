"""The key of this user's stores: results are signed with it, and only signed ones are loaded.

Results are pickles, and a pickle can run code when it is loaded. A study may come from somebody else, with its
store; what was not stored under this user's key is not loaded but computed again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sys
from functools import cache
from pathlib import Path
from typing import Final

_VARIABLE: Final = "HALFCELL_STORE_KEY"
"""The key in hexadecimal digits, for machines that share a study but no home folder."""
_SIZE: Final = 32
SIGNATURE_SIZE: Final = 32


def signature(content: bytes) -> bytes:
    """The signature of a content under the key (HMAC with SHA-256)."""
    return hmac.digest(_key(os.environ.get(_VARIABLE, "")), content, hashlib.sha256)


def is_signed(content: bytes, given: bytes) -> bool:
    """Whether a signature is that of the content."""
    return hmac.compare_digest(signature(content), given)


@cache
def _key(given: str) -> bytes:
    """The key that is given, or that of the user's file; it is made when it is first needed."""
    if given:
        return hashlib.sha256(given.encode()).digest()
    path = _key_file()
    try:
        if not path.is_file():
            _make(path)
        found = path.read_bytes()
    except OSError:
        found = b""
    return found if len(found) == _SIZE else _of_this_run()


def _make(path: Path) -> None:
    """Write a new key in one step; the one that another process has just made stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SIZE))
        os.link(unfinished, path)
    except FileExistsError:
        return
    finally:
        unfinished.unlink(missing_ok=True)


def _of_this_run() -> bytes:
    """A key for this process and its workers, where none can be kept: results are then not found again later."""
    os.environ[_VARIABLE] = secrets.token_hex(_SIZE)
    return hashlib.sha256(os.environ[_VARIABLE].encode()).digest()


def _key_file() -> Path:
    """The file of the key, in the folder that the system has for a program's data."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA", "~"))
    elif sys.platform == "darwin":
        folder = Path("~/Library/Application Support")
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share")
    return folder.expanduser() / "halfcell" / "store-key"
