"""Audits of documents that were dropped: each in a process of its own, with bounded time, its report kept as HTML."""

from __future__ import annotations

import secrets
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from halfcell.core.errors import InputError

SECONDS: Final = 120  # after which an audit is given up; a thesis of 200 pages takes less than one minute
_KEPT: Final = 20  # reports


@dataclass(frozen=True, kw_only=True)
class AuditDone:
    """An audit: the name of the document, and its report as the body of a page."""

    key: str
    name: str
    body: str


class Audits:
    """The reports of the last documents."""

    def __init__(self) -> None:
        self._done: OrderedDict[str, AuditDone] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    @property
    def all(self) -> tuple[AuditDone, ...]:
        """The reports, the last one first."""
        return tuple(reversed(self._done.values()))

    def get(self, key: str) -> AuditDone:
        """One report.

        Raises
        ------
        InputError
            If it is not kept any more.
        """
        if key not in self._done:
            raise InputError("there is no such audit any more", hint="drop the document again")
        return self._done[key]

    def audit(self, document: Path, name: str, more: Sequence[str] = ()) -> AuditDone:
        """Audit a document.

        Raises
        ------
        InputError
            If it cannot be read, or takes longer than `SECONDS`.
        """
        with self._one_at_a_time, tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "audit.html"
            command = [sys.executable, "-m", "halfcell", "audit", str(document), "--html", str(page), *more]
            try:
                ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
            except subprocess.TimeoutExpired:
                raise InputError(f"the audit took longer than {SECONDS} s and was given up", name) from None
            if not page.is_file():
                said = (ended.stderr.strip().splitlines() or ["the audit ended without a word"])[-1]
                raise InputError(said.removeprefix("halfcell: ").replace(str(document), name), name)
            text = page.read_text(encoding="utf-8").replace(document.name, name)
        found = AuditDone(key=secrets.token_hex(6), name=name, body=text.partition("<body>")[2].partition("</body>")[0])
        self._done[found.key] = found
        while len(self._done) > _KEPT:
            self._done.popitem(last=False)
        return found
