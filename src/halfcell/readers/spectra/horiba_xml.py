"""Horiba LabSpec Raman spectra as XML (.xml)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from halfcell.core.errors import InputError
from halfcell.readers.common.raman_spectrum import AxisUnit, raman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".xml",)
_UNIT = "0x7C696E75"
_UNITS: dict[str, AxisUnit] = {"nm": "nm", "1/cm": "1/cm"}


class _Element(Protocol):
    """An element as lxml gives it."""

    tag: str
    text: str | None

    def get(self, key: str) -> str | None:
        """An attribute."""
        ...

    def iter(self, *tags: str) -> Iterator[_Element]:
        """The elements below with these tags."""
        ...

    def itersiblings(self) -> Iterator[_Element]:
        """The following siblings."""
        ...


def recognises(raw: RawFile) -> bool:
    """Whether the root element is that of LabSpec."""
    return b"<LSX_Data>" in raw.head[:2000]


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the spectrum; maps are refused."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw.read(), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the XML is not well formed: {error}", raw.name, "copy or export it again") from error
    lists = [(node, _numbers(node, raw.name)) for node in root.iter("LSX", "LSX_Row") if _is_list(node)]
    axis = next(((node, values) for node, values in lists if _unit(node) in _UNITS), None)
    if axis is None:
        raise InputError("no axis in nm or 1/cm", raw.name)
    rows = [values for node, values in lists if node is not axis[0] and len(values) == len(axis[1])]
    if len(rows) != 1:
        raise InputError(f"{len(rows)} rows of intensities, not one", raw.name, "export one spectrum")
    meta: dict[str, Json] = {"instrument": "Horiba LabSpec", **_laser(root)}
    return (raman(axis[1], rows[0], _UNITS[_unit(axis[0])], meta, raw.name),)


def _laser(root: _Element) -> dict[str, float]:
    """The laser line: the number next to the name ``Laser (nm)``."""
    for node in root.iter("LSX"):
        if node.text == "Laser (nm)":
            lines = [s.text for s in node.itersiblings() if s.get("Format") == "5"]
            return {"laser_nm": float(lines[0] or "")} if lines else {}
    return {}


def _is_list(node: _Element) -> bool:
    return node.tag == "LSX_Row" or (node.get("Format") == "6" and int(node.get("Size") or 0) > 1)


def _unit(node: _Element) -> str:
    """The unit of a list, which is in a sibling element."""
    return next((s.text or "" for s in node.itersiblings() if s.get("ID") == _UNIT), "")


def _numbers(node: _Element, where: str) -> list[float]:
    try:
        return [float(word) for word in (node.text or "").split()]
    except ValueError as error:
        raise InputError(f"a list contains a non-numeric value: {error}", where) from error
