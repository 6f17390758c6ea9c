"""The shipped rules and the office's own policies as sentences, read in the worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.policy.citations import RuleFile
    from zoneeval_db.policies import OwnPolicy
    from zoneeval_db.workspace import Workspace

POLICY, LADDER, TARIFF, FACTORS = "评价办法", "星级阶梯", "价格表", "折标系数"

_WORDS = {"verified": "已核实", "partial": "部分", "illustrative": "示意"}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, the clause it rests on, and whether its figure is illustrative."""

    text: str
    clause: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences under a heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule file in words; ``certain`` is False for partial and illustrative ones.

    ``status`` says how far it rests on documents, ``word`` says the same in one word.
    """

    key: str
    kind: str
    title: str
    head: str
    status: str
    word: str
    certain: bool
    parts: tuple[Part, ...]
    text: str = ""
    version: int | None = None

    @property
    def is_own(self) -> bool:
        """Tell whether it is kept in the workspace and may be edited."""
        return self.version is not None

    @property
    def id(self) -> str:
        """Return the id without the kind."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class RulesContent:
    """Every own policy, then every shipped policy, ladder, tariff and factor table."""

    rules: tuple[RuleText, ...]

    @property
    def doubtful(self) -> int:
        """Return how many of them do not wholly rest on documents."""
        return sum(not rule.certain for rule in self.rules)


def read_rules(workspace: Workspace | None = None) -> RulesContent:
    """Return all rules in words: own and shipped policies, ladders, tariffs, energy factors."""
    from zoneeval.policy.loader import list_ladders, list_policies, list_tariffs
    from zoneeval_ui.pages.policies.tables import tariff_parts
    from zoneeval_ui.pages.policies.words import policy_parts
    from zoneeval_ui.pages.stars.ladder_words import ladder_parts

    texts = [] if workspace is None else _own(workspace)
    texts += [_text(POLICY, rules, policy_parts(rules)) for rules in list_policies()]
    texts += [_text(LADDER, rules, ladder_parts(rules)) for rules in list_ladders()]
    texts += [_text(TARIFF, rules, tariff_parts(rules)) for rules in list_tariffs()]
    return RulesContent((*texts, _factors()))


def _own(workspace: Workspace) -> list[RuleText]:
    from zoneeval.errors import PolicyError
    from zoneeval.policy.loader import parse_policy
    from zoneeval_db import operations
    from zoneeval_ui.pages.policies.words import policy_parts

    found = []
    for own in operations.own_policies(workspace):
        newest, history = own.newest, _history(own)
        try:
            rules = parse_policy(newest.text, newest.title)
        except PolicyError as error:
            faults = Part("不能使用", (Line(str(error), illustrative=True),))
            found.append(
                RuleText(
                    key=f"{POLICY}:{own.id}",
                    kind=POLICY,
                    title=newest.title,
                    head=own.id,
                    status="有问题，不能使用",
                    word="有问题",
                    certain=False,
                    parts=(history, faults),
                    text=newest.text,
                    version=newest.version,
                )
            )
            continue
        text = _text(POLICY, rules, [history, *policy_parts(rules)])
        found.append(replace(text, version=newest.version))
    return found


def _history(own: OwnPolicy) -> Part:
    lines = []
    for held in own.versions:
        day = held.created_at[:10]
        note = f"：{held.note}" if held.note else ""
        lines.append(Line(f"第 {held.version} 版，{day} 保存{note}"))
    return Part(f"本单位的办法（编号 {own.id}）", tuple(lines))


def _factors() -> RuleText:
    from zoneeval.energy import shipped_factors
    from zoneeval.energy.factors import CONFIDENCE

    table = shipped_factors()
    lines = []
    certain = True
    for kind in table.kinds.values():
        for factor in kind.factors:
            name = kind.label + (f"（{factor.basis}）" if factor.basis else "")
            figure = (
                "须录入" if factor.kgce is None else f"{factor.kgce:.10g} 千克标准煤/{factor.per}"
            )
            sure = factor.confidence == "confirmed"
            certain = certain and sure
            word = "" if factor.kgce is None else f"（{CONFIDENCE[factor.confidence]}）"
            lines.append(Line(f"{name}：{figure}{word}", factor.source, illustrative=not sure))
    return RuleText(
        key=f"{FACTORS}:{table.id}",
        kind=FACTORS,
        title=f"{table.title}（{table.standard}）",
        head=f"系数表 {table.version}，电力按{table.basis}折算",
        status="全部系数已核对" if certain else "部分系数待核对或须录入",
        word="已核实" if certain else "部分",
        certain=certain,
        parts=(Part("说明", (Line(table.note),)), Part("各品种系数", tuple(lines))),
    )


def _text(kind: str, rules: RuleFile, parts: list[Part]) -> RuleText:
    year = f"{rules.year} 年" if rules.year else ""
    head = "，".join(part for part in (rules.issuer, rules.number, year) if part)
    every = [_about(rules), *parts, _missing(rules), _citations(rules)]
    return RuleText(
        key=f"{kind}:{rules.id}",
        kind=kind,
        title=rules.title,
        head=head,
        status=rules.status.label,
        word=_WORDS[rules.status.value],
        certain=rules.status == "verified",
        parts=tuple(part for part in every if part.lines),
        text=getattr(rules, "text", ""),
    )


def _about(rules: RuleFile) -> Part:
    lines = (Line(rules.note),) if rules.note else ()
    return Part("说明", lines)


def _missing(rules: RuleFile) -> Part:
    return Part("还缺什么", tuple(Line(text, illustrative=True) for text in rules.missing))


def _citations(rules: RuleFile) -> Part:
    lines = []
    for cite in rules.citations:
        more = [cite.issuer, cite.published, cite.note]
        lines.append(Line(cite.text, "；".join(part for part in more if part)))
    return Part("引用的文件", tuple(lines) or (Line("没有引用公开文件。", illustrative=True),))
