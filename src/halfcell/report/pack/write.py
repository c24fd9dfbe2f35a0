"""Write the archive of a study: its crate with the documents, the environment, and the hash of every file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from halfcell.core.errors import InputError
from halfcell.core.unpacked_size import check_size
from halfcell.report.crate.copies import put
from halfcell.report.crate.deposit_forms import README, readme
from halfcell.report.crate.metadata import METADATA
from halfcell.report.crate.moved import moved_deposit
from halfcell.report.crate.write import places_of_deposit
from halfcell.report.crate.write import write as write_crate
from halfcell.report.fixed_zip import write_zip
from halfcell.report.pack.machine import ENVIRONMENT, REQUIREMENTS, machine, machine_text, requirements
from halfcell.report.pack.manifest import MANIFEST, manifest_text
from halfcell.report.pack.names import check_name

if TYPE_CHECKING:
    from halfcell.core.document import Document
    from halfcell.report import Format
    from halfcell.study.items.deposit import Deposit

_BLOCK: Final = 1 << 20
_FIRST: Final = (METADATA, README, MANIFEST)  # what people and programs look for


@dataclass(frozen=True, kw_only=True)
class Packed:
    """An archive that was written: its path, sha256, size in bytes, and how many files and numbers it holds."""

    path: Path
    sha256: str
    size: int
    files: int
    numbers: int


def pack(deposit: Deposit, path: Path, formats: Sequence[Format], date: str) -> Packed:
    """Write the archive of a study.

    Equal studies give equal bytes on equal machines: nothing in it names the time at which it was made, except the day
    of publication.

    Parameters
    ----------
    deposit
        The study at one moment.
    path
        The archive.
    formats
        The documents in it.
    date
        The day of publication where the study does not name it.

    Raises
    ------
    InputError
        If a file has changed since its numbers were computed, a name cannot be unpacked everywhere, or the archive
        cannot be written.
    """
    from halfcell import report

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as place:
        made, crate = Path(place) / "made", Path(place) / "crate"
        deposit = replace(deposit, document=_timeless(report.gather(deposit.document, made)))
        document = moved_deposit(deposit, places_of_deposit(deposit)).document
        documents = report.write(document, made, formats)
        here = machine()
        texts = {
            README: readme(document, deposit.plan.files.lines.name, is_packed=True),
            ENVIRONMENT: machine_text(here),
            REQUIREMENTS: requirements(here),
        }
        write_crate(deposit, crate, documents, date, texts)
        hashes = {name: _sha256(crate / name) for name in _names(crate)}
        put(manifest_text(hashes), crate, MANIFEST)
        write_zip(path, {name: crate / name for name in (*_FIRST, *sorted(set(hashes) - set(_FIRST)))})
        _check_size(crate, path)
    count = sum(len(item.numbers) for item in document.items)
    return Packed(path=path, sha256=_sha256(path), size=path.stat().st_size, files=len(hashes) + 1, numbers=count)


def _timeless(document: Document) -> Document:
    """The document without the times at which a run made its items, and without files that are not in the archive."""
    return replace(document, items=tuple(replace(item, made="") for item in document.items), unmatched=())


def _names(crate: Path) -> Iterator[str]:
    for path in sorted(crate.rglob("*")):
        if path.is_file():
            name = path.relative_to(crate).as_posix()
            check_name(name, str(crate.name))
            yield name


def _check_size(crate: Path, path: Path) -> None:
    """Refuse an archive that nobody could verify, since it looks like a bomb."""
    try:
        for file in crate.rglob("*"):
            if file.is_file():
                check_size(file.stat().st_size, path.stat().st_size, file.relative_to(crate).as_posix())
    except InputError:
        path.unlink()
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
