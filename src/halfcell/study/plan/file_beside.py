"""The file beside a raw file that is part of it: the text of a picture (its scale), the numbers of a map (.rpl)."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from halfcell.readers.common.sidecar_suffixes import SIDECAR_SUFFIXES

_MAP, _NUMBERS = ".rpl", (".raw", ".RAW")
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"}


def file_beside(root: Path, path: str) -> str | None:
    """The path of what belongs to a picture or a map below the study; None for other files, or where there is none."""
    file = PurePosixPath(path)
    kind = file.suffix.lower()
    suffixes = SIDECAR_SUFFIXES if kind in _PICTURES else _NUMBERS if kind == _MAP else ()
    return next((str(beside) for s in suffixes if (root / (beside := file.with_suffix(s))).is_file()), None)
