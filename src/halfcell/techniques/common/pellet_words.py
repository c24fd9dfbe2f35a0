"""How a methods section describes pellets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import settings_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def pellets(results: Sequence[Result]) -> str:
    """Thickness, diameter, pressure and temperature of pellets: `` (480 to 520 µm thick, 10 mm in diameter)``."""
    said = [
        f"{words} thick" if (words := settings_range(results, "thickness_um", "µm")) else "",
        f"{words} in diameter" if (words := settings_range(results, "diameter_mm", "mm")) else "",
        f"under {words}" if (words := settings_range(results, "pressure_mpa", "MPa")) else "",
        f"at {words}" if (words := settings_range(results, "temperature_degc", "°C")) else "",
    ]
    return f" ({', '.join(part for part in said if part)})" if any(said) else ""
