"""Write the example study: simulate the raw files of all topics, and the study's own files."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.example import topics
from halfcell.example.accidents import ACCIDENTS
from halfcell.example.study_files import study_files
from halfcell.example.topic import Topic

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20260101


def write(folder: Path, seed: int = SEED) -> int:
    """Write the example study into an empty or new folder; return the number of raw files.

    Topics whose files need an extra that is not installed are left out.

    Raises
    ------
    InputError
        If the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise InputError("the folder is not empty", str(folder), "name a new one: halfcell demo FOLDER")
    folder.mkdir(parents=True, exist_ok=True)
    found = tuple(topic for topic in all_topics() if not topic.needs or find_spec(topic.needs))
    changes = {accident.path: accident.change for accident in ACCIDENTS}
    count = 0
    for topic in found:
        for file in topic.files(seed):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(changes[file.path](file.content) if file.path in changes else file.content)
            count += 1
    for name, text in study_files(found).items():
        (folder / name).write_text(text, encoding="utf-8")
    return count


def all_topics() -> tuple[Topic, ...]:
    """The topics in order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(topics.__path__))
    return tuple(import_module(f"{topics.__name__}.{name}").TOPIC for name in names)
