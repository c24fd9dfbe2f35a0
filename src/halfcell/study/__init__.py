"""Study: from study.toml and raw files to figures, tables and traced numbers."""

from __future__ import annotations

from halfcell.study.study import Study

__all__ = ["Study"]
