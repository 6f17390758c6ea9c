"""The engine: one rule kind per module, arrays in, arrays out."""

from zoneeval.engine.acting.price import price_accounts
from zoneeval.engine.evaluate import ENGINE_VERSION, evaluate, participation_of
from zoneeval.engine.explain import dragging, explain, why
from zoneeval.engine.stars.rating import Ratings, ladder_warnings, rate_table, rate_zone
from zoneeval.engine.zones.figures import zone_figures

__all__ = [
    "ENGINE_VERSION",
    "Ratings",
    "dragging",
    "evaluate",
    "explain",
    "ladder_warnings",
    "participation_of",
    "price_accounts",
    "rate_table",
    "rate_zone",
    "why",
    "zone_figures",
]
