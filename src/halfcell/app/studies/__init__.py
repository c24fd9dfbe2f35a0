"""The studies in the folder of the app, as their pages show them."""

from __future__ import annotations
