"""What tests of archives ask again and again: pack a study, verify it, and change an archive as a forger would."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

from halfcell.report.pack.manifest import MANIFEST, manifest_text
from halfcell.report.pack.write import pack
from halfcell.report.verify.verdict import Verdict
from halfcell.report.verify.verify import Request, verify
from halfcell.report.verify.wording import faults
from halfcell.study.items.deposit import deposit_of_study
from study_runs import study_of

METADATA = "ro-crate-metadata.json"


def pack_study(small, path: Path, formats=("xlsx",), date: str = "2026-11-28") -> Path:
    """Run a study and write its archive."""
    assert study_of(small).run(workers=1).exit_status == 0
    return pack(deposit_of_study(small.root / "study.toml"), path, formats, date).path


def verified(path: Path, keep: str = "") -> Verdict:
    """Verify an archive in this process."""
    return verify(path, Request(workers=1, keep=keep))


def told(path: Path) -> str:
    """What is wrong with an archive, in lines."""
    verdict = verified(path)
    assert not verdict.is_proven
    return "\n".join(faults(verdict))


def contents(path: Path) -> dict[str, bytes]:
    """Name -> content of an archive."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def write_contents(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write an archive of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def changed(path: Path, name: str, change: Callable[[bytes], bytes], *, hidden: bool) -> Path:
    """An archive with one file changed; `hidden` makes both lists of hashes fit, as one who forges it would."""
    files = contents(path)
    files[name] = change(files[name])
    if hidden:
        crate = json.loads(files[METADATA])
        for entity in crate["@graph"]:
            if entity.get("@type") == "File" and unquote(entity["@id"]) == name:
                entity["sha256"] = hashlib.sha256(files[name]).hexdigest()
                entity["contentSize"] = str(len(files[name]))
        files[METADATA] = json.dumps(crate).encode()
        hashes = {one: hashlib.sha256(content).hexdigest() for one, content in files.items() if one != MANIFEST}
        files[MANIFEST] = manifest_text(hashes).encode()
    return write_contents(path.with_name("changed.zip"), files)
