"""Who may talk to the app, and how much they may send."""

from __future__ import annotations
