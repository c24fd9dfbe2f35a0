"""JSON that is the same text for the same content, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def json_text(content: object) -> str:
    """JSON that is the same text for the same content."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def digest(content: Mapping[str, object]) -> str:
    """sha256 of a JSON object, the same for the same content."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
