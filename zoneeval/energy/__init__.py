"""Energy by kind → tonnes of standard coal, with the factor table as data."""

from zoneeval.energy.factors import (
    CALORIFIC,
    EQUIVALENT,
    EnergyKind,
    Factor,
    FactorTable,
    entered,
    shipped_factors,
)

__all__ = [
    "CALORIFIC",
    "EQUIVALENT",
    "EnergyKind",
    "Factor",
    "FactorTable",
    "entered",
    "shipped_factors",
]
