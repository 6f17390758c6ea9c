"""Checks over the joined values of an enterprise-year: land, and figures that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.records import SourcedValue

Values = Mapping[str, SourcedValue]

_NOT_ABOVE = (
    ("tax_paid", "revenue", "tax-above-revenue"),
    ("value_added", "revenue", "value-added-above-revenue"),
    ("rd_expense", "revenue", "rd-above-revenue"),
)


def number_of(values: Values, key: str) -> float | None:
    """Return a number, or None where it is missing."""
    found = values.get(key)
    return found.value if found is not None and isinstance(found.value, float) else None


def land_total(number: Callable[[str], float | None]) -> float | None:
    """Return the used land in 亩 as given or as registered + in − out + other, or None.

    ``number`` gives a field's value or None where it is missing.
    """
    given = number("land_area")
    if given is not None:
        return given
    registered, leased_in = number("land_registered"), number("land_leased_in")
    if registered is None and leased_in is None:
        return None
    total = (registered or 0.0) + (leased_in or 0.0)
    total += number("land_other") or 0.0
    return total - (number("land_leased_out") or 0.0)


def check_enterprise(code: str, values: Values) -> Iterator[Issue]:
    """Yield the findings on one enterprise of one year."""
    name = values.get("name")
    who = str(name.value) if name is not None else code
    yield from _check_land(code, who, values)
    for key, limit, issue_code in _NOT_ABOVE:
        amount, most = number_of(values, key), number_of(values, limit)
        if amount is not None and most is not None and amount > most:
            labels = FIELDS[key].label, FIELDS[limit].label
            yield _issue(
                Severity.WARNING, issue_code, code, values[key],
                f"{who}的{labels[0]}（{amount:g} 万元）大于{labels[1]}（{most:g} 万元）",
                "请核对两个部门的数据和计量单位。",
            )  # fmt: skip


def _check_land(code: str, who: str, values: Values) -> Iterator[Issue]:
    total = land_total(partial(number_of, values))
    if total is None:
        return
    first = next(
        values[k] for k in ("land_area", "land_registered", "land_leased_in") if k in values
    )
    leased_out = number_of(values, "land_leased_out")
    held = (number_of(values, "land_registered") or 0.0) + (
        number_of(values, "land_leased_in") or 0.0
    )
    if leased_out is not None and leased_out > held:
        yield _issue(
            Severity.WARNING, "leased-out-above-held", code, values["land_leased_out"],
            f"{who}租出用地（{leased_out:g} 亩）大于登记与租入之和（{held:g} 亩）",
            "请核对宗地和租赁面积。",
        )  # fmt: skip
    if total <= 1e-9:
        yield _issue(
            Severity.BLOCKING, "land-not-positive", code, first,
            f"{who}的用地面积合计为 {total:g} 亩，应大于 0",
            "请核对登记、租入、租出面积；没有用地数据的留空，不要填 0。",
        )  # fmt: skip


def _issue(
    severity: Severity, issue_code: str, code: str, at: SourcedValue, message: str, advice: str
) -> Issue:
    place = at.source
    return Issue(
        severity,
        issue_code,
        message,
        place.file if place else None,
        place.sheet if place else None,
        place.row if place else None,
        (place.column or None) if place else None,
        f"{at.value:g}" if isinstance(at.value, float) else str(at.value),
        advice,
        code,
    )
