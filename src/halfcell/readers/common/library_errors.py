"""How plug-ins of RosettaSciIO say that they cannot read a file."""

from __future__ import annotations

import struct
import zlib
from xml.etree.ElementTree import ParseError

from halfcell.core.optional_dependencies import require

EXTRA = "microscopy"
_DAMAGED = (  # what plug-ins of RosettaSciIO raised for damaged copies of real files, and for layouts they do not know
    *(OSError, ValueError, KeyError, IndexError, EOFError, RuntimeError, NotImplementedError),
    *(struct.error, zlib.error, ParseError, StopIteration, AttributeError, MemoryError, OverflowError),
)


def unreadable(plugin: str) -> tuple[type[Exception], ...]:
    """The exceptions by which a plug-in says that it cannot read a file; any other is a mistake, and no input error."""
    if plugin == "digitalmicrograph":
        exceptions = require("rsciio.exceptions", EXTRA)
        own = [getattr(exceptions, name) for name in vars(exceptions) if name.startswith(("DM3", "ByteOrder"))]
        return (*_DAMAGED, UnboundLocalError, *own)
    return (*_DAMAGED, TypeError) if plugin == "tiff" else _DAMAGED
