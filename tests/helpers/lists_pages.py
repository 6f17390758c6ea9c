"""What the tests of 名单与政策 share: tariffs that are invented, and a published run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zoneeval.policy.loader import load_tariff
from zoneeval.policy.tariff_editing import add_rate, copy_tariff, set_kind, set_measure
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace
from zoneeval_ui.launch import Assembly

YEAR_DAYS = ("2025-06-02", "2025-06-10", "2025-06-11", "2025-06-12")


def tariff_text(name: str = "shiyi-2025", amount: float = 0.05, *, water: bool = False) -> str:
    """Return an invented tariff for C: a rate for electricity, and one for water if asked."""
    title, empty = f"示意价格表{amount}", load_tariff("henan").text
    text = copy_tariff(empty, name, title, "示意〔2025〕1号", 2025)
    rates = [("用电", "元/千瓦时", amount), *([("用水", "元/立方米", 1.0)] if water else [])]
    for at, (kind, unit, figure) in enumerate(rates):
        text = set_kind(add_rate(text, "C"), ("rates", at), kind)
        for key, value in (("unit", unit), ("amount", figure), ("illustrative", True)):
            text = set_measure(text, ("rates", at, key), value)
    return text


def publish(ws: Workspace) -> int:
    """Bring the newest run to publication and return its number."""
    begun, reviewed, recognised, published = YEAR_DAYS
    operations.start_publicity(ws, on=begun, days=5, document="公示〔示意〕1号")
    operations.review_run(ws, on=reviewed)
    operations.recognise_run(ws, on=recognised, document="认定〔示意〕1号")
    operations.publish_run(ws, on=published, document="发布〔示意〕1号")
    return operations.list_run(ws).id


def prepared(path: Path, *texts: str, published: bool = True) -> Path:
    """Keep tariffs in a workspace, and publish its run."""
    with operations.open_workspace(path) as ws:
        for text in texts:
            operations.save_tariff(ws, text)
        if published:
            publish(ws)
    return path


def segment_of(made: Assembly, key: str, tariff: str = "") -> Any:
    """Return a segment of the page, with a tariff chosen."""
    page: Any = made.window.page("lists")
    if tariff:
        page.choose_tariff(tariff)
    return page.open_segment(key)
