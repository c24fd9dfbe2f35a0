"""Standard output and error on every system: pipes that are not UTF-8, names that are no text, one line of progress."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

_HANDLER: Final = "halfcell.plain"
_PLAIN: Final = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "±": "+-", "×": "x", "·": ".", "⋅": ".", "…": "...",
    "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "∼": "~", "Å": "A", "°": "deg ", "µ": "u", "μ": "u",
    "Ω": "Ohm", "Δ": "Delta ", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "η": "eta", "θ": "theta",
    "λ": "lambda", "ρ": "rho", "σ": "sigma", "τ": "tau", "χ": "chi", "ω": "omega", "ε": "epsilon", "φ": "phi",
    "⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "⁶": "^6", "⁷": "^7", "⁸": "^8", "⁹": "^9",
    "⁺": "^+", "⁻": "^-", "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ", "“": '"', "”": '"',
    "‘": "'", "’": "'", "′": "'", "″": '"',
}  # fmt: skip


@contextmanager
def writable_streams() -> Iterator[None]:
    """Let standard output and error take every character while a verb runs.

    A pipe on Windows has a code page, where printing a minus sign would end in an error. What the encoding of a stream
    lacks is written in plain letters (``-`` for ``−``), all else as an escape (``\\u4e2d``), so that no sign of a
    number is lost and no verb stops half-way.
    """
    codecs.register_error(_HANDLER, plainly)
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, io.TextIOWrapper)]
    before = [stream.errors for stream in streams]
    for stream in streams:
        stream.reconfigure(errors=_HANDLER)
    try:
        yield
    finally:
        for stream, errors in zip(streams, before, strict=True):
            if not stream.closed:
                stream.reconfigure(errors=errors)


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Replace what cannot be encoded: a handler of ``codecs.register_error``.

    Raises
    ------
    UnicodeError
        The error itself, where it is none of encoding.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_plain(letter) for letter in lost), error.end


def _plain(letter: str) -> str:
    code = ord(letter)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return _PLAIN.get(letter) or letter.encode("ascii", "backslashreplace").decode()


def print_json(content: Any) -> None:
    """Print one JSON document; where standard output is not UTF-8, all that is not ASCII as escapes of JSON."""
    import json

    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").replace("_", "")
    text = json.dumps(content, ensure_ascii=encoding != "utf8")
    print(text.encode("utf-8", "backslashreplace").decode() if encoding == "utf8" else text)


def has_progress_line(stream: TextIO | None) -> bool:
    """Whether a line that is overwritten makes sense on a stream: a terminal that can return to its first column."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def progress_line(text: str) -> str:
    """A line over the one before: the row is blanked and the text follows; empty to blank it only.

    Blanks and carriage returns do this on every terminal, also where none of the ANSI sequences are known.
    """
    import shutil

    width = max(shutil.get_terminal_size().columns - 1, 1)  # a line that wraps could not be removed
    shown = text.rstrip() if len(text) <= width else f"{text[: max(width - 3, 0)]}..."
    return f"\r{' ' * width}\r{shown}"
