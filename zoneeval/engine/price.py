"""Who is named on a utility's price list, account by account, and at what rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoneeval.model.evaluation import Evaluation
from zoneeval.model.pricing import PricedAccount
from zoneeval.model.records import Meter
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Tariff


def price_accounts(
    policy: Policy,
    evaluation: Evaluation,
    tariff: Tariff,
    utility: str,
    meters: Sequence[Meter],
    consecutive: Mapping[str, int],
) -> list[PricedAccount]:
    """Return one line per account of every enterprise in a class that pays more.

    Enterprises without an account come once with ``account`` None.  A rate that was
    not published is None, never 0.  ``consecutive`` gives years in the class by code.
    """
    accounts: dict[str, list[Meter]] = {}
    for known in meters:
        if known.utility == utility:
            accounts.setdefault(known.uscc, []).append(known)
    lines = []
    for row in range(evaluation.size):
        letter = evaluation.grade[row]
        grade = policy.grade(letter) if letter else None
        if grade is None or not grade.surcharge:
            continue
        uscc = evaluation.uscc[row] or ""
        years = consecutive.get(uscc, 1)
        rate = tariff.rate(utility, letter, years)
        citation = tariff.citation(rate.cite) if rate else None
        ordered = sorted(accounts.get(uscc, []), key=lambda meter: meter.account)
        mine: list[Meter | None] = list(ordered)
        for meter in mine or [None]:
            lines.append(
                PricedAccount(
                    utility=utility,
                    uscc=uscc,
                    enterprise=evaluation.name[row] or "",
                    zone=evaluation.zone[row] or "",
                    account_name=meter.account_name if meter else None,
                    account=meter.account if meter else None,
                    grade=letter,
                    consecutive_years=years,
                    rate=rate.amount if rate else None,
                    unit=rate.unit if rate else "",
                    starts=rate.starts if rate else "",
                    ends=rate.ends if rate else "",
                    document=citation.number or citation.title if citation else "",
                )
            )
    return sorted(lines, key=lambda line: (line.zone, line.uscc, line.account or "~"))
