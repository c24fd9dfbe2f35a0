"""The bundled example: an invented supplement with planted errors, each listed in ``planted.toml``."""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).with_name("invented-supplement.md")
PLANTED = Path(__file__).with_name("planted.toml")
