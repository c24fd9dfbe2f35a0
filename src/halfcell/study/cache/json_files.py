"""JSON that is the same text for the same content, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def json_text(content: object) -> str:
    """JSON that is the same text for the same content."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def compact_json(content: object) -> str:
    """The same in one line, for files that nobody reads: written several times as quickly."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(content: Mapping[str, object]) -> str:
    """sha256 of a JSON object, the same for the same content."""
    return hashlib.sha256(compact_json(content).encode()).hexdigest()
