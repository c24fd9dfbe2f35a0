"""Why a number computed anew may differ: each file, setting and version that is not the one of the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from halfcell.report.pack.machine import Machine
    from halfcell.report.verify.records import Records

_SHORT: Final = 12  # digits of a hash that tell it from others


def causes(archive: Records, computed: Records, row: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """What is different in the origin of a number; empty if its files, settings and versions are the same."""
    found = [*_files(row, other), *_settings(archive, computed, row, other)]
    if row["version"] != other["version"]:
        found.append(f"recipe of {row['technique']}: {row['version']} in the archive, {other['version']} here")
    found += _readers(archive, computed, row, other)
    if row["code_version"] != other["code_version"]:
        found.append(f"{row['code_version']} in the archive, {other['code_version']} here")
    return tuple(found)


def _files(row: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    before, now = _sources(row), _sources(other)
    for path in dict.fromkeys((*before, *now)):
        if path not in now:
            yield f"file {path}: not read here"
        elif path not in before:
            yield f"file {path}: not read in the archive"
        elif before[path] != now[path]:
            yield f"file {path}: sha256 {before[path][:_SHORT]}... in numbers.csv, {now[path][:_SHORT]}... here"


def _sources(row: Mapping[str, str]) -> dict[str, str]:
    """Path -> sha256 of the files of a number."""
    pairs = (one.rpartition("@") for one in row["sources"].split(";") if one)
    return {path: sha256 for path, _, sha256 in pairs}


def _settings(archive: Records, computed: Records, row: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    before, now = archive.settings_of(row), computed.settings_of(other)
    if row["settings"] == other["settings"] and before == now:
        return
    step = computed.step_of(other)
    set_in: Mapping[str, Any] = step["set_in"] if step else {}
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            place = f" ({set_in[name]})" if name in set_in else ""
            yield f"setting {name}: {before.get(name)!r} in the archive's numbers, {now.get(name)!r} here{place}"


def _readers(archive: Records, computed: Records, row: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    """Readers of another version; known from study.lock."""
    before, now = archive.step_of(row), computed.step_of(other)
    if before is None or now is None:
        return
    for path, reader in now.get("readers", {}).items():
        older = before.get("readers", {}).get(path, reader)
        if older != reader:
            yield f"reader of {path}: {older} in the archive, {reader} here"


def other_versions(archive: Machine, here: Machine) -> tuple[str, ...]:
    """What is different between two machines, in lines; the packages last."""
    names = ("halfcell", "python", "implementation", "platform", "machine", "blas")
    before: dict[str, str] = {name: str(archive.get(name, "")) for name in names}
    now: dict[str, str] = {name: str(here.get(name, "")) for name in names}
    found = [f"{name} {before[name]} in the archive, {now[name]} here" for name in names if before[name] != now[name]]
    if before["halfcell"] == now["halfcell"] and archive.get("code") != here["code"]:
        found.append(f"halfcell {now['halfcell']}: other source code under the same version")
    packages, ours = archive.get("packages", {}), here["packages"]
    found += [
        f"{name} {packages.get(name, 'not installed')} in the archive, {ours.get(name, 'not installed')} here"
        for name in sorted(packages.keys() | ours.keys())
        if packages.get(name) != ours.get(name)
    ]
    return tuple(found)
