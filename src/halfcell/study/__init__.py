"""A study: study.toml, samples.csv and cells.csv become steps, results, items and their origin."""

from __future__ import annotations

from halfcell.study.study import Study

__all__ = ["Study"]
