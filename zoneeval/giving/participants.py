"""参评名单: who takes part by the policy, and a place for decisions made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zoneeval.giving.departments import find_template
from zoneeval.giving.form import Form, make_form
from zoneeval.giving.item import Item
from zoneeval.model.evaluation import Participation
from zoneeval.model.inputs import DECISION_WORDS, ParticipationDecision

SHEET = "参评名单"


@dataclass(frozen=True, slots=True)
class Participant:
    """One enterprise: what the policy alone says, and what was decided by hand."""

    uscc: str
    name: str
    zone: str
    scale: str
    participation: Participation
    reasons: tuple[str, ...] = ()
    decision: ParticipationDecision | None = None

    @property
    def outcome(self) -> str:
        """Return whether the enterprise takes part, decision included."""
        if self.decision is not None and self.decision.decision == "out":
            return "不参评"
        if self.participation is Participation.EVALUATED or self.decision is not None:
            return "参评"
        return "待核" if self.participation is Participation.UNDECIDED else "不参评"


def write_participants(
    path: Path, year: int, zone: str, policy: str, participants: Sequence[Participant]
) -> None:
    """Write the list; filled in, it is imported like any other workbook.

    Raises:
        UserError: the file cannot be written.
    """
    from zoneeval.report.workbook.save import check_name, save_atomically

    check_name(path)
    own = find_template(SHEET)
    columns = {item.key: item for item in own.items}
    items = (
        Item("number", "序号", kind="given", width=6),
        columns["uscc"],
        replace(columns["name"], width=34),
        Item("zone", "园区", kind="given", width=22),
        Item("scale", "规模", kind="given", width=8),
        Item("computed", "按办法", kind="given", width=10),
        Item("why", "不参评的原因", kind="given", width=32),
        Item("outcome", "目前结果", kind="given", width=10),
        columns["decision"],
        columns["decision_reason"],
        columns["document"],
    )
    rows = [_row(number, one) for number, one in enumerate(participants, 1)]
    by_hand = sum(one.decision is not None for one in participants)
    taking = sum(one.outcome == "参评" for one in participants)
    form = Form(
        name=SHEET,
        title=f"{year}年度{zone}企业分类评价参评名单",
        items=items,
        lines=(
            f"依据：{policy}　　共 {len(participants)} 户，参评 {taking} 户，"
            f"其中人工决定 {by_hand} 条",
            "需要人工决定的，在“人工决定”一列选“参评”或“不参评”并写明理由，保存后导入本表；"
            "没有的留空。",
        ),
        rules=own.rules,
        rows=rows,
        ready_rows=0,
    )
    book = make_form(form)
    save_atomically(book, path)


def _row(number: int, one: Participant) -> tuple[float | str | None, ...]:
    made = one.decision
    return (
        number,
        one.uscc,
        one.name,
        one.zone,
        one.scale,
        one.participation.label,
        "；".join(one.reasons),
        one.outcome,
        DECISION_WORDS[made.decision] if made else None,
        made.reason if made else None,
        made.document if made else None,
    )
