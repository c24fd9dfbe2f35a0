"""Techniques: one folder per technique, a pair of inverse maps between a material and its data.

A technique is a folder here whose ``__init__`` holds a `Technique` record named ``TECHNIQUE``, or an entry point of
another package in the group ``halfcell.techniques`` that names such a record. All folders have the same files:
``settings.py``, ``result.py``, ``analyse.py``, ``simulate.py``, ``figures.py``, ``tables.py`` and ``words.toml``.
"""

from halfcell.techniques.load import load_technique as technique
from halfcell.techniques.technique import Technique

__all__ = ["Technique", "technique"]
