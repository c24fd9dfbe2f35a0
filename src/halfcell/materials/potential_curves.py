"""At which potential an electrode takes up and gives back its capacity: shares of it as broadened steps.

A curve is a sum of steps ``q(V) = sum_i w_i / (1 + exp((V - V_i) / s_i))``: `V_i` the potential (V vs. Li+/Li, of a
full cell its voltage) at about C/10, `s_i` the width (V; a plateau is narrow, a solid solution wide), `w_i` its
share of the capacity. Potentials are those of the two-phase regions and differential-capacity maxima reported for
the materials: Si: Obrovac & Christensen, Electrochem. Solid-State Lett. 7 (2004) A93, and Obrovac & Krause, J.
Electrochem. Soc. 154 (2007) A103; Sn: Courtney & Dahn, J. Electrochem. Soc. 144 (1997) 2045; graphite: Dahn, Phys.
Rev. B 44 (1991) 9170; low-temperature carbon: Zheng, Liu, Fuller, Tseng & Dahn, J. Electrochem. Soc. 142 (1995)
2581 (a hysteresis of 1 V by the remaining hydrogen); Al: Wen & Huggins, J. Electrochem. Soc. 126 (1979) 2258.
Widths and shares are rounded guesses for simulation; nothing measured is derived from them.
"""

from __future__ import annotations

from dataclasses import dataclass

Step = tuple[float, float, float]  # potential (V), width (V), share


@dataclass(frozen=True, kw_only=True)
class Branches:
    """Steps of one material: first lithiation, later ones, delithiation; of a full cell charge for lithiation."""

    first: tuple[Step, ...]
    lithiation: tuple[Step, ...]
    delithiation: tuple[Step, ...]


CURVES: dict[str, Branches] = {
    "Si": Branches(
        first=((0.60, 0.10, 0.03), (0.22, 0.05, 0.12), (0.105, 0.012, 0.85)),
        lithiation=((0.55, 0.12, 0.05), (0.23, 0.035, 0.42), (0.09, 0.022, 0.53)),
        delithiation=((0.29, 0.035, 0.36), (0.46, 0.035, 0.50), (0.75, 0.14, 0.14)),
    ),
    "a-Si": Branches(
        first=((0.60, 0.10, 0.05), (0.24, 0.045, 0.40), (0.10, 0.025, 0.55)),
        lithiation=((0.55, 0.12, 0.05), (0.23, 0.040, 0.43), (0.09, 0.025, 0.52)),
        delithiation=((0.29, 0.040, 0.38), (0.47, 0.040, 0.47), (0.78, 0.15, 0.15)),
    ),
    "Sn": Branches(
        first=((0.66, 0.010, 0.18), (0.54, 0.012, 0.22), (0.40, 0.020, 0.50), (0.20, 0.080, 0.10)),
        lithiation=((0.66, 0.012, 0.18), (0.55, 0.014, 0.22), (0.41, 0.022, 0.50), (0.20, 0.080, 0.10)),
        delithiation=((0.44, 0.014, 0.35), (0.60, 0.012, 0.25), (0.71, 0.012, 0.22), (0.79, 0.012, 0.18)),
    ),
    "Al": Branches(
        first=((0.26, 0.008, 0.90), (0.60, 0.200, 0.10)),
        lithiation=((0.29, 0.012, 0.88), (0.60, 0.200, 0.12)),
        delithiation=((0.42, 0.012, 0.88), (0.80, 0.200, 0.12)),
    ),
    "Zn": Branches(
        first=((0.20, 0.015, 0.70), (0.45, 0.080, 0.30)),
        lithiation=((0.21, 0.018, 0.65), (0.45, 0.080, 0.35)),
        delithiation=((0.27, 0.012, 0.45), (0.37, 0.012, 0.25), (0.52, 0.020, 0.30)),
    ),
    "graphite": Branches(
        first=((0.205, 0.008, 0.13), (0.150, 0.020, 0.09), (0.112, 0.004, 0.28), (0.077, 0.005, 0.50)),
        lithiation=((0.205, 0.008, 0.14), (0.150, 0.020, 0.09), (0.112, 0.004, 0.27), (0.077, 0.005, 0.50)),
        delithiation=((0.098, 0.004, 0.49), (0.138, 0.004, 0.28), (0.170, 0.020, 0.08), (0.225, 0.010, 0.15)),
    ),
    "carbon": Branches(
        first=((0.85, 0.12, 0.25), (0.45, 0.15, 0.35), (0.08, 0.05, 0.40)),
        lithiation=((0.95, 0.18, 0.22), (0.45, 0.18, 0.38), (0.09, 0.06, 0.40)),
        delithiation=((0.18, 0.08, 0.28), (0.50, 0.18, 0.24), (1.02, 0.12, 0.48)),
    ),
    "capacitive": Branches(
        first=((0.95, 0.16, 0.25), (0.40, 0.16, 0.35), (0.05, 0.05, 0.40)),
        lithiation=((0.90, 0.25, 0.30), (0.35, 0.18, 0.30), (0.05, 0.05, 0.40)),
        delithiation=((0.15, 0.10, 0.35), (0.60, 0.25, 0.35), (1.20, 0.30, 0.30)),
    ),
    "SEI": Branches(
        first=((0.80, 0.06, 0.45), (0.45, 0.15, 0.55)),
        lithiation=((0.80, 0.06, 0.45), (0.45, 0.15, 0.55)),
        delithiation=(),
    ),
    "graphite|NCM811": Branches(
        first=((3.35, 0.05, 0.06), (3.58, 0.03, 0.30), (3.72, 0.05, 0.26), (3.95, 0.06, 0.22), (4.10, 0.035, 0.16)),
        lithiation=((3.58, 0.03, 0.34), (3.72, 0.05, 0.28), (3.95, 0.06, 0.22), (4.10, 0.035, 0.16)),
        delithiation=(
            (4.08, 0.035, 0.14), (3.92, 0.06, 0.22), (3.68, 0.06, 0.30), (3.50, 0.04, 0.26), (3.30, 0.07, 0.08),
        ),
    ),
    "Si|NCM811": Branches(
        first=((3.25, 0.06, 0.06), (3.58, 0.04, 0.26), (3.74, 0.06, 0.30), (3.96, 0.07, 0.22), (4.11, 0.04, 0.16)),
        lithiation=((3.40, 0.06, 0.18), (3.60, 0.06, 0.28), (3.80, 0.07, 0.24), (4.00, 0.07, 0.16), (4.13, 0.04, 0.14)),
        delithiation=(
            (4.06, 0.045, 0.13), (3.88, 0.07, 0.21), (3.62, 0.08, 0.28), (3.38, 0.08, 0.24), (3.10, 0.09, 0.14),
        ),
    ),
}  # fmt: skip
