"""The text file that a microscope puts beside a picture: part of the picture, as it states its scale."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from halfcell.readers.common.picture_sidecar import SUFFIXES

_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"}


def text_beside(root: Path, path: str) -> str | None:
    """The path of the text file beside a picture below the study; None for other files, or where there is none."""
    picture = PurePosixPath(path)
    if picture.suffix.lower() not in _PICTURES:
        return None
    return next((str(text) for s in SUFFIXES if (root / (text := picture.with_suffix(s))).is_file()), None)
