"""Reward schemes as data: what is paid for a star, its first attainment, or a title."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from zoneeval.model.standing import LEVEL_WORDS
from zoneeval.policy.citations import Rule, RuleFile
from zoneeval.policy.faults import Fault, Path, key_of, line_of

Trigger = Literal["hold", "first", "title"]


class Award(Rule):
    """One amount: for holding ``level``, for reaching any of ``levels`` first, for ``title``.

    ``times`` is how many there were in the year, None where the document names none.
    """

    trigger: Trigger
    level: Annotated[int, Field(ge=0)] | None = None
    levels: tuple[int, ...] = ()
    title: str = ""
    amount: Annotated[float, Field(gt=0)]
    times: int | None = None
    cite: str = ""
    illustrative: bool = False
    note: str = ""


class RewardScheme(RuleFile):
    """A government's rewards for the star years from ``valid_from`` to ``valid_to``.

    ``confirmed_to`` is the last year for which a document is known to apply it: after
    that what it pays is not certain.  ``combine`` says what a zone with several awards
    gets: all, the highest, or "unknown" where the document was not seen.
    """

    valid_from: int
    valid_to: int | None = None
    confirmed_to: int | None = None
    unit: str = "万元"
    combine: Literal["all", "highest", "unknown"] = "unknown"
    payer: str = ""
    scope: str = ""
    awards: Annotated[tuple[Award, ...], Field(min_length=1)]
    fingerprint: str = ""
    text: str = Field(default="", repr=False)

    def valid_in(self, year: int) -> bool:
        """Tell whether it rewards the stars of a year."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


def reward_faults(scheme: RewardScheme, index: dict[Path, int]) -> list[Fault]:
    """Return every fault that a scheme's sections have together."""
    faults: list[Fault] = []
    cited = {c.id for c in scheme.citations}

    def add(path: Path, message: str, suggestion: str = "") -> None:
        faults.append(Fault(key_of(path), line_of(path, index), message, suggestion))

    if scheme.valid_to is not None and scheme.valid_to < scheme.valid_from:
        add(("valid_to",), "早于 valid_from", "止于的年度不能早于起始年度")
    held: dict[int, float] = {}
    for number, award in enumerate(scheme.awards):
        here: Path = ("awards", number)
        if award.trigger == "hold" and award.level is None:
            add((*here, "level"), "没有写星级", "按星级发放的奖励要写 level")
        if award.trigger != "hold" and award.level is not None:
            add((*here, "level"), "只有 hold 才写 level", "首次达到的星级写在 levels")
        if award.trigger == "first" and not award.levels:
            add((*here, "levels"), "没有写首次达到的星级", "如 levels = [1, 2, 3]")
        if award.trigger == "title" and not award.title:
            add((*here, "title"), "没有写称号", "请写明称号")
        for level in (*award.levels, *(() if award.level is None else (award.level,))):
            if not 0 <= level < len(LEVEL_WORDS):
                add(here, f"星级 {level} 不在 0 到 {len(LEVEL_WORDS) - 1} 之间")
        if award.level is not None:
            if award.level in held:
                add((*here, "level"), f"{award.level} 星写了两次", "请删去一处")
            held[award.level] = award.amount
        if award.cite and award.cite not in cited:
            add((*here, "cite"), f"依据“{award.cite}”没有在 citations 中列出")
        if not award.cite and not award.illustrative:
            add(here, "没有写依据", "写上 cite，没有公布的写 illustrative = true")
    return faults
