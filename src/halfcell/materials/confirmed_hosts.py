"""What of a host or a mixture was confirmed: the lithium that it takes up, and the range of its mean potentials."""

from __future__ import annotations

from halfcell.materials.couples import Couple, PotentialRange, known_parts


def capacity_checked(name: str) -> bool:
    """Whether the lithium that a host, or each part of a mixture, is said to take up was confirmed.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    bool
        True also where no part takes part in the reaction.

    Source: ``couples.toml`` says how each was confirmed.
    """
    return all(item.capacity_checked for item in _active(name))


def potential_range(name: str) -> PotentialRange | None:
    """The mean potentials of a host, or of the parts of a mixture: from the lowest to the highest of all.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    PotentialRange or None
        V vs. Li+/Li; None where a part is unknown.

    Source: ``couples.toml`` holds one for each host.
    """
    active = _active(name)
    ranges = [item.volt for item in active if item.volt]
    if not ranges or len(ranges) < len(active):
        return None
    return PotentialRange(min(item.low_volt for item in ranges), max(item.high_volt for item in ranges))


def potentials_checked(name: str) -> bool:
    """Whether the mean potentials of a host, or of all parts of a mixture, were confirmed.

    Parameters
    ----------
    name
        As papers write it.

    Returns
    -------
    bool
        False where a part is unknown.

    Source: ``couples.toml`` says how each was confirmed.
    """
    active = _active(name)
    return bool(active) and all(item.volt_checked for item in active)


def _active(name: str) -> list[Couple]:
    """The hosts of a material that take part in its reaction; none where a part is not known."""
    return [host for host, _ in known_parts(name) if host.role != "inactive"]
