"""The ladders for reading, read in the worker: own ones with all versions, then shipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval.errors import PolicyError

if TYPE_CHECKING:
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.policies.content import Part


@dataclass(frozen=True, eq=False)
class LadderText:
    """One ladder: its text, and in words what it says; ``faults`` where it cannot be used.

    ``version`` is None for a shipped one; ``confirmed`` names document and day.
    """

    id: str
    title: str
    text: str
    status: str
    head: str
    parts: tuple[Part, ...]
    version: int | None = None
    confirmed: str = ""
    document: str = ""
    faults: str = ""
    certain: bool = False

    @property
    def is_own(self) -> bool:
        """Tell whether the office made it."""
        return self.version is not None

    @property
    def ref(self) -> str:
        """Return what names this version."""
        return self.id if self.version is None else f"{self.id}@{self.version}"

    @property
    def state(self) -> str:
        """Return 随程序提供, 草稿 or 已确认."""
        if not self.is_own:
            return "随程序提供"
        return "已确认" if self.confirmed else "草稿"


def read_ladders(ws: Workspace) -> list[LadderText]:
    """Return every version of the own ladders, newest first, then the shipped ones."""
    from zoneeval.policy.loader import list_ladders, parse_ladder
    from zoneeval_db import operations
    from zoneeval_ui.pages.wording import full_time

    confirmed = operations.confirmed_ladders(ws)
    out = []
    for own in operations.own_ladders(ws):
        for held in own.versions:
            saved = f"第 {held.version} 版，{full_time(held.created_at)} 保存"
            head = f"{saved}：{held.note}" if held.note else saved
            agreed = confirmed.get(held.ref)
            words = f"{full_time(agreed.confirmed_at)} 按“{agreed.document}”确认" if agreed else ""
            try:
                ladder = parse_ladder(held.text)
            except PolicyError as error:
                out.append(
                    LadderText(
                        *(held.id, held.title, held.text, "有问题", head, ()),
                        version=held.version,
                        faults=str(error),
                    )
                )
                continue
            out.append(_text(ladder, head, held.version, words))
    return [*out, *(_text(ladder, ladder.scope) for ladder in list_ladders())]


def _text(ladder: Ladder, head: str, version: int | None = None, confirmed: str = "") -> LadderText:
    from zoneeval_ui.pages.policies.content import Line, Part
    from zoneeval_ui.pages.stars.ladder_words import ladder_parts

    parts = ladder_parts(ladder)
    if ladder.note:
        parts = [*parts, Part("说明", (Line(ladder.note),))]
    if ladder.missing:
        lines = tuple(Line(words, illustrative=True) for words in ladder.missing)
        parts = [*parts, Part("没有见到的内容", lines)]
    number = f"（{ladder.number}）" if ladder.number else ""
    return LadderText(
        ladder.id,
        ladder.title,
        ladder.text,
        ladder.status.label,
        head,
        tuple(parts),
        version,
        confirmed,
        f"{ladder.title}{number}",
        certain=ladder.status.value == "verified" and (version is None or bool(confirmed)),
    )
