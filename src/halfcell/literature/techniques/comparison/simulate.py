"""A cell to be compared, as its cycling file records it: the simulation is that of `cycling`."""

from __future__ import annotations

from halfcell.techniques.cycling import Parameters, simulate

__all__ = ["Parameters", "simulate"]
