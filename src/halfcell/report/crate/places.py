"""Where the files of a study lie in its crate: as in the study, or in ``external`` if they are outside of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from halfcell.study.files.patterns import fixed_folder

EXTERNAL: Final = "external"


@dataclass(frozen=True, kw_only=True)
class Places:
    """The places of a study's files in its crate.

    A file of the study keeps its path. One outside lies in ``external/<hash of its folder>/``, with its path below that
    folder, so that files of the same name stay apart and the patterns of ``[raw]`` find them; `outside` gives the place
    of each such folder.
    """

    root: Path
    outside: Mapping[str, str] = field(default_factory=dict)

    def of(self, path: str) -> str:
        """The path in the crate of a path as the study writes it (or of a pattern, or of a folder)."""
        whole = _whole(self.root, path)
        for folder, place in self.outside.items():
            if whole == folder or whole.startswith(folder.rstrip("/") + "/"):
                rest = whole[len(folder) :].strip("/")
                return f"{place}/{rest}" if rest else place
        return _below(self.root, whole) if is_outside(self.root, path) is False else path

    def is_moved(self, path: str) -> bool:
        """Whether a path lies elsewhere in the crate."""
        return is_outside(self.root, path) and self.of(path) != path


def places_of(root: Path, patterns: Iterable[str], files: Iterable[str]) -> Places:
    """The places of the files that patterns match and of single files, as seen from the study's folder."""
    root = Path(os.path.abspath(root))
    folders = {_whole(root, fixed_folder(pattern)) for pattern in patterns if is_outside(root, fixed_folder(pattern))}
    folders |= {_whole(root, path).rpartition("/")[0] for path in files if is_outside(root, path)}
    outermost = sorted(
        one for one in folders if not any(one.startswith(other.rstrip("/") + "/") for other in folders - {one})
    )
    names = {folder: os.path.relpath(folder, root).replace(os.sep, "/") for folder in outermost}
    return Places(
        root=root,
        outside={
            folder: f"{EXTERNAL}/{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:8]}"
            for folder, name in names.items()
        },
    )


def is_outside(root: Path, path: str) -> bool:
    """Whether a path, as seen from a folder, lies outside of it."""
    whole, here = _whole(root, path), _whole(root, ".")
    return whole != here and not whole.startswith(here.rstrip("/") + "/")


def _whole(root: Path, path: str) -> str:
    """The absolute path with slashes; links are not followed."""
    return os.path.normpath(os.path.join(os.path.abspath(root), path)).replace(os.sep, "/")


def _below(root: Path, whole: str) -> str:
    return whole[len(_whole(root, ".").rstrip("/")) + 1 :] or "."
