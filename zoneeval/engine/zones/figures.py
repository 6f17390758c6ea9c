"""Zone indicators: summed over the enterprises, beside the official figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zoneeval.engine.zones.changes import computed_change
from zoneeval.engine.zones.sums import ABOVE_SCALE, Profiles, ZoneSum, enterprise_sums
from zoneeval.model.dataset import Dataset
from zoneeval.model.period import Period
from zoneeval.model.records import ZoneValue
from zoneeval.model.zone_indicators import (
    ZoneFigure,
    ZoneFigures,
    ZoneIndicator,
)
from zoneeval.model.zone_records import SLOT_WORDS, ZoneChoice
from zoneeval.model.zone_registry import quotient_factor, registry

__all__ = ["ABOVE_SCALE", "zone_figures"]


def zone_figures(
    dataset: Dataset | None,
    official: Sequence[ZoneValue],
    *,
    period: Period | None = None,
    choices: Iterable[ZoneChoice] = (),
    profiles: Profiles | None = None,
    previous: Mapping[str, ZoneFigures] | None = None,
) -> dict[str, ZoneFigures]:
    """Return every indicator of every zone that the enterprises or the office know.

    An official figure beats the computed one unless ``choices`` say otherwise; both are
    kept.  A ratio is computed from the two totals that are used, so that its parts are
    always those shown.  Enterprises have figures of whole years only: for a part of a
    year ``dataset`` must be None.  ``previous`` are the figures of the same period of
    the year before, for growth.
    """
    sums = enterprise_sums(dataset, profiles or {}) if dataset is not None else {}
    entered: dict[str, dict[str, ZoneValue]] = {}
    for value in official:
        entered.setdefault(value.zone, {})[value.indicator] = value
    chosen: dict[str, dict[str, ZoneChoice]] = {}
    for choice in choices:
        chosen.setdefault(choice.zone, {})[choice.indicator] = choice
    known = _Known(dataset is not None, period is not None and not period.is_year)
    return {
        zone: _one_zone(
            known,
            sums.get(zone, {}),
            entered.get(zone, {}),
            chosen.get(zone, {}),
            (previous or {}).get(zone, {}),
        )
        for zone in sorted({*sums, *entered})
    }


class _Known:
    """What enterprises can be asked for in the period."""

    def __init__(self, has_dataset: bool, is_part: bool) -> None:
        self.has_dataset = has_dataset
        self.is_part = is_part

    def lacking(self, definition: ZoneIndicator, found: ZoneSum | None) -> str:
        """Return why a total has no figure."""
        if not definition.sums:
            return "该指标须录入，尚未录入"
        if self.is_part:
            return "企业数据只有全年数，季度、月度数须录入，尚未录入"
        if not self.has_dataset:
            return "没有企业数据，也未录入公布数"
        if found is None:
            return "该园区没有企业数据，也未录入公布数"
        if found.unstated:
            return "园区资料中没有填写主导产业，也未录入公布数"
        if found.missing:
            return f"{found.missing} 家企业都没有该项数据，也未录入公布数"
        if found.undecided:
            return f"{found.undecided} 家企业是否属于统计范围不明，也未录入公布数"
        return "没有符合统计范围的企业，也未录入公布数"


def _one_zone(
    known: _Known,
    sums: Mapping[str, ZoneSum],
    entered: Mapping[str, ZoneValue],
    chosen: Mapping[str, ZoneChoice],
    previous: Mapping[str, ZoneFigure],
) -> ZoneFigures:
    figures: ZoneFigures = {}
    for key, definition in registry().items():
        given, choice = entered.get(key), chosen.get(key)
        if definition.is_ratio:
            figures[key] = _ratio(definition, figures, given, choice)
        elif definition.is_change:
            figures[key] = _change(definition, figures, previous, given, choice)
        else:
            figures[key] = _total(definition, sums.get(key), given, choice, known)
    return figures


def _used(
    computed: float | None, given: ZoneValue | None, choice: ZoneChoice | None
) -> tuple[float | None, str, str]:
    """Return the figure used, its slot, and why a chosen slot gives none."""
    value = given.value if given else None
    if choice is not None:
        used = computed if choice.choice == "computed" else value
        words = SLOT_WORDS[choice.choice]
        return used, choice.choice, "" if used is not None else f"已选定采用{words}，但没有{words}"
    if value is not None:
        return value, "official", ""
    return computed, "computed" if computed is not None else "", ""


def _source(slot: str, words: str, given: ZoneValue | None, choice: ZoneChoice | None) -> str:
    text = words
    if given and slot == "official":
        text = given.document or (given.source.place if given.source else "录入")
    if choice is not None and text:
        text += f"；选定采用{SLOT_WORDS[choice.choice]}"
        text += f"（{choice.reason}）" if choice.reason else ""
    return text


def _total(
    definition: ZoneIndicator,
    found: ZoneSum | None,
    given: ZoneValue | None,
    choice: ZoneChoice | None,
    known: _Known,
) -> ZoneFigure:
    computed = found.value if found else None
    missing, undecided = (found.missing, found.undecided) if found else (0, 0)
    used, slot, why = _used(computed, given, choice)
    words = ""
    if computed is not None:
        words = "由企业数据汇总" + (f"，{missing} 家缺数据" if missing else "")
        words += f"，{undecided} 家是否属于统计范围不明" if undecided else ""
    lacking = "" if used is not None else why or known.lacking(definition, found)
    return ZoneFigure(
        definition.key,
        computed,
        given.value if given else None,
        used,
        source=_source(slot, words, given, choice),
        missing=missing,
        undecided=undecided,
        slot=slot,
        chosen=choice is not None,
        lacking=lacking,
    )


def _ratio(
    definition: ZoneIndicator,
    figures: ZoneFigures,
    given: ZoneValue | None,
    choice: ZoneChoice | None,
) -> ZoneFigure:
    top, bottom = figures[definition.numerator], figures[definition.denominator]
    computed = None
    if top.used is not None and bottom.used:
        factor = quotient_factor(definition, registry())
        computed = top.used / bottom.used * factor if factor != 1 else top.used / bottom.used
    used, slot, why = _used(computed, given, choice)
    lacking = ""
    if used is None:
        short = [f"“{one.definition.label}”" for one in (top, bottom) if one.used is None]
        lacking = why or (
            f"缺{'和'.join(short)}" if short else f"“{bottom.definition.label}”为零，不能相除"
        )
    words = f"{top.definition.label} ÷ {bottom.definition.label}"
    return ZoneFigure(
        definition.key,
        computed,
        given.value if given else None,
        used,
        top.used,
        bottom.used,
        _source(slot, words, given, choice),
        top.missing + bottom.missing,
        top.undecided + bottom.undecided,
        slot,
        choice is not None,
        lacking=lacking,
    )


def _change(
    definition: ZoneIndicator,
    figures: ZoneFigures,
    previous: Mapping[str, ZoneFigure],
    given: ZoneValue | None,
    choice: ZoneChoice | None,
) -> ZoneFigure:
    change = computed_change(definition, figures, previous)
    used, slot, why = _used(change.value, given, choice)
    basis = change.basis if slot == "computed" else ""
    if slot == "official" and used is not None:
        basis = "comparable" if definition.comparable else "entered"
    words = {"points": "本期减上年同期", "comparable": "由能耗增速和增加值可比价增速算得"}.get(
        change.basis, "由本期和上年同期现价数算得" if change.value is not None else ""
    )
    return ZoneFigure(
        definition.key,
        change.value,
        given.value if given else None,
        used,
        change.now,
        change.before,
        _source(slot, words, given, choice),
        slot=slot,
        chosen=choice is not None,
        basis=basis,
        lacking="" if used is not None else why or change.lacking,
    )
