"""The folder of studies: which there are, and which files of theirs may be read or written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from halfcell.core.errors import InputError
from halfcell.core.file_names import why_no_file_name

_NAME = re.compile(r"[^\x00-\x1f/\\:*?\"<>|]{1,100}")


@dataclass(frozen=True)
class StudiesFolder:
    """The folder of studies; each folder in it with a ``study.toml`` is one."""

    root: Path

    def names(self) -> tuple[str, ...]:
        """The names of the studies, the one that was changed last first."""
        found = [path for path in self.root.iterdir() if (path / "study.toml").is_file()]
        return tuple(path.name for path in sorted(found, key=_changed, reverse=True))

    def find(self, name: str) -> Path:
        """The folder of a study.

        Raises
        ------
        InputError
            If there is no such study.
        """
        folder = self.root / name
        if not is_file_name(name) or not (folder / "study.toml").is_file():
            raise InputError("there is no such study here", name[:100])
        return folder

    def new(self, name: str) -> Path:
        """The folder of a study to be made.

        Raises
        ------
        InputError
            If the name cannot be that of a folder, or is taken.
        """
        if not is_file_name(name):
            raise InputError("this cannot be the name of a folder", name[:100], "use letters, digits, - and _")
        if (self.root / name).exists():
            raise InputError("this name is taken", name)
        return self.root / name


def is_file_name(name: str) -> bool:
    """Whether a text is the name of one file or folder on any system: no path, nothing hidden, nothing reserved."""
    return bool(
        _NAME.fullmatch(name)
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not why_no_file_name(name)
    )


def inside(root: Path, relative: str) -> Path:
    """A file below a folder.

    Raises
    ------
    InputError
        If the path leads out of the folder (also through a link), or to the program's own store.
    """
    path = root / relative
    try:
        resolved = path.resolve()
        below = resolved.relative_to(root.resolve())
    except (ValueError, OSError, RuntimeError):
        raise InputError("this file is not part of the study", relative[:200]) from None
    if not relative or "\x00" in relative or any(part.startswith(".") for part in below.parts):
        raise InputError("this file is not part of the study", relative[:200])
    return resolved


def _changed(folder: Path) -> float:
    return max(
        ((folder / name).stat().st_mtime for name in ("study.toml", "study.lock") if (folder / name).is_file()),
        default=0.0,
    )
