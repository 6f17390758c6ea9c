"""The list that a utility gets: accounts resolved to the enterprises that use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zoneeval.engine.acting.price import (
    NOBODY_EXEMPT,
    Exempt,
    applied_measures,
    document_of,
    price_accounts,
)
from zoneeval.model.evaluation import Evaluation
from zoneeval.model.pricing import RECEIVER_KIND, OtherSurcharge, PricedAccount
from zoneeval.model.records import Meter
from zoneeval.model.utility_list import (
    METERED,
    LineState,
    ListLine,
    SharedLine,
    UtilityList,
    in_one_order,
)
from zoneeval.policy.schema import Policy
from zoneeval.policy.tariff import Tariff
from zoneeval.progress import Progress, silent

STEP = 500
"""After so many lines the work reports and can be stopped."""


@dataclass(frozen=True)
class Tenancy:
    """What is known of who really uses an account.

    ``holders`` names the other enterprise that an account's name (户名) belongs to;
    ``hints`` says for an enterprise without an account whose it may use.
    """

    holders: Mapping[str, str]
    hints: Mapping[str, str]


NO_TENANTS = Tenancy({}, {})


def utility_list(
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
    tenancy: Tenancy = NO_TENANTS,
    progress: Progress = silent,
) -> UtilityList:
    """Return who pays more or less on which account, for the final classes of a run.

    An account that only one enterprise uses is a line.  One that several use is a line
    where all of them pay the same; otherwise it stands apart, for it cannot be charged as
    a whole.  ``on`` is the day (ISO) whose rates count, as of :func:`applied_measures`.
    """
    mine = [meter for meter in meters if meter.utility == utility]
    read = mine if utility in METERED else []
    priced = price_accounts(
        policy,
        evaluation,
        tariff,
        utility,
        read,
        consecutive,
        others=others,
        exempt=exempt,
        on=on,
    )
    relieved = _relief(evaluation, tariff, utility, read, consecutive, others, on)
    lines: dict[tuple[str, str, str, str], ListLine] = {}
    for done, (one, direction) in enumerate(
        [*((p, "surcharge") for p in priced), *((p, "relief") for p in relieved)]
    ):
        if done % STEP == 0:
            progress(done, len(priced) + len(relieved), f"编制{utility}名单")
        line = _line(one, utility, tenancy, relief=direction == "relief")
        lines.setdefault((*line.key, line.uscc), line)
    known = in_one_order(list(lines.values()))
    if utility not in METERED:
        return UtilityList(utility, tuple(known))
    missing = tuple(
        replace(line, remark="；".join(filter(None, (line.remark, tenancy.hints.get(line.uscc)))))
        for line in known
        if line.account is None
    )
    single, shared = _resolved([x for x in known if x.account is not None], mine, evaluation)
    return UtilityList(utility, tuple(in_one_order(single)), missing, tuple(shared))


def _relief(
    evaluation: Evaluation,
    tariff: Tariff,
    utility: str,
    meters: Iterable[Meter],
    consecutive: Mapping[str, int],
    others: Sequence[OtherSurcharge],
    on: str,
) -> list[PricedAccount]:
    """Return one line per account of every enterprise that pays less."""
    letters = tariff.grades_of(utility, "relief")
    accounts: dict[str, list[Meter | None]] = {}
    for known in meters:
        accounts.setdefault(known.uscc, []).append(known)
    found = []
    for row in range(evaluation.size):
        letter, uscc = evaluation.grade[row], evaluation.uscc[row] or ""
        if letter not in letters:
            continue
        years = consecutive.get(uscc, 1)
        for one in applied_measures(tariff, letter, years, uscc=uscc, others=others, on=on):
            rate = one.rate
            if rate.utility != utility or rate.direction != "relief":
                continue
            for meter in accounts.get(uscc) or (None,):
                found.append(
                    PricedAccount(
                        utility,
                        uscc,
                        evaluation.name[row] or "",
                        evaluation.zone[row] or "",
                        meter.account_name if meter else None,
                        meter.account if meter else None,
                        letter,
                        years,
                        rate.amount,
                        rate.unit,
                        rate.starts,
                        rate.ends,
                        document_of(tariff, rate),
                        kind=rate.kind,
                    )
                )
    return found


def _line(one: PricedAccount, utility: str, tenancy: Tenancy, *, relief: bool) -> ListLine:
    priced = one.rate is not None and bool(one.document)
    state: LineState = "charged" if priced else "withheld" if one.withheld else "pending"
    holder = tenancy.holders.get(one.account_name or "", "")
    own = holder in ("", one.enterprise)
    tenant = "" if own else f"户名为{holder}，由{one.enterprise}使用"
    return ListLine(
        account=one.account,
        account_name=one.account_name,
        uscc=one.uscc,
        enterprise=one.enterprise,
        zone=one.zone,
        grade=one.grade,
        years=one.consecutive_years,
        kind=one.kind or RECEIVER_KIND.get(utility, utility),
        direction="relief" if relief else "surcharge",
        rate=one.rate if priced else None,
        unit=one.unit,
        starts=one.starts,
        ends=one.ends,
        document=one.document,
        remark="；".join(filter(None, (one.withheld, tenant))),
        state=state,
    )


def _resolved(
    lines: Sequence[ListLine], meters: Sequence[Meter], evaluation: Evaluation
) -> tuple[list[ListLine], list[SharedLine]]:
    """Part lines of accounts that can be charged as a whole from those that cannot."""
    users: dict[str, dict[str, Meter]] = {}
    for meter in meters:
        users.setdefault(meter.account, {})[meter.uscc] = meter
    by_key: dict[tuple[str, str, str], list[ListLine]] = {}
    for line in lines:
        by_key.setdefault(line.key, []).append(line)
    single, shared = [], []
    for key, held in by_key.items():
        all_users = users.get(key[0], {})
        if len(all_users) < 2:
            single += held
        elif len(held) == len(all_users) and len({(x.terms, x.state) for x in held}) == 1:
            single.append(_joined(held))
        else:
            words = _users(all_users, evaluation)
            shared += [SharedLine(x, all_users[x.uscc].use, words) for x in held]
    return single, shared


def _joined(held: Sequence[ListLine]) -> ListLine:
    """Return one line for several enterprises that share an account at one rate."""
    return replace(
        held[0],
        uscc="、".join(x.uscc for x in held),
        enterprise="、".join(x.enterprise for x in held),
        grade="、".join(dict.fromkeys(x.grade for x in held)),
        years=max(x.years for x in held),
        remark="；".join(dict.fromkeys((*(x.remark for x in held if x.remark), "合用户号"))),
    )


def _users(users: Mapping[str, Meter], evaluation: Evaluation) -> str:
    words = []
    for uscc in sorted(users):
        row = evaluation.row_of(uscc)
        name = uscc if row is None else evaluation.name[row] or uscc
        grade = "" if row is None else evaluation.grade[row]
        words.append(f"{name}（{f'{grade}类' if grade else '没有类别'}）")
    return "、".join(words)
