"""halfcell: from raw instrument files of a battery-electrode study to its supplementary information.

The names below are the public ones; each is imported on first use, so that ``import halfcell`` loads next to
nothing.
"""

__version__ = "0.1.0"

_HOMES = {
    "Figure": "core.figure",
    "HalfcellError": "core.errors",
    "Measurement": "core.measurement",
    "Note": "core.result",
    "Printed": "core.printed",
    "Quantity": "core.quantity",
    "Result": "core.result",
    "Study": "study",
    "Table": "core.table",
    "analyse": "techniques.analysis",
    "read": "readers",
    "read_all": "readers",
    "technique": "techniques",
}

__all__ = [
    "Figure",
    "HalfcellError",
    "Measurement",
    "Note",
    "Printed",
    "Quantity",
    "Result",
    "Study",
    "Table",
    "__version__",
    "analyse",
    "read",
    "read_all",
    "technique",
]


def __getattr__(name: str) -> object:
    """Import a public name on its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'halfcell' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"halfcell.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
