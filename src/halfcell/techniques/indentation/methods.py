"""The methods section of indentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The energies, hardness and modulus, the tip and the corrections."""
    parts = [measured_with(results, "Load–displacement curves were recorded by instrumented indentation")]
    parts.append(
        "The plastic energy is the area enclosed by the curve, the elastic energy the work recovered on unloading."
    )
    unload, poisson = setting(results, "unload_part"), setting(results, "poisson_ratio")
    if isinstance(unload, list) and any("hardness" in result.quantities for result in results):
        low, high = unload
        ratio = f" and a Poisson’s ratio of {poisson:g}" if isinstance(poisson, int | float) else ""
        parts.append(
            f"Hardness and Young’s modulus are from a power law fitted to {100 * low:g} to {100 * high:g} % of the "
            f"{_which(results)} [@hc-oliver1992] with {_tip(results)}{ratio}."
        )
    if any(note.code == "drift" for result in results for note in result.notes):
        parts.append("Thermal drift was taken off the depth.")
    return " ".join(parts)


def _which(results: Sequence[Result]) -> str:
    """The unloading that was fitted."""
    load = setting(results, "hardness_at_mn")
    return f"unloading nearest to {load:g} mN" if isinstance(load, int | float) else "deepest unloading"


def _tip(results: Sequence[Result]) -> str:
    """The area function that was used."""
    if all(any(note.code == "ideal_tip" for note in result.notes) for result in results):
        return "the area function of an ideal Berkovich tip (A = 24.5 h^{2})"
    return "the area function of the tip"
