"""The figures and tables that cycling offers, by name; the first figure is the default."""

from __future__ import annotations

from halfcell.techniques.cycling.energy_density_table import energy_density
from halfcell.techniques.cycling.figures import (
    cycling_performance,
    differential_capacity,
    differential_voltage,
    voltage_profile,
)
from halfcell.techniques.cycling.rate_figures import profile_by_rate, rate_capability, rate_equation_fit, rate_table
from halfcell.techniques.cycling.tables import cycles, first_cycle

FIGURES = {
    "voltage profile": voltage_profile,
    "cycling performance": cycling_performance,
    "dQ/dV": differential_capacity,
    "dV/dQ": differential_voltage,
    "rate capability": rate_capability,
    "profile by rate": profile_by_rate,
    "rate equation": rate_equation_fit,
}
TABLES = {
    "first cycle": first_cycle,
    "cycles": cycles,
    "rate capability": rate_table,
    "energy density": energy_density,
}
