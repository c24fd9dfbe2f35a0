"""The suffixes of the text files that electron microscopes write beside their pictures."""

from __future__ import annotations

SIDECAR_SUFFIXES = (".txt", ".TXT", ".hdr", ".HDR")
