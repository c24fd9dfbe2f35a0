"""Forms made from what the code knows: the settings of a technique, the look of a figure."""

from __future__ import annotations
