"""A reader says "damaged" or "truncated" only where the bytes contradict the file itself; else "unknown layout"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

READERS = Path(__file__).resolve().parents[2] / "src" / "halfcell" / "readers"
CLAIM = re.compile(r"damaged|truncated|cut off|cut short|corrupt", re.IGNORECASE)
SHOWN = re.compile(  # what the file states and does not hold: counts, ends, places, checksums of containers
    r"\{\} (?:complete )?(?:of|for) (?:at least )?\{\}|at most \{\} of|\{\} spectra of \{\}|\{\} pixels|fewer than \{\}"
    r"|shorter than \{\}|\{\} frames of|do not fit the file|no end|has no end|not closed|does not end|ends? within"
    r"|beyond the end|outside the file|before the last page|in its header|in a record|in a header|a spectrum is missing"
    r"|differ in length|fewer than declared|like a ZIP archive|(?:archive|compressed \w+|workbook|database|table \{\})"
    r" is (?:damaged|truncated)|(?:the \{\}|spreadsheet) is damaged or truncated|project is truncated|a defect of the"
    r"|the last row|The closing line|\{\} bytes, the head has \{\}|bytes end within"
)
OTHERS: set[str] = set()


def _texts(call: ast.Call) -> str:
    """All texts of a call, with {} for what is filled in."""
    parts = []
    for node in ast.walk(call):
        if isinstance(node, ast.JoinedStr):
            pieces = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
            parts.append("".join(pieces))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            parts.append(node.value)
    return " | ".join(parts)


def _claims(path: Path) -> Iterator[str]:
    """Messages of a module that say a file is damaged."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"InputError", "Note"}:
            text = _texts(node)
            if CLAIM.search(text):
                yield text


MODULES = [path for path in sorted(READERS.rglob("*.py")) if path.parent.name not in OTHERS]


def test_damage_is_said_where_the_file_contradicts_itself() -> None:
    claims = ((path.relative_to(READERS).as_posix(), text) for path in MODULES for text in _claims(path))
    assert [(name, text) for name, text in claims if not SHOWN.search(text)] == []
