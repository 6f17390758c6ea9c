"""Reports on zones: the bulletin of a period, the monthly ledger, the self-assessment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.period import Period, as_period
from zoneeval_db.acting.assets import assets
from zoneeval_db.data.datasets import latest_dataset, load_dataset, years
from zoneeval_db.zones.figures import AnyPeriod, zone_indicators
from zoneeval_db.zones.profiles import zone_events
from zoneeval_db.zones.records import zones
from zoneeval_db.zones.targets import target_progress

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval.model.zone_indicators import ZoneFigures
    from zoneeval.report.zones.bulletin import Bulletin
    from zoneeval.report.zones.ledger import Ledger
    from zoneeval.report.zones.ledger_firms import LedgerFirms
    from zoneeval_db.storage.workspace import Workspace


def bulletin(
    ws: Workspace, period: AnyPeriod, *, indicators: Sequence[str] = (), count: int = 3
) -> Bulletin:
    """Return the bulletin of a period over all zones; ``count`` are named at either end.

    ``indicators`` are identifiers or names; without them the usual ones of which there
    are figures.  Raises InputError where there is nothing to say.
    """
    from zoneeval.report.zones.bulletin import build_bulletin

    of = as_period(period)
    last, previous = of.last_year, of.previous
    before = _figures_of(ws, previous)
    return build_bulletin(
        of,
        zones(ws),
        zone_indicators(ws, of),
        before if previous == last else _figures_of(ws, last),
        before,
        previous,
        target_progress(ws, of),
        [indicator_key(words) for words in indicators],
        count,
    )


def _figures_of(ws: Workspace, period: Period) -> dict[str, ZoneFigures]:
    """Return the figures of a period; those of the year stand in for January to December."""
    found = zone_indicators(ws, period)
    if not found and period.months == 12 and not period.is_year:
        return zone_indicators(ws, Period(period.year))
    return found


def indicator_key(words: str) -> str:
    """Return the identifier of a zone indicator named by identifier, name or other name."""
    from zoneeval.model.zone_indicators import ZONE_INDICATORS

    wanted = words.strip()
    if wanted in ZONE_INDICATORS:
        return wanted
    named = [key for key, one in ZONE_INDICATORS.items() if one.label == wanted]
    named = named or [key for key, one in ZONE_INDICATORS.items() if wanted in one.aliases]
    if len(named) != 1:
        raise InputError(
            f"没有“{words}”这个园区指标。请写指标名称，如“规上工业增加值”，"
            "或写标识，如 above_scale_value_added。"
        )
    return named[0]


def export_bulletin(
    ws: Workspace,
    out: Path,
    period: AnyPeriod,
    *,
    indicators: Sequence[str] = (),
    count: int = 3,
    issuer: str = "",
) -> list[Path]:
    """Write the bulletin of a period: Word for .docx, a workbook for .xlsx."""
    suffix = out.suffix.lower()
    if suffix not in (".docx", ".xlsx"):
        raise InputError(
            f"通报的文件名要以 .docx（Word）或 .xlsx（Excel）结尾，现在是“{out.name}”。请改名。"
        )
    made = bulletin(ws, period, indicators=indicators, count=count)
    if suffix == ".docx":
        from zoneeval.giving.bulletin_word import write_bulletin_word

        write_bulletin_word(out, made, issuer)
    else:
        from zoneeval.report.zones.bulletin_book import write_bulletin_book

        write_bulletin_book(out, made)
    return [out]


def ledger(ws: Workspace, year: int, zone: str | None = None, *, count: int = 10) -> Ledger:
    """Return a year's monthly ledger of one zone or all; ``count`` key enterprises each.

    Without enterprises of the year those of the newest year before stand in, which the
    ledger says.
    """
    from zoneeval.report.zones.ledger import Ledger

    if count < 1:
        raise InputError(f"重点企业的户数应是 1 或更大的整数，不是 {count}。")
    names = (zone,) if zone is not None else tuple(zones(ws))
    if not names:
        raise InputError("工作文件中还没有园区，不能编制月台账。请先导入园区数据或企业数据。")
    months = {month: zone_indicators(ws, Period(year, f"{month:02d}")) for month in range(1, 13)}
    made = Ledger(year, names, months, (), (), _firms(ws, year, names, count))
    progress = target_progress(ws, Period(year, f"{made.latest or 1:02d}"), zone)
    return Ledger(
        year,
        names,
        months,
        tuple(one for one in progress if one.target.kind != "star"),
        tuple(event for event in zone_events(ws, year) if event.zone in names),
        made.firms,
    )


def _firms(ws: Workspace, year: int, names: tuple[str, ...], count: int) -> LedgerFirms:
    from zoneeval.engine.derive import derive
    from zoneeval.report.zones.ledger_firms import LedgerFirms

    known = [y for y in years(ws) if y <= year and latest_dataset(ws, y) is not None]
    of = known[-1] if known else None

    def loaded(which: int | None) -> Dataset | None:
        version = None if which is None else latest_dataset(ws, which)
        return derive(load_dataset(ws, version.id), ["land_area"]).dataset if version else None

    before = None if of is None else loaded(of - 1)
    return LedgerFirms(of, loaded(of), before, tuple(assets(ws)), count, names)


def export_ledger(
    ws: Workspace, out: Path, year: int, zone: str | None = None, *, count: int = 10
) -> list[Path]:
    """Write a year's monthly ledger as a workbook."""
    from zoneeval.report.zones.ledger import write_ledger

    write_ledger(out, ledger(ws, year, zone, count=count))
    return [out]
