"""Write the crate of a study: files of one moment, checked, in a fresh folder that takes the place of the last one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from halfcell.core.errors import InputError, StudyError
from halfcell.core.fresh_folder import fresh_folder
from halfcell.report.crate.battinfo import BATTINFO, battinfo
from halfcell.report.crate.copies import Copied, copy, put
from halfcell.report.crate.deposit_forms import CITATION, README, ZENODO, citation, readme, zenodo
from halfcell.report.crate.metadata import METADATA, metadata
from halfcell.report.crate.moved import moved_deposit
from halfcell.report.crate.places import Places, places_of
from halfcell.report.crate.study_text import moved_study
from halfcell.report.item_files import collected
from halfcell.study.cache.lock_file import LOCK_FILE, lock_text
from halfcell.study.cache.store_files import FOLDER
from halfcell.study.items.data_package import records
from halfcell.study.items.deposit import asked_for, asked_for_by
from halfcell.study.run_outputs import RECORDS

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.study.items.deposit import Deposit

OUT: Final = "out"  # where a run writes, too: nothing in it is taken for a raw file


_NOTHING: Final[Mapping[str, str]] = {}


def write(
    deposit: Deposit, folder: Path, reports: Sequence[Path], date: str, texts: Mapping[str, str] = _NOTHING
) -> Path:
    """Write a deposit as RO-Crate; returns the metadata file.

    Every file is compared with the hash that the numbers name, and the study in the crate must ask for the very results
    that the document shows; a difference refuses the crate, and a crate that was there stays.

    Parameters
    ----------
    deposit
        The study at one moment.
    folder
        The folder of the crate. What halfcell wrote there before is replaced.
    reports
        Other files to include, written from the same document, such as ``si.pdf``.
    date
        Date of publication, ``2026-11-22``; the only thing in the crate that does not come from the study.
    texts
        More files by their names; one of a form (README) takes its place, one of the author stays.

    Raises
    ------
    InputError
        If a file has changed meanwhile, cannot be moved or read, or the folder holds files of somebody else.
    """
    _refuse_other_files(folder)
    places = places_of_deposit(deposit)
    with fresh_folder(folder) as crate:
        copies = [*_own_files(deposit, places, crate), *_raw_files(deposit, places, crate)]
        moved = moved_deposit(deposit, places)
        document = collected(moved.document, crate / OUT)
        copies += [*_records(moved, document, crate), *_reports(reports, crate)]
        copies += _texts(texts, crate, {one.path for one in copies})
        copies += _forms(moved, document, crate, {one.path for one in copies}, date)
        _check(deposit, crate)
        content = metadata(moved, document, crate, copies, date)
        put(json.dumps(content, indent=2, ensure_ascii=False) + "\n", crate, METADATA)
    return folder / METADATA


def places_of_deposit(deposit: Deposit) -> Places:
    """Where the files of a deposit lie in its crate."""
    patterns = [pattern for entry in deposit.plan.files.file.raw for pattern in entry.patterns]
    return places_of(deposit.root, patterns, [*deposit.inputs, *deposit.raw])


def _own_files(deposit: Deposit, places: Places, crate: Path) -> Iterator[Copied]:
    """The study's own files; study.toml with the paths of the crate."""
    study = deposit.plan.files.lines.name
    for name, sha256 in deposit.inputs.items():
        copied = copy(deposit.root / name, name, crate, places.of(name), sha256)
        if name == study:
            text = (crate / study).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            moved = moved_study(text, study, places)
            copied = put(moved, crate, study, study) if moved != text else copied
        yield copied


def _raw_files(deposit: Deposit, places: Places, crate: Path) -> Iterator[Copied]:
    for path, sha256 in deposit.raw.items():
        if path not in deposit.inputs:
            yield copy(deposit.root / path, path, crate, places.of(path), sha256)


def _records(deposit: Deposit, document: Document, crate: Path) -> Iterator[Copied]:
    """The figures and tables, numbers.csv and study.lock, all from the document in hand."""
    outputs: dict[str, dict[str, str]] = {}
    for item in document.items:
        for path in sorted(Path(path) for path in item.files.values()):
            name = path.relative_to(crate).as_posix()
            copied = _described(crate, name)
            outputs.setdefault(f"{item.kind} {item.id}", {})[name] = copied.sha256
            yield copied
    numbers = [number for item in document.items for number in item.numbers]
    texts = records(numbers, document.title, document.authors, document.publication)
    copies = [put(text, crate, name) for name, text in zip(RECORDS, texts, strict=True)]
    yield from copies
    yield put(lock_text({**deposit.lock(outputs), "numbers": copies[0].sha256}), crate, LOCK_FILE)


def _reports(reports: Sequence[Path], crate: Path) -> Iterator[Copied]:
    """The documents that were written from the same document."""
    for path in reports:
        if path.is_file():
            yield copy(path, str(path), crate, f"{OUT}/{path.name}")


def _texts(texts: Mapping[str, str], crate: Path, taken: set[str]) -> Iterator[Copied]:
    """Texts that are not there yet."""
    for name, text in texts.items():
        if name not in taken:
            yield put(text, crate, name)


def _forms(deposit: Deposit, document: Document, crate: Path, taken: set[str], date: str) -> Iterator[Copied]:
    """What repositories and people read first; a file of the author of that name is kept."""
    files = deposit.plan.files
    forms = {
        ZENODO: zenodo(document, date),
        CITATION: citation(document, date),
        README: readme(document, files.lines.name),
        BATTINFO: battinfo(files.subjects),
    }
    for name, text in forms.items():
        if text and name not in taken:
            yield put(text, crate, name)


def _described(crate: Path, name: str) -> Copied:
    """A file that is in the crate already."""
    content = (crate / name).read_bytes()
    return Copied(name, hashlib.sha256(content).hexdigest(), len(content))


def _check(deposit: Deposit, crate: Path) -> None:
    """Read the study in the crate as `halfcell run` would: it must ask for the very results of the document.

    Raises
    ------
    InputError
        If it does not, with the first difference.
    """
    name = deposit.plan.files.lines.name
    hint = "a file outside the study may be named in a table: move it into the study's folder"
    try:
        there = asked_for_by(crate / name)
    except StudyError as error:
        raise InputError(f"the crate's study would not run: {error.problems[0]}", name, hint) from error
    finally:
        shutil.rmtree(crate / FOLDER, ignore_errors=True)
    here = asked_for(deposit.plan)
    differing = next((key for key in here.items if here.items[key] != there.items.get(key)), "")
    if differing:
        raise InputError(f"the crate's study would give another {differing}", name, hint)
    if there != here:
        raise InputError("the study has changed while the crate was written", name, "write the report again")


def _refuse_other_files(folder: Path) -> None:
    """Refuse a folder that holds what halfcell did not write: it would be lost.

    Raises
    ------
    InputError
        With the first such file.
    """
    if not folder.exists():
        return
    known = {METADATA}
    try:
        graph = json.loads((folder / METADATA).read_text(encoding="utf-8"))["@graph"]
        known |= {
            unquote(entity["@id"]) for entity in graph if isinstance(entity, dict) and entity.get("@type") == "File"
        }
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no crate: every file is somebody's
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and not name.startswith((".halfcell/", "out/")):
            hint = "the folder of the crate is written anew: move the file, or choose another folder (--out)"
            raise InputError(f"halfcell did not write {name}", str(folder), hint)
