"""What a class costs or saves an enterprise, and who is named on a utility's price list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from zoneeval.model.evaluation import Evaluation
from zoneeval.model.pricing import OtherSurcharge, PricedAccount
from zoneeval.model.records import Meter
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Rate, Tariff
from zoneeval.units import convert, same_dimension

Exempt = Mapping[tuple[str, str], str]
"""Why an enterprise is exempt from a kind of measure, by credit code and kind."""
NOBODY_EXEMPT: Exempt = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Applied:
    """A rate of a class and whether it is charged.

    ``other`` is the highest surcharge the enterprise pays already, where only the highest
    of both counts; with state "higher" that one is charged instead.
    """

    rate: Rate
    state: Literal["charged", "higher", "exempt"]
    other: OtherSurcharge | None = None
    reason: str = ""


def applied_measures(
    tariff: Tariff,
    grade: str,
    years: int,
    *,
    uscc: str = "",
    others: Iterable[OtherSurcharge] = (),
    exempt: Exempt = NOBODY_EXEMPT,
    on: str = "",
) -> list[Applied]:
    """Return the rates for an enterprise of a class, surcharges and relief alike.

    ``others`` are the surcharges it pays already and ``on`` the day (ISO) that counts;
    without a day, surcharges count that hold at any time of the rate's period.
    """
    found = []
    held = [other for other in others if other.uscc == uscc]
    for rate in tariff.rates_for(grade, years, on):
        why = exempt.get((uscc, rate.kind))
        if why is not None and rate.direction == "surcharge":
            found.append(Applied(rate, "exempt", reason=f"{why}，免于执行"))
        elif tariff.stacking == "highest" and rate.direction == "surcharge":
            found.append(_highest(rate, held, on))
        else:
            found.append(Applied(rate, "charged"))
    return found


def _highest(rate: Rate, held: Sequence[OtherSurcharge], on: str) -> Applied:
    first, last = (on, on) if on else (rate.starts, rate.ends)
    now = [o for o in held if o.utility == rate.utility and o.overlaps(first, last)]
    comparable = [o for o in now if same_dimension(o.unit, rate.unit)]
    reason = ""
    if len(comparable) < len(now):
        reason = "已执行的其他加价单位不同，没有比较高低，请核对"
    if not comparable:
        return Applied(rate, "charged", reason=reason)
    top = max(comparable, key=lambda o: convert(o.rate, o.unit, rate.unit))
    words = f"已执行{top.kind} {top.rate:g} {top.unit}（{top.document}）"
    if convert(top.rate, top.unit, rate.unit) >= rate.amount:
        return Applied(rate, "higher", top, f"{words}，就高不叠加，不再加价")
    return Applied(rate, "charged", top, f"{words}，本标准较高，改按本标准执行")


def document_of(tariff: Tariff, rate: Rate) -> str:
    """Return the number, or without one the title, of the document behind a rate."""
    citation = tariff.citation(rate.cite)
    return (citation.number or citation.title) if citation else ""


def price_accounts(
    policy: Policy,
    evaluation: Evaluation,
    tariff: Tariff,
    utility: str,
    meters: Sequence[Meter],
    consecutive: Mapping[str, int],
    *,
    others: Sequence[OtherSurcharge] = (),
    exempt: Exempt = NOBODY_EXEMPT,
    on: str = "",
) -> list[PricedAccount]:
    """Return one line per account of every enterprise in a class that pays more.

    Those are the classes that the policy says pay more and those the tariff has rates
    for.  Enterprises without an account come once with ``account`` None.  A rate that was
    not published is None, never 0.  ``consecutive`` gives years in the class by code;
    ``others``, ``exempt`` and ``on`` as in :func:`applied_measures`.
    """
    accounts: dict[str, list[Meter]] = {}
    for known in meters:
        if known.utility == utility:
            accounts.setdefault(known.uscc, []).append(known)
    paying: dict[str, list[OtherSurcharge]] = {}
    for other in others:
        paying.setdefault(other.uscc, []).append(other)
    listed = tariff.grades_of(utility)
    lines = []
    for row in range(evaluation.size):
        letter = evaluation.grade[row]
        grade = policy.grade(letter) if letter else None
        if grade is None or not (grade.surcharge or letter in listed):
            continue
        uscc = evaluation.uscc[row] or ""
        years = consecutive.get(uscc, 1)
        mine: list[Applied | None] = [
            one
            for one in applied_measures(
                tariff,
                letter,
                years,
                uscc=uscc,
                others=paying.get(uscc, ()),
                exempt=exempt,
                on=on,
            )
            if one.rate.utility == utility and one.rate.direction == "surcharge"
        ]
        ordered = sorted(accounts.get(uscc, []), key=lambda meter: meter.account)
        named: list[Meter | None] = list(ordered)
        none = "" if mine else tariff.why_none(utility, letter, years, on)
        for measure in mine or [None]:
            for meter in named or [None]:
                lines.append(_line(evaluation, row, tariff, utility, years, measure, meter, none))
    return sorted(lines, key=lambda line: (line.zone, line.uscc, line.account or "~"))


def _line(
    evaluation: Evaluation,
    row: int,
    tariff: Tariff,
    utility: str,
    years: int,
    measure: Applied | None,
    meter: Meter | None,
    none: str,
) -> PricedAccount:
    rate = measure.rate if measure else None
    charged = measure is not None and measure.state == "charged"
    return PricedAccount(
        utility=utility,
        uscc=evaluation.uscc[row] or "",
        enterprise=evaluation.name[row] or "",
        zone=evaluation.zone[row] or "",
        account_name=meter.account_name if meter else None,
        account=meter.account if meter else None,
        grade=evaluation.grade[row],
        consecutive_years=years,
        rate=rate.amount if rate and charged else None,
        unit=rate.unit if rate else "",
        starts=rate.starts if rate else "",
        ends=rate.ends if rate else "",
        document=document_of(tariff, rate) if rate else "",
        withheld=none if measure is None else "" if charged else measure.reason,
        kind=rate.kind if rate else "",
    )
