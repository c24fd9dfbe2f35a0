"""Parts of a report that are kept between runs by what they are made from, so that only what changed is made again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from halfcell.core.atomic_files import write_aside
from halfcell.core.content_bytes import content_bytes
from halfcell.study.cache.sealed import Damaged, sealed, unsealed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class KeptParts:
    """A folder of parts; each is found again by the hash of its content and of the code that makes it.

    Without a folder nothing is kept. Parts that a report no longer uses are removed by `sweep`.
    """

    def __init__(self, folder: Path | None, code: str = "") -> None:
        self._folder, self._code = folder, code
        self._used: set[str] = set()

    def part(self, kind: str, content: object, make: Callable[[], str]) -> bytes:
        """The text in UTF-8 that `make` gives for this content: kept from before, or made now."""
        if self._folder is None:
            return make().encode()
        mark = hashlib.sha256(f"{kind}\0{self._code}\0".encode())
        mark.update(content_bytes(content))
        name = f"{kind}-{mark.hexdigest()}.txt"
        self._used.add(name)
        path = self._folder / name
        try:
            return unsealed(path.read_bytes())
        except (OSError, Damaged):
            text = make().encode()
            write_aside(path, sealed(text), lasting=False)
            return text

    def sweep(self) -> None:
        """Remove the parts that were not asked for."""
        if self._folder is None or not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in self._used:
                path.unlink(missing_ok=True)
