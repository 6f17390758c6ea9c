"""What would be on a utility's list now: made from a run's final classes, not yet issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.progress import Progress, silent, span
from zoneeval.workdays import iso_date
from zoneeval_db.acting.issued_lists import last_issued
from zoneeval_db.acting.measures import others_of, used_by
from zoneeval_db.acting.tariffs import class_years, find_tariff
from zoneeval_db.data.details import parcels
from zoneeval_db.data.successions import newest_codes
from zoneeval_db.deciding.final_grades import final_run
from zoneeval_db.evaluating.exporting import run_meters

if TYPE_CHECKING:
    from zoneeval.engine.acting.listing import Tenancy
    from zoneeval.model.records import Meter, Parcel
    from zoneeval.model.utility_list import ListChanges, UtilityList
    from zoneeval.policy.tariff import Tariff
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult


@dataclass(frozen=True, eq=False)
class DraftList:
    """A list that was not issued, with what it would change against the one in force."""

    run: RunResult
    tariff: Tariff
    content: UtilityList
    changes: ListChanges


def draft_lists(
    ws: Workspace,
    tariff_ref: str | Path,
    run_id: int | None = None,
    utilities: Sequence[str] | None = None,
    *,
    on: str | None = None,
    progress: Progress = silent,
) -> dict[str, DraftList]:
    """Return the list of each utility (None: of each that the tariff names).

    ``run_id`` None takes the run that lists are made from; ``on`` is the day (ISO) whose
    rates and other surcharges count.  Raises PolicyError where there is no such tariff,
    InputError where there is no such run or utility.
    """
    from zoneeval.engine.acting.estimate import exemptions
    from zoneeval.engine.acting.list_changes import list_changes
    from zoneeval.engine.acting.listing import utility_list

    tariff = find_tariff(ws, tariff_ref)
    names = tariff.utilities if utilities is None else tuple(utilities)
    for name in names:
        if name not in tariff.utilities:
            raise InputError(
                f"价格表“{tariff.title}”中没有“{name}”。可选：{'、'.join(tariff.utilities)}。"
            )
    day = str(iso_date(on, "执行日期")) if on else ""
    progress(0, 1000, "读取评价结果")
    run = final_run(ws, run_id)
    meters, others = run_meters(ws, run), others_of(ws, run)
    years = class_years(ws, run.info.id, tariff)
    exempt, _ = exemptions(tariff, used_by(run))
    codes = newest_codes(ws)
    found = {}
    for at, name in enumerate(names):
        content = utility_list(
            run.policy,
            run.evaluation,
            tariff,
            name,
            meters,
            years,
            others=others,
            exempt=exempt,
            on=day,
            tenancy=_tenancy(ws, run, name, meters),
            progress=span(progress, 0.2 + 0.8 * at / len(names), 0.2 + 0.8 * (at + 1) / len(names)),
        )
        last = last_issued(ws, name, run.info.zone)
        changes = list_changes(
            last.content if last else None,
            content,
            run.evaluation,
            against=last.id if last else None,
            document=last.document if last else "",
            codes=codes,
        )
        found[name] = DraftList(run, tariff, content, changes)
    return found


def _tenancy(ws: Workspace, run: RunResult, utility: str, meters: Sequence[Meter]) -> Tenancy:
    from zoneeval.engine.acting.listing import Tenancy
    from zoneeval.intake.names import normalised_name

    names = {str(code): str(name or code) for code, name in _named(run)}
    by_name = {normalised_name(name): code for code, name in names.items()}
    mine = [meter for meter in meters if meter.utility == utility]
    holders = {}
    for meter in mine:
        owner = by_name.get(normalised_name(meter.account_name or ""))
        if owner is not None and owner != meter.uscc and meter.account_name:
            holders[meter.account_name] = names[owner]
    accounts: dict[str, list[str]] = {}
    for meter in mine:
        accounts.setdefault(meter.uscc, []).append(meter.account)
    hints = {}
    for tenant, landlords in _landlords(run, parcels(ws, run.info.dataset_id)).items():
        words = [
            f"{names.get(lord, lord)}（户号 {'、'.join(sorted(accounts[lord]))}）"
            for lord in sorted(landlords)
            if lord in accounts
        ]
        if words and tenant not in accounts:
            hints[tenant] = f"可能使用{'、'.join(words)}，请核实"
    return Tenancy(holders, hints)


def _named(run: RunResult) -> list[tuple[str | None, str | None]]:
    evaluation = run.evaluation
    return list(zip(evaluation.uscc.tolist(), evaluation.name.tolist(), strict=True))


def _landlords(run: RunResult, held: Sequence[Parcel]) -> Mapping[str, set[str]]:
    """Return by tenant who lets land to it: of the same certificate, or of the same group."""
    merging = run.evaluation.inputs.merging
    now = {step.old: step.new for step in merging.successors}
    owners: dict[str, set[str]] = {}
    for parcel in held:
        if parcel.certificate and (parcel.registered or parcel.leased_out):
            owners.setdefault(parcel.certificate, set()).add(now.get(parcel.uscc, parcel.uscc))
    found: dict[str, set[str]] = {}
    for parcel in held:
        code = now.get(parcel.uscc, parcel.uscc)
        if parcel.certificate and parcel.leased_in:
            found.setdefault(code, set()).update(owners.get(parcel.certificate, set()) - {code})
    for group in merging.groups:
        if group.kind == "tenants":
            for member in group.members:
                found.setdefault(member, set()).add(group.lead)
    return found
