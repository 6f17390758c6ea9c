"""The utilities that receive price lists, and the field their meters measure."""

from __future__ import annotations

MEASURED_BY: dict[str, str] = {
    "供电": "electricity_use",
    "供水": "water_use",
    "燃气": "gas_use",
}
"""Field of the registry by utility; tariffs and meters use the same names."""
