"""The machine that computed a study: Python, halfcell and every package that it uses, the platform, the BLAS."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Any, Final, TypedDict

from halfcell import __version__
from halfcell.core.plugins import plugins
from halfcell.study.cache.code_hash import source_code

if TYPE_CHECKING:
    from importlib.metadata import Distribution

ENVIRONMENT: Final = "environment.json"
REQUIREMENTS: Final = "requirements.txt"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA: Final = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_NOT_COMPUTING: Final = frozenset({"dev"})  # the extra of those who work on halfcell


class Machine(TypedDict):
    """What numbers may depend on; `code` is the sha256 over halfcell's source, which a version does not fix."""

    halfcell: str
    code: str
    python: str
    implementation: str
    platform: str
    machine: str
    blas: str
    packages: dict[str, str]


def machine() -> Machine:
    """This machine."""
    return {
        "halfcell": __version__,
        "code": source_code(),
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "blas": _blas(),
        "packages": dict(sorted(_packages())),
    }


def machine_text(one: Machine) -> str:
    """The text of ``environment.json``."""
    return json.dumps(one, indent=2, ensure_ascii=False) + "\n"


def requirements(one: Machine) -> str:
    """The text of ``requirements.txt``: ``pip install -r requirements.txt`` installs the same versions."""
    lines = [f"# Python {one['python']} on {one['platform']}", f"halfcell=={one['halfcell']}"]
    lines += [f"{name}=={version}" for name, version in one["packages"].items()]
    return "\n".join(lines) + "\n"


def _blas() -> str:
    """The library for linear algebra of numpy and its kernels: its last digits are not those of others."""
    import numpy as np

    built: Any = np.show_config(mode="dicts")
    found = built.get("Build Dependencies", {}).get("blas", {}) if isinstance(built, dict) else {}
    return f"{found.get('name', 'unknown')} {found.get('version', '')} {_kernels()}".strip()


def _kernels() -> str:
    """For which processors its routines are that run here: ``SkylakeX``."""
    from threadpoolctl import threadpool_info

    return ", ".join(sorted({str(one.get("architecture")) for one in threadpool_info() if one.get("architecture")}))


def _packages() -> Iterator[tuple[str, str]]:
    """Name and version of all that halfcell needs, and of the packages that add techniques and readers."""
    added = (*plugins("techniques").values(), *plugins("readers").values())
    plugged = {plugin.package for plugin in added if plugin.is_foreign}
    waiting, seen = ["halfcell", *sorted(plugged)], set[str]()
    while waiting:
        name = waiting.pop()
        found = _installed(name)
        if found is None or _key(name) in seen:
            continue
        seen.add(_key(name))
        if _key(name) != "halfcell":
            yield _key(name), found.version
        waiting += _needed(found, with_extras=_key(name) == "halfcell")


def _needed(found: Distribution, *, with_extras: bool) -> Iterator[str]:
    """The names of what a package needs; of its extras what is installed counts, too."""
    for line in found.requires or ():
        extra, name = _EXTRA.search(line), _NAME.match(line)
        if name and (not extra or (with_extras and extra[1] not in _NOT_COMPUTING)):
            yield name[0]


def _key(name: str) -> str:
    """A package's name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> Distribution | None:
    """The package of a name; None where it is not installed, or its folder has no facts about it."""
    try:
        found = distribution(name)
        return found if found.metadata["Version"] else None
    except (PackageNotFoundError, FileNotFoundError, KeyError):  # as the standard library and its successor say it
        return None
