"""Names of files in an archive that any machine can unpack safely: none leads out of the folder."""

from __future__ import annotations

import os
import re
from typing import Final

from halfcell.core.errors import InputError

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST: Final = 1024  # letters; file systems allow 4096 bytes
_NOT_ON_WINDOWS: Final = re.compile(
    r'[<>:"|?*]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)', re.IGNORECASE
)


def check_name(name: str, where: str, *, for_windows: bool = os.name == "nt") -> None:
    """Refuse the name of a file that cannot be unpacked below a folder.

    Parameters
    ----------
    name
        Path in the archive, with slashes.
    where
        The archive.
    for_windows
        Whether it is unpacked on Windows, where more names mean something else.

    Raises
    ------
    InputError
        If it is absolute, climbs, has an empty part, a backslash or a control character, is very long, or is not
        Unicode.
    """
    parts = name.split("/")
    unsafe = (
        any(part in {"", ".", ".."} for part in parts)
        or "\\" in name
        or _CONTROL.search(name)
        or len(name) > _LONGEST
        or not _is_unicode(name)
        or (for_windows and _NOT_ON_WINDOWS.search(name))
    )
    if unsafe:
        hint = "rename the file before packing; an archive of somebody else with such a name is not to be trusted"
        raise InputError(f"unsafe name of a file: {name!a}", where, hint)


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # a name that the file system holds in another encoding
        return False
    return True
