"""The rows of a letter's annex: only what the department addressed answers for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zoneeval.giving.departments import Template
from zoneeval.giving.dossier import Dossier, shown_number
from zoneeval.giving.item import Item
from zoneeval.model.fields import FIELDS
from zoneeval.model.utilities import MEASURED_BY
from zoneeval.report.workbook.columns import MISSING

ANSWER = "核实意见"
_WIDTHS = {
    **{"description": 28.0, "location": 28.0, "certificate": 26.0, "account": 14.0},
    **{"account_name": 24.0, "zone": 23.0, "town": 11.0, "contact": 9.0, "phone": 14.0},
    **{"industry_code": 9.0, "document": 24.0},
}
_PARCEL = ("certificate", "location")
_OFTEN_NONE = frozenset(
    {
        *("land_leased_in", "land_leased_out", "land_other", "floor_leased_in"),
        *("above_scale_since", "town", "contact", "phone"),
    }
)
"""Fields that many enterprises rightly have nothing in: a dash there is not counted."""

MEASURED_UTILITY = {field: utility for utility, field in MEASURED_BY.items()}
"""The utility whose meters measure a field."""


@dataclass(frozen=True)
class LetterTable:
    """The annex: headings, relative widths, rows of text, and which are right-aligned.

    ``labels`` name the values in question (none for events); ``missing`` counts the dashes
    where a value is expected.
    """

    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    labels: tuple[str, ...]
    enterprises: int
    missing: int
    notes: tuple[str, ...] = ()


def letter_table(template: Template, dossiers: Sequence[Dossier]) -> LetterTable:
    """Return the annex of a letter: a row per enterprise, or per parcel, meter or event."""
    items = [item for item in template.items if item.key not in ("uscc", "name")]
    bodies = [(d, row) for d in dossiers for row in _rows(template, items, d)]
    rows = tuple(
        (str(number), d.name or MISSING, d.uscc, *row, "")
        for number, (d, row) in enumerate(bodies, 1)
    )
    numbers = [i for i, item in enumerate(items) if item.kind in ("number", "integer")]
    asked = [i for i, item in enumerate(items) if item.key in FIELDS]
    needed = [i for i in asked if items[i].key not in _OFTEN_NONE]
    labels = [FIELDS[items[i].key].label for i in needed]
    return LetterTable(
        headings=("序号", "企业名称", "统一社会信用代码", *map(_heading, items), ANSWER),
        widths=(6.0, 33.0, 25.0, *map(_width, items), 15.0),
        rows=rows,
        right=frozenset(i + 3 for i in numbers),
        labels=tuple(labels),
        enterprises=len({d.uscc for d, _ in bodies}),
        missing=sum(row[i + 3] == MISSING for row in rows for i in needed),
        notes=("注：“—”表示尚未收到数据。",),
    )


def _width(item: Item) -> float:
    """Return how wide a column is, relative to the others."""
    by_kind = {"choice": 9.0, "date": 13.0, "integer": 10.0, "number": 12.5}
    return _WIDTHS.get(item.key) or by_kind.get(item.kind, 18.0)


def _heading(item: Item) -> str:
    """Return a heading that breaks before its unit."""
    label, bracket, unit = item.heading.partition("（")
    return f"{label}\n（{unit}" if bracket else label


def has_values(template: Template, dossiers: Sequence[Dossier]) -> bool:
    """Tell whether anything at all came from what this department answers for."""
    if any(item.key == "event_kind" for item in template.items):
        return any(d.events for d in dossiers)
    utility = next((MEASURED_UTILITY[k] for k in template.fields if k in MEASURED_UTILITY), None)
    if utility and any(meter.utility == utility for d in dossiers for meter in d.meters):
        return True
    return any(d.shown(key) != MISSING for d in dossiers for key in template.fields)


def _rows(template: Template, items: Sequence[Item], d: Dossier) -> Iterator[tuple[str, ...]]:
    keys = [item.key for item in items]
    if "event_kind" in keys:
        for event in d.events:
            parts = (event.kind, event.occurred_on, event.description, event.document)
            yield tuple(part or MISSING for part in parts)
    elif "account" in keys:
        utility = MEASURED_UTILITY[keys[-1]]
        for meter in d.meters:
            if meter.utility == utility:
                yield (meter.account, meter.account_name or MISSING, shown_number(meter.use))
        if not any(m.utility == utility for m in d.meters) and d.number(keys[-1]) is not None:
            yield (MISSING, MISSING, d.shown(keys[-1]))
    elif "certificate" in keys and d.parcels:
        for number, p in enumerate(d.parcels):
            other = d.shown("land_other") if number == 0 else MISSING
            figures = (p.registered, p.leased_in, p.leased_out)
            yield (
                p.certificate or MISSING,
                p.location or MISSING,
                *(shown_number(figure) for figure in figures),
                other,
            )
    else:
        yield tuple(MISSING if key in _PARCEL else d.shown(key) for key in keys)
