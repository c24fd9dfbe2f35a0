"""Pore volumes: total by Gurvich, micropores by t-plot, mesopores by BJH, a DFT kernel where it is the right one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import pores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.maths.pores import Pores
    from halfcell.techniques.sorption.records import Branch, Settings

    Array = NDArray[np.float64]

_LIQUID = {"N2": pores.LIQUID_PER_GAS, "Ar": 0.001280}  # cm3 of liquid in 1 cm3 STP, at 77 and 87 K
_FULL = 0.9  # the total pore volume is read at this relative pressure or above
_LIMITS_NM = (1.7, 300.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Porosity:
    """Quantities, notes and curves of the pores."""

    quantities: dict[str, Quantity] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    adsorption: Pores | None = None
    desorption: Pores | None = None
    t_curve: tuple[Array, Array] | None = None
    t_line: tuple[float, float] | None = None
    dft: tuple[Array, Array] | None = None


def porosity(up: Branch, down: Branch | None, meta: Mapping[str, Any], settings: Settings) -> Porosity:
    """Total volume, t-plot and BJH (nitrogen at 77 K only), and DFT if a kernel is set."""
    gas = str(meta.get("adsorptive", "N2"))
    factor = _LIQUID.get(gas)
    if factor is None:
        text = f"No liquid density is set for {gas}: no pore volumes."
        return Porosity(notes=(Note("refused", "no_pore_volume", text),))
    quantities, notes = _total(up, factor)
    dft = _dft(up, settings)
    notes += dft[1]
    if gas != "N2":
        text = f"t-plot and BJH are for nitrogen at 77 K, not {gas}."
        return Porosity(quantities=quantities, notes=(*notes, Note("refused", "not_nitrogen", text)), dft=dft[0])
    thickness, name = _thickness(meta, settings)
    t = _t_plot(up, thickness, factor, settings)
    made = {word: _bjh(branch, thickness, factor, meta, settings) for word, branch in _sides(up, down).items()}
    for word, found in made.items():
        if found is not None:
            quantities |= _volumes(word, found)
    notes += [_said(meta, settings, name), *_beside_vendor(quantities, meta, settings)]
    return Porosity(
        quantities=quantities | t.quantities,
        notes=(*notes, *t.notes, *_artefact(made.get("desorption"))),
        adsorption=made.get("adsorption"),
        desorption=made.get("desorption"),
        t_curve=t.t_curve,
        t_line=t.t_line,
        dft=dft[0],
    )


def _total(up: Branch, factor: float) -> tuple[dict[str, Quantity], list[Note]]:
    """Gurvich: all that is adsorbed at the highest pressure, as liquid."""
    top = float(up.pressure[-1])
    if top < _FULL:
        text = f"The isotherm ends at p/p0 = {top:.3g}: no total pore volume."
        return {}, [Note("refused", "no_pore_volume", text)]
    volume = float(up.loading[-1]) * factor
    before = float(np.interp(top - 0.02, up.pressure, up.loading)) * factor
    return {
        "pore_volume": Quantity(volume, "cm3/g", (volume - before) / 2.0 or None, "spread over windows"),
        "pore_volume_pressure": Quantity(top, ""),
    }, []


def _thickness(meta: Mapping[str, Any], settings: Settings) -> tuple[Any, str]:
    """The thickness function and its name."""
    curve = meta.get("vendor", {}).get("thickness_curve")
    if settings.thickness == "instrument" and curve:
        table = np.array(curve, dtype=float)
        return (lambda p: pores.tabulated(p, table)), "the instrument's thickness curve"
    if settings.thickness == "halsey":
        return pores.halsey, "Halsey's thickness"
    return pores.harkins_jura, "Harkins and Jura's thickness"


def _sides(up: Branch, down: Branch | None) -> dict[str, Branch]:
    """Both branches; the desorption starts from the last point of the adsorption."""
    from halfcell.techniques.sorption.records import Branch as Made

    if down is None:
        return {"adsorption": up}
    if up.pressure[-1] <= down.pressure[-1]:
        return {"adsorption": up, "desorption": down}
    joined = Made(pressure=np.append(down.pressure, up.pressure[-1]), loading=np.append(down.loading, up.loading[-1]))
    return {"adsorption": up, "desorption": joined}


def _bjh(branch: Branch, thickness: Any, factor: float, meta: Mapping[str, Any], settings: Settings) -> Pores | None:
    """BJH of one branch; None where it does not reach p/p0 = 0.8."""
    limits, kelvin = _limits(meta, settings)
    used = branch.pressure > 0.1
    if int(used.sum()) < 6 or float(branch.pressure[-1]) < 0.8:
        return None
    p = branch.pressure[used]
    return pores.bjh(p, branch.loading[used] * factor, thickness(p), limits, kelvin)


def _limits(meta: Mapping[str, Any], settings: Settings) -> tuple[tuple[float, float], float]:
    own = meta.get("vendor", {})
    given = settings.pore_limits_nm or own.get("pore_limits_nm") or _LIMITS_NM
    kelvin = settings.kelvin_factor_nm or own.get("kelvin_factor_nm") or pores.KELVIN_NM
    return (float(given[0]), float(given[1])), float(kelvin)


def _volumes(word: str, found: Pores) -> dict[str, Quantity]:
    made = {
        f"bjh_volume_{word}": Quantity(float(found.volume.sum()), "cm3/g"),
        f"bjh_area_{word}": Quantity(float(found.area.sum()), "m2/g"),
    }
    density = found.per_log_diameter
    if len(density) and float(density.max()) > 0:
        made[f"bjh_mode_{word}"] = Quantity(float(found.diameter[int(np.argmax(density))]), "nm")
    return made


def _said(meta: Mapping[str, Any], settings: Settings, name: str) -> Note:
    """A BJH volume without its settings has no meaning."""
    limits, kelvin = _limits(meta, settings)
    text = (
        f"BJH in cylinders closed at one end, {limits[0]:g} to {limits[1]:g} nm, Kelvin factor {kelvin:.4g} nm, {name}."
    )
    return Note("info", "bjh_settings", text)


def _beside_vendor(quantities: dict[str, Quantity], meta: Mapping[str, Any], settings: Settings) -> list[Note]:
    """How far the BJH volumes are from the instrument's own, where its own settings were used."""
    own = meta.get("vendor", {})
    words = [
        f"{own[name]:.6g} cm3/g by the {name[11:]} (this one {quantities[name].value / own[name] - 1.0:+.2%})"
        for name in ("bjh_volume_adsorption", "bjh_volume_desorption")
        if own.get(name) and name in quantities
    ]
    if settings.thickness != "instrument" or not words:
        return []
    return [Note("info", "vendor_bjh", f"The instrument's own BJH volumes: {', '.join(words)}.")]


def _artefact(found: Pores | None) -> list[Note]:
    """The peak at 3.4 to 4.2 nm of a desorption branch is the liquid's tensile strength, not a pore."""
    if found is None or not len(found.volume):
        return []
    density = found.per_log_diameter
    at = float(found.diameter[int(np.argmax(density))])
    if not 3.3 < at < 4.3:
        return []
    text = f"The desorption's peak at {at:.2g} nm is where the liquid cavitates (p/p0 0.42-0.50): it need be no pore."
    return [Note("doubt", "tensile_strength", text)]


def _t_plot(up: Branch, thickness: Any, factor: float, settings: Settings) -> Porosity:
    """Micropore volume and external area: the straightest window in the range, with the spread over all windows."""
    low, high = settings.t_range_nm
    inside = up.pressure < 0.85
    t, liquid = thickness(up.pressure[inside]), up.loading[inside] * factor
    used = (t >= low) & (t <= high)
    if int(used.sum()) < 4:
        text = f"{int(used.sum())} points lie between {low:g} and {high:g} nm of thickness: no t-plot."
        return Porosity(notes=(Note("refused", "no_t_plot", text),), t_curve=(t, liquid))
    lines = pores.t_plot(t[used], liquid[used])
    good = lines[lines[:, 4] > 0.99] if np.any(lines[:, 4] > 0.99) else lines
    straight = lines[:, 4] > 0.999
    best = max(lines[straight] if straight.any() else good, key=lambda line: (line[1] - line[0], line[4]))
    area_std, volume_std = float(np.std(good[:, 2])), float(np.std(good[:, 3]))
    if best[4] < 0.99 or best[2] <= 0 or area_std > 0.5 * best[2]:
        text = "The t-plot has no straight part in its range: no external area and no micropore volume."
        return Porosity(notes=(Note("refused", "no_t_plot", text),), t_curve=(t, liquid))
    made = {"external_area": Quantity(float(best[2]), "m2/g", area_std or None, "spread over windows")}
    notes = []
    if best[3] >= -2.0 * max(volume_std, 1e-4):
        volume = max(float(best[3]), 0.0)
        made["micropore_volume"] = Quantity(volume, "cm3/g", volume_std or None, "spread over windows")
    else:
        text = f"The t-plot cuts the axis at {best[3]:.3g} cm3/g: below zero there are no micropores."
        notes.append(Note("info", "no_micropores", text))
    line = (float(best[2]), float(best[3]))
    return Porosity(quantities=made, notes=tuple(notes), t_curve=(t, liquid), t_line=line)


def kernel(measurement: Measurement, settings: Settings) -> tuple[tuple[float, ...], ...]:  # noqa: ARG001
    """The setting ``kernel`` from a kernel's file: the pore widths (nm), then a row a pressure.

    Raises
    ------
    InputError
        If the file holds an isotherm and no kernel.
    """
    if "kernel_loading" not in measurement:
        raise InputError("the file holds no DFT kernel", measurement.where, "its first line must say DFT kernel")
    widths = (0.0, *(float(width) for width in measurement.meta["pore_width_nanometre"]))
    pairs = zip(measurement["relative_pressure"], measurement["kernel_loading"], strict=True)
    return (widths, *((float(p), *(float(v) for v in row)) for p, row in pairs))


def _dft(up: Branch, settings: Settings) -> tuple[tuple[Array, Array] | None, list[Note]]:
    """Pore widths (nm) and volumes by NNLS on the kernel; refused where the kernel's surface is not the sample's."""
    if not settings.kernel:
        return None, []
    if settings.surface != settings.kernel_surface:
        text = (
            f"The kernel is for {settings.kernel_surface}, the sample's surface is {settings.surface or 'not said'}: "
            "a kernel of another surface puts the pores in the wrong place, so it is not used."
        )
        return None, [Note("refused", "wrong_kernel", text)]
    width = np.array(settings.kernel[0][1:], dtype=float)
    table = np.array(settings.kernel[1:], dtype=float)
    weights, misfit = pores.fit_kernel(up.pressure, up.loading, table[:, 0], table[:, 1:])
    volume = weights * float(pores.LIQUID_PER_GAS) * table[-1, 1:]
    share = float(volume[-1] / volume.sum()) if volume.sum() > 0 else 0.0
    notes = [Note("info", "dft_misfit", f"The kernel's fit misses the isotherm by {misfit:.3g} cm3(STP)/g rms.")]
    if share > 0.2:
        text = f"{share:.0%} of the volume is at the kernel's widest pore: wider ones are there that it does not know."
        notes.append(Note("doubt", "kernel_end", text))
    return (width, volume), notes
