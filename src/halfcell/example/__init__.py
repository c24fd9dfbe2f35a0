"""Example: simulated raw files in real formats, and the study that uses them.

Each module of ``topics`` holds one `Topic`. The truth is set so that the tables come out near those of a published
study; it shows the analysis, not the chemistry.
"""

from halfcell.example.write_study import write

__all__ = ["write"]
