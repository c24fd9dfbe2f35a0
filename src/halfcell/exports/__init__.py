"""Measurements written for other programs: plain tables, the Battery Data Format, formats of a laboratory.

The suffix of the file decides the format. Beside every file stands what it may have no place for
(``<file>.metadata.json``), so that `halfcell.read` gives back all that the raw file said.
"""

from halfcell.exports.formats import FORMATS, Format, chosen, write

__all__ = ["FORMATS", "Format", "chosen", "write"]
