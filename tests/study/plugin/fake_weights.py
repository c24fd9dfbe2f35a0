"""A small format for tests: a line ``weights``, then a number a line; ``!`` kills the reader's process."""

import os
import time

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.raw import RawFile

VERSION = "1"
SUFFIXES = (".wgt",)


def recognises(raw: RawFile) -> bool:
    return raw.head.startswith(b"weights")


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    lines = raw.text().split()[1:]
    if "!" in lines:
        os._exit(3)
    if "?" in lines:
        raise RuntimeError("a defect")
    time.sleep(float(os.environ.get("FAKE_SLEEP", "0")))
    try:
        values = np.array([float(line) for line in lines])
    except ValueError as error:
        raise InputError(f"not a number: {error}", "line 2") from error
    return (Measurement(technique="weighing", columns={"weight_mg": values}, meta={"simulated": True}),)
