"""A gallery of figures that uses every kind of layer: what the tests draw and what people look at."""

from __future__ import annotations

from functools import cache

from gallery.electro import comparison, cycling, evolution, nyquist, profiles, voltammogram
from gallery.materials import bars, expanded, indentation, isotherm, patterns, raman, sizes, thermogram
from gallery.pictures import composite, layered_cell, maps, micrograph
from halfcell.core.figure import Figure


@cache
def gallery() -> dict[str, Figure]:
    """Name -> figure."""
    makers = (profiles, cycling, nyquist, voltammogram, evolution, comparison)
    makers += (patterns, sizes, bars, indentation, isotherm, raman, thermogram, expanded)
    makers += (layered_cell, micrograph, maps, composite)
    return {maker.__name__: maker() for maker in makers}
