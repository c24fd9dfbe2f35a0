"""The templates as Python compiles them, kept where it keeps modules: compiling them takes longer than filling them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from halfcell.core.atomic_files import write_aside
from halfcell.core.errors import HalfcellError

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_FOLDER = Path(__file__).parent / "templates" / "__pycache__"


class CompiledTemplates(BytecodeCache):
    """A cache in ``__pycache__`` beside the templates, which Python trusts as much as it trusts the modules there.

    It is never in a study's folder, which may come from strangers. Where it cannot be written, and where Python is told
    to write no bytecode, templates are compiled each time.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from the cache; jinja2 compiles one whose source is another now."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            bucket.bytecode_from_string(_place(bucket).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put a compiled template into the cache."""
        if not sys.dont_write_bytecode and os.access(_FOLDER.parent, os.W_OK):
            with suppress(OSError, HalfcellError):
                write_aside(_place(bucket), bucket.bytecode_to_string(), lasting=False)


def _place(bucket: Bucket) -> Path:
    return _FOLDER / f"{bucket.key}.{sys.implementation.cache_tag}.jinja"
