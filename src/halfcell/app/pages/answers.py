"""Short answers to what a person has done."""

from __future__ import annotations

import json
from html import escape

from starlette.responses import HTMLResponse


def done(words: str) -> HTMLResponse:
    """A line that says what was done; all pages that show the study look at it again."""
    answer = HTMLResponse(f'<p class="told" role="status">{escape(words)}</p>')
    answer.headers["HX-Trigger"] = json.dumps({"studyChanged": {}})
    return answer
