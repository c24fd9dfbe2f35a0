"""Jobs for tests of the schedulers: they sleep, raise, or kill their process."""

import os
import time
from pathlib import Path


def do(what: str, root: Path) -> str:
    """Do what a word says; every job that begins leaves its word in the folder."""
    (root / what).touch()
    if what.startswith("raise"):
        raise RuntimeError(what)
    if what.startswith("die"):
        os._exit(3)
    if what.startswith("sleep"):
        time.sleep(60)
    return what.upper()
