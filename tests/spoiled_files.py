"""Files cut short or with bytes changed: a reader refuses them by name, and nothing but its refusal comes out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.readers import read_all


def refuses_when_cut(source: Path, folder: Path, size: float) -> None:
    """A copy of the first `size` bytes, or of this part of the file, is refused with its path in the message."""
    content = source.read_bytes()
    path = folder / source.name
    path.write_bytes(content[: int(size * len(content)) if size < 1 else int(size)])
    with pytest.raises(InputError) as caught:
        read_all(path)
    assert str(path) in str(caught.value)


def survives_changed_bytes(source: Path, folder: Path, seed: int, count: int) -> None:
    """A copy with `count` random bytes is read, or refused with an `InputError`; nothing else may come out."""
    content = bytearray(source.read_bytes())
    rng = np.random.default_rng(seed)
    for place in rng.integers(0, len(content), count):
        content[place] = rng.integers(256)
    path = folder / source.name
    path.write_bytes(bytes(content))
    with contextlib.suppress(InputError):
        read_all(path)
