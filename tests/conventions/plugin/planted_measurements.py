"""A made-up format for tests: a line that names a technique; its simulated measurement comes with a reader's note."""

from __future__ import annotations

import dataclasses
import importlib
from functools import cache

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.core.plugins import plugins
from halfcell.core.raw import RawFile
from halfcell.core.result import Note
from halfcell.techniques import technique

VERSION = "1"
SUFFIXES = (".planted",)
NOTE = Note("doubt", "planted", "The reader of this file has planted a doubt.")
_FIRST = "planted measurement of "


def recognises(raw: RawFile) -> bool:
    return raw.head.startswith(_FIRST.encode())


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    name, seed = raw.text().removeprefix(_FIRST).split()
    return (simulated(name, int(seed)),)


@cache
def simulated(name: str, seed: int) -> Measurement:
    """What a technique simulates with its default parameters, with the note."""
    parameters = importlib.import_module(plugins("techniques")[name].module).Parameters()
    measurement = technique(name).simulate(parameters, np.random.default_rng(seed))
    return dataclasses.replace(measurement, notes=(*measurement.notes, NOTE))
