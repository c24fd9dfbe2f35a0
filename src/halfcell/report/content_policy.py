"""The content security policy of pages: nothing is loaded, and no script runs but those that the page was written with.

A text from a raw file, a paper or a plug-in that slipped through as HTML could then still do nothing.
"""

from __future__ import annotations

import base64
import hashlib

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"


def policy(*scripts: str) -> str:
    """The policy of a page whose inline scripts are these (each the exact text between its tags).

    Source: W3C, Content Security Policy Level 3: a script runs if the SHA-256 of its text is listed.
    """
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts if script]
    allowed = " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
    return f"{_NOTHING}; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
