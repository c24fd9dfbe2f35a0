"""The content of a record as bytes for a hash: the same for equal records, whatever objects they share."""

from __future__ import annotations

import io
import pickle


def content_bytes(content: object) -> bytes:
    """The bytes of a record that holds no circles.

    A usual pickle writes an object once and refers to it afterwards, so that its bytes tell which strings happen to be
    one object: they differ between the process that made a figure and one that read it from the store.
    """
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=5)
    pickler.fast = True  # no references
    pickler.dump(content)
    return written.getvalue()
