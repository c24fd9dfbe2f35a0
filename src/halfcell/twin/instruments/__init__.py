"""What instruments make of what the twin computes: noise, offsets, drift, resolution, records, and raw files.

`recorded` turns a measurement without errors into what an instrument would have written; `raw_file` writes it in the
format of a vendor; `simulated_file` does both for a protocol of a card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.twin.instruments.analyser import Analyser
from halfcell.twin.instruments.cycler import Cycler
from halfcell.twin.instruments.formats import formats_of, raw_file
from halfcell.twin.instruments.potentiostat import Potentiostat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator

    from halfcell.core.measurement import Measurement
    from halfcell.twin.card import Card

    Instrument = Analyser | Cycler | Potentiostat

__all__ = [
    "Analyser",
    "Cycler",
    "Potentiostat",
    "formats_of",
    "raw_file",
    "recorded",
    "simulated_file",
]


def recorded(measurement: Measurement, rng: Generator, instrument: Instrument | None = None) -> Measurement:
    """What an instrument writes down of a measurement without errors.

    Parameters
    ----------
    measurement
        Cycling, voltammetry or impedance, as a protocol of the twin gives it.
    rng
        Draws the errors of this channel and the noise of its readings.
    instrument
        `Cycler`, `Potentiostat` or `Analyser`; the usual one of the technique where none is given.

    Raises
    ------
    InputError
        If no instrument is known for the technique, or the one given is for another.
    """
    usual: dict[str, Instrument] = {"cycling": Cycler(), "voltammetry": Potentiostat(), "impedance": Analyser()}
    if measurement.technique not in usual:
        raise InputError(f"no instrument records {measurement.technique}", hint=f"there is one for {', '.join(usual)}")
    chosen = instrument or usual[measurement.technique]
    if type(chosen) is not type(usual[measurement.technique]):
        raise InputError(f"a {type(chosen).__name__.lower()} does not record {measurement.technique}")
    return chosen.record(measurement, rng)


def simulated_file(
    card: Card,
    protocol: str,
    settings: Mapping[str, object],
    rng: Generator,
    *,
    suffix: str = ".mpt",
    instrument: Instrument | None = None,
) -> bytes:
    """A raw file of a protocol of a card, with the errors of an instrument.

    Parameters
    ----------
    card
        The cell.
    protocol, settings
        As `halfcell twin predict --protocol --with` take them.
    rng
        Draws the errors; the same seed gives the same bytes.
    suffix
        Format, see `formats_of`.
    instrument
        As in `recorded`.

    To write more into the head of the file (``meta["started"]``, ISO 8601, ``meta["comment"]``), take the measurement
    of `run_protocol`, change its `meta`, and pass it through `recorded` and `raw_file`.

    Raises
    ------
    InputError
        If no instrument records the protocol, or its data cannot be written in the format.
    """
    from halfcell.twin.protocols import run_protocol

    measurement = run_protocol(card, protocol, settings).measurement
    if measurement is None:
        raise InputError("no instrument records this", protocol, "it has rows and a figure")
    return raw_file(recorded(measurement, rng, instrument), suffix)
