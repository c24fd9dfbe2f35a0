"""Rigaku RASX diffractograms (a ZIP archive of tables and XML)."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.readers.common.diffractogram import DAMAGED, numbers, text_at, xml_root
from halfcell.readers.common.rigaku_scan import axis_positions, no_map, scan

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".rasx",)

_PROFILE = re.compile(r"(Data\d+)/Profile\d+\.txt")
_PLACES = {  # field of RAS -> element in MesurementConditions (the instrument's spelling)
    "MEAS_SCAN_AXIS_X": "{*}ScanInformation/{*}AxisName",
    "MEAS_DATA_COUNT": "{*}ScanInformation/{*}DataCount",
    "MEAS_SCAN_UNIT_Y": "{*}ScanInformation/{*}IntensityUnit",
    "MEAS_SCAN_SPEED": "{*}ScanInformation/{*}Speed",
    "MEAS_SCAN_SPEED_UNIT": "{*}ScanInformation/{*}SpeedUnit",
    "MEAS_SCAN_START_TIME": "{*}ScanInformation/{*}StartTime",
    "STEP": "{*}ScanInformation/{*}Step",
    "FILE_SAMPLE": "{*}GeneralInformation/{*}SampleName",
    "HW_XG_TARGET_NAME": "{*}HWConfigurations/{*}XrayGenerator/{*}TargetName",
    "HW_XG_WAVE_LENGTH_ALPHA1": "{*}HWConfigurations/{*}XrayGenerator/{*}WavelengthKalpha1",
    "HW_XG_WAVE_LENGTH_ALPHA2": "{*}HWConfigurations/{*}XrayGenerator/{*}WavelengthKalpha2",
}


def recognises(raw: RawFile) -> bool:
    """Whether it is a ZIP archive with the entries of a RASX file."""
    return raw.head[:4] == b"PK\x03\x04" and re.search(rb"Data\d+/(Profile|Mesurement)", raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read every profile.

    Raises
    ------
    InputError
        If the archive is damaged, or a profile is shorter than stated.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.read())) as archive:
            names = sorted(name for name in archive.namelist() if _PROFILE.fullmatch(name))
            found = [(archive.read(name), _conditions(archive, name)) for name in names]
    except DAMAGED as error:
        raise InputError(f"the archive is damaged: {error}", hint="the file is truncated or damaged") from error
    if not found:
        raise InputError("no profile in the archive", hint="images and maps are not supported")
    scans = tuple(_scan(table, head) for table, head in found)
    no_map(scans, [axis_positions(head) for _, head in found])
    return scans


def _conditions(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The fields of the header of a profile."""
    folder = name.split("/", maxsplit=1)[0]
    found = next((n for n in archive.namelist() if n.startswith(f"{folder}/MesurementConditions")), None)
    if found is None:
        return {}
    root = xml_root(archive.read(found))
    fields = {word: text_at(root, place) for word, place in _PLACES.items() if text_at(root, place)}
    for index, axis in enumerate(root.iterfind("{*}Axes/{*}Axis")):
        fields[f"MEAS_COND_AXIS_NAME-{index}"] = axis.get("Name", "")
        fields[f"MEAS_COND_AXIS_POSITION-{index}"] = axis.get("Position", "")
    return fields


def _scan(table: bytes, head: dict[str, str]) -> Measurement:
    values = numbers(table.decode("utf-8-sig", "replace"))
    if len(values) == 0 or len(values) % 3:
        raise InputError(f"{len(values)} numbers are not rows of three", hint="copy or export it again")
    return scan(values.reshape(-1, 3), head)
