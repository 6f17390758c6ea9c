"""Tenants of one parcel, companies of one group: evaluated as one, marked per year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from zoneeval.errors import InputError
from zoneeval.identifiers import normalise_code
from zoneeval.model.merging import GROUP_WORDS, GroupKind, MergedGroup, Merging
from zoneeval.model.records import Parcel
from zoneeval_db.data.aliases import name_of
from zoneeval_db.data.datasets import latest_dataset
from zoneeval_db.data.details import parcels
from zoneeval_db.data.successions import successors_in

if TYPE_CHECKING:
    from zoneeval.model.dataset import Dataset
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Party:
    """One enterprise of a group."""

    uscc: str
    name: str


@dataclass(frozen=True, slots=True)
class MarkedGroup:
    """Enterprises that one year evaluates in the row of ``lead``."""

    year: int
    lead: Party
    members: tuple[Party, ...]
    kind: GroupKind
    note: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the group in the shape of the command line's contract."""
        return {
            "year": self.year,
            "kind": self.kind,
            "note": self.note,
            "lead": {"uscc": self.lead.uscc, "name": self.lead.name},
            "members": [{"uscc": m.uscc, "name": m.name} for m in self.members],
        }


def merged_groups(ws: Workspace, year: int) -> list[MarkedGroup]:
    """Return the groups of a year, by the lead's code."""
    found = ws.conn.execute(
        "SELECT lead_uscc, uscc, kind, note FROM merged_member WHERE year = ?"
        " ORDER BY lead_uscc, uscc",
        (year,),
    ).fetchall()
    groups: dict[str, MarkedGroup] = {}
    for lead, code, kind, note in found:
        member = Party(code, name_of(ws, code))
        before = groups.get(lead)
        members = (*before.members, member) if before else (member,)
        groups[lead] = MarkedGroup(year, Party(lead, name_of(ws, lead)), members, kind, note)
    return list(groups.values())


def mark_merged(
    ws: Workspace, year: int, lead: str, members: Sequence[str], kind: str, note: str = ""
) -> MarkedGroup:
    """Mark enterprises of a year to be evaluated in the row of ``lead``.

    The members given are all members of the lead: a second call replaces the first.
    Raises InputError where an enterprise has no data in the year, is in another group or
    in another zone than the lead.
    """
    if kind not in get_args(GroupKind):
        words = "、".join(f"{k}（{w}）" for k, w in GROUP_WORDS.items())
        raise InputError(f"合并评价的种类“{kind}”无法识别，可选：{words}。")
    head = normalise_code(lead)
    codes = list(dict.fromkeys(normalise_code(member) for member in members))
    if not codes:
        raise InputError("没有写并入的企业。请至少选择一户。")
    if head in codes:
        raise InputError("牵头企业不能同时是并入的企业。请从并入的企业中去掉它。")
    zones = _zones(ws, year, [head, *codes])
    for code in codes:
        if zones[code] != zones[head]:
            raise InputError(
                f"{name_of(ws, code)}在“{zones[code] or '未写园区'}”，{name_of(ws, head)}在"
                f"“{zones[head] or '未写园区'}”，不在同一园区的不能合并评价。"
            )
    groups = merged_groups(ws, year)
    for group in groups:
        inside = {m.uscc for m in group.members}
        if head in inside:
            raise InputError(
                f"{name_of(ws, head)}已并入{group.lead.name}评价，不能再牵头。请先取消原来的合并。"
            )
        for code in codes:
            if code == group.lead.uscc or (code in inside and group.lead.uscc != head):
                raise InputError(
                    f"{name_of(ws, code)}已在{group.lead.name}的合并评价中，"
                    "一户企业只能属于一组。请先取消原来的合并。"
                )
    before = next((g for g in groups if g.lead.uscc == head), None)
    with ws.operation(f"{year} 年合并评价：{name_of(ws, head)}等 {len(codes) + 1} 户") as op:
        for party in before.members if before else ():
            if party.uscc not in codes:
                op.write("merged_member", {"year": year, "uscc": party.uscc}, None)
        for code in codes:
            op.write(
                "merged_member",
                {"year": year, "uscc": code},
                {"lead_uscc": head, "kind": kind, "note": note or None},
            )
    return next(g for g in merged_groups(ws, year) if g.lead.uscc == head)


def unmark_merged(ws: Workspace, year: int, uscc: str) -> None:
    """Dissolve the group that an enterprise leads, or take it out of its group."""
    code = normalise_code(uscc)
    gone = [
        m.uscc for g in merged_groups(ws, year) for m in g.members if code in (m.uscc, g.lead.uscc)
    ]
    if not gone:
        raise InputError(f"{year} 年没有把{name_of(ws, code)}标为合并评价。请核对年度和信用代码。")
    with ws.operation(f"取消 {year} 年{name_of(ws, code)}的合并评价") as op:
        for member in gone:
            op.write("merged_member", {"year": year, "uscc": member}, None)


def merging_of(ws: Workspace, dataset_id: int, dataset: Dataset) -> Merging:
    """Return what of a year's data is joined before it is evaluated."""
    year = dataset.year or 0
    codes = [str(code) for code in dataset.text("uscc") if code]
    successors = successors_in(ws, year, codes)
    now = {step.old: step.new for step in successors}
    present = {now.get(code, code) for code in codes}
    groups = []
    for marked in merged_groups(ws, year):
        lead = now.get(marked.lead.uscc, marked.lead.uscc)
        inside = dict.fromkeys(now.get(m.uscc, m.uscc) for m in marked.members)
        members = tuple(code for code in inside if code in present and code != lead)
        if members:
            land = parcels(ws, dataset_id)
            shared = leased_within(land, {lead, *members}, now)
            groups.append(MergedGroup(lead, members, marked.kind, shared))
    return Merging(successors, tuple(groups))


def leased_within(
    land: Iterable[Parcel], codes: set[str], now: dict[str, str] | None = None
) -> float:
    """Return the 亩 that one leases in on a parcel registered to another and not declared out.

    Parcels are the same where their certificates are; the lessor's declared lease of that
    parcel is taken off first.
    """
    now = now or {}
    by_certificate: dict[str, list[Parcel]] = {}
    for parcel in land:
        if parcel.certificate and now.get(parcel.uscc, parcel.uscc) in codes:
            by_certificate.setdefault(parcel.certificate, []).append(parcel)
    total = 0.0
    for same in by_certificate.values():
        owners = {p.uscc for p in same if p.registered}
        leased_in = sum(p.leased_in or 0.0 for p in same if owners - {p.uscc})
        leased_out = sum(p.leased_out or 0.0 for p in same if p.uscc in owners)
        total += max(0.0, leased_in - leased_out)
    return round(total, 6)


def _zones(ws: Workspace, year: int, codes: Sequence[str]) -> dict[str, str | None]:
    version = latest_dataset(ws, year)
    if version is None:
        raise InputError(f"工作文件中没有 {year} 年的企业数据。请先导入，再标合并评价。")
    held = dict(
        ws.conn.execute(
            "SELECT e.uscc, v.text FROM dataset_enterprise e LEFT JOIN dataset_value v"
            " ON v.dataset_id = e.dataset_id AND v.uscc = e.uscc AND v.field = 'zone'"
            " WHERE e.dataset_id = ?",
            (version.id,),
        ).fetchall()
    )
    for code in codes:
        if code not in held:
            raise InputError(
                f"{year} 年的数据中没有{name_of(ws, code)}（{code}）。请核对信用代码。"
            )
    return {code: held[code] for code in codes}
