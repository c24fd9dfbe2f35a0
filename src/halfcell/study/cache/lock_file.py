"""study.lock: what was computed from what, written by halfcell only; the next run sees from it what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict, cast

from halfcell.core.errors import InputError
from halfcell.study.cache.json_files import json_text

if TYPE_CHECKING:
    from halfcell.core.json_values import Json

LOCK_FILE = "study.lock"
LOCK_FORMAT: Final = 2
_NO_CHECKSUM: Final = "0" * 64


class StepEntry(TypedDict):
    """A step in study.lock.

    `set_in` gives the file where each setting was set, `sources` the sha256 of each file, `readers` the reader of each
    file with its version; `changed` says what is different from the step that it replaced.
    """

    technique: str
    version: str
    subject: str
    settings: Mapping[str, Json]
    set_in: Mapping[str, str]
    sources: Mapping[str, str]
    readers: NotRequired[Mapping[str, str]]
    columns: NotRequired[Mapping[str, str]]
    changed: NotRequired[list[str]]


class ItemEntry(TypedDict):
    """A figure or table in study.lock.

    `key` is the hash of all that it is made from, `body` that of all but its caption; `code` is the hash of the code
    that draws it; `gone` lists technique, subject and file of each subject whose file no longer exists; `own` are the
    sha256 of the files of the author that it shows.
    """

    key: str
    steps: list[str]
    name: str
    outputs: Mapping[str, str]
    body: NotRequired[str]
    code: NotRequired[str]
    gone: NotRequired[list[tuple[str, str, str]]]
    own: NotRequired[Mapping[str, str]]


class ReportEntry(TypedDict, total=False):
    """The report in study.lock: the hash of all that it was made from, and the hash of each file."""

    key: str
    outputs: Mapping[str, str]


class Lock(TypedDict, total=False):
    """The content of study.lock; empty if there is no such file.

    `environment` is what the last run ran on (results that it found stored were computed earlier), `numbers` the
    sha256 of numbers.csv.
    """

    format: int
    about: str
    halfcell: str
    title: str
    items: dict[str, ItemEntry]
    steps: dict[str, StepEntry]
    environment: dict[str, str]
    numbers: str
    report: ReportEntry


def read_lock(root: Path) -> Lock:
    """The lock of a study; empty if the file is missing or is not as it was written."""
    try:
        return _as_written((root / LOCK_FILE).read_bytes())
    except (OSError, ValueError):
        return {}


def check_lock(root: Path) -> None:
    """Say what is wrong with the lock of a study; a study without one is as it should be.

    Raises
    ------
    InputError
        If the file is not as halfcell wrote it: then nothing in it is used.
    """
    try:
        _as_written((root / LOCK_FILE).read_bytes())
    except OSError:
        return
    except ValueError as error:
        what = "the file is not as halfcell wrote it: damaged, edited, or of another version"
        raise InputError(what, LOCK_FILE, "halfcell run writes it again") from error


def lock_text(lock: Lock) -> str:
    """The text of study.lock, with the sha256 over the text itself (with zeros in the place of the hash)."""
    text = json_text({**lock, "checksum": _NO_CHECKSUM})
    return text.replace(_NO_CHECKSUM, hashlib.sha256(text.encode()).hexdigest(), 1)


def _as_written(content: bytes) -> Lock:
    """The lock in the content of a file.

    Raises
    ------
    ValueError
        If it is not as `lock_text` wrote it.
    """
    lock = json.loads(content)
    if not isinstance(lock, dict) or lock.get("format") != LOCK_FORMAT:
        raise ValueError("of another form")
    checksum = str(lock.pop("checksum", ""))
    text = content.replace(b"\r\n", b"\n").replace(checksum.encode(), _NO_CHECKSUM.encode(), 1)  # git may put \r in
    if hashlib.sha256(text).hexdigest() != checksum:
        raise ValueError(f"other content than that with the hash {checksum}")
    return cast("Lock", lock)


def vanished_files(root: Path) -> tuple[tuple[str, str, str], ...]:
    """Technique, subject and path of the files of the last run that no longer exist."""
    steps = read_lock(root).get("steps", {}).values()
    used = dict.fromkeys((step["technique"], step["subject"], path) for step in steps for path in step["sources"])
    return tuple(sorted((file for file in used if not (root / file[2]).exists()), key=lambda file: file[2]))


def differences(before: StepEntry, now: StepEntry) -> Iterable[str]:
    """What is different in a step that is computed again: ``active_mass_mg 1.2 -> 1.3 (cells.csv)``."""
    if before["version"] != now["version"]:
        yield f"recipe of {now['technique']} {before['version']} -> {now['version']}"
    old, new = before["settings"], now["settings"]
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            where = now["set_in"].get(name) or before["set_in"].get(name, "")
            yield f"{name} {_value_text(old.get(name))} -> {_value_text(new.get(name))}" + (
                f" ({where})" if where else ""
            )
    if before.get("columns") != now.get("columns"):
        yield "the column map in [raw] has changed"
    yield from _changed_readers(before, now)
    yield from _changed_sources(before["sources"], now["sources"])


def _changed_sources(before: Mapping[str, str], now: Mapping[str, str]) -> Iterable[str]:
    """Files that were added, are no longer used, or have another content."""
    for path in sorted({*before, *now}):
        if path not in before:
            yield f"{path} is new"
        elif path not in now:
            yield f"{path} is no longer used"
        elif before[path] != now[path]:
            yield f"{path} has changed"


def _changed_readers(before: StepEntry, now: StepEntry) -> Iterable[str]:
    """Unchanged files that are read by another reader, or by another version of it."""
    old, new = before.get("readers", {}), now.get("readers", {})
    for path in sorted(set(old) & set(new)):
        if old[path] != new[path] and before["sources"].get(path) == now["sources"].get(path):
            yield f"{path} is now read by {new[path] or 'no reader'} (before: {old[path] or 'no reader'})"


def _value_text(value: Json) -> str:
    """The value of a setting in a sentence."""
    return "not set" if value is None else str(value)
