"""Change the files of a study as a person would: checked first, never over somebody else's change, and undone again."""

from __future__ import annotations
