"""The shipped rules and the office's own policies as sentences, read in the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from zoneeval.policy.citations import RuleFile

if TYPE_CHECKING:
    from zoneeval_db.evaluating.policies import OwnPolicy
    from zoneeval_db.storage.rule_versions import OwnRules
    from zoneeval_db.storage.workspace import Workspace

File = TypeVar("File", bound=RuleFile)

POLICY, LADDER, TARIFF, FACTORS = "评价办法", "星级阶梯", "价格表", "折标系数"
_SHORT = {POLICY: "办法", LADDER: "阶梯", TARIFF: "价格表"}
HOMES = {LADDER: "园区星级—阶梯", TARIFF: "名单与政策—政策与测算"}
"""Where the rules of a kind are edited, where that is not on this page."""

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
        """Tell whether it is kept in the workspace."""
        return self.version is not None

    @property
    def home(self) -> str:
        """Return where it is edited, "" for what is edited here or not at all."""
        return HOMES.get(self.kind, "")

    @property
    def ref(self) -> str:
        """Return what names this version: id, or id@number of an own one."""
        return self.id if self.version is None else f"{self.id}@{self.version}"

    @property
    def id(self) -> str:
        """Return the id without the kind."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class RulesContent:
    """Every policy, ladder and tariff, own ones before the shipped, then the factor table."""

    rules: tuple[RuleText, ...]

    @property
    def doubtful(self) -> int:
        """Return how many of them do not wholly rest on documents."""
        return sum(not rule.certain for rule in self.rules)


def read_rules(workspace: Workspace | None = None) -> RulesContent:
    """Return all rules in words: policies, ladders and tariffs, own ones first, energy factors."""
    from zoneeval.policy.loader import (
        list_ladders,
        list_policies,
        list_tariffs,
        parse_ladder,
        parse_policy,
        parse_tariff,
    )
    from zoneeval_ui.pages.policies.tables import tariff_parts
    from zoneeval_ui.pages.policies.words import policy_parts
    from zoneeval_ui.pages.stars.ladder_words import ladder_parts

    own = _Own() if workspace is None else _read_own(workspace)
    return RulesContent(
        (
            *_own(POLICY, own.policies, parse_policy, policy_parts),
            *(_text(POLICY, rules, policy_parts(rules)) for rules in list_policies()),
            *_own(LADDER, own.ladders, parse_ladder, ladder_parts, own.confirmed),
            *(_text(LADDER, rules, ladder_parts(rules)) for rules in list_ladders()),
            *_own(TARIFF, own.tariffs, parse_tariff, tariff_parts),
            *(_text(TARIFF, rules, tariff_parts(rules)) for rules in list_tariffs()),
            _factors(),
        )
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """What the workspace keeps; ``confirmed`` says of ladders (id@version) by which document."""

    policies: Sequence[OwnPolicy] = ()
    ladders: Sequence[OwnRules] = ()
    tariffs: Sequence[OwnRules] = ()
    confirmed: Mapping[str, str] = field(default_factory=dict)


def _read_own(ws: Workspace) -> _Own:
    from zoneeval_db import operations

    confirmed = {ref: one.document for ref, one in operations.confirmed_ladders(ws).items()}
    return _Own(
        operations.own_policies(ws),
        operations.own_ladders(ws),
        operations.own_tariffs(ws),
        confirmed,
    )


def _own(
    kind: str,
    held: Sequence[OwnPolicy | OwnRules],
    parse: Callable[[str, str], File],
    parts: Callable[[File], list[Part]],
    confirmed: Mapping[str, str] | None = None,
) -> list[RuleText]:
    """Return the newest versions of own rules in words; of what has faults, the faults."""
    from zoneeval.errors import PolicyError

    found = []
    for own in held:
        newest, history = own.newest, _history(kind, own)
        if confirmed is not None:
            document = confirmed.get(f"{own.id}@{newest.version}", "")
            words = (
                f"最新一版已按“{document}”确认。" if document else "最新一版是草稿，还没有确认。"
            )
            line = Line(words, illustrative=not document)
            history = replace(history, lines=(*history.lines, line))
        try:
            rules = parse(newest.text, newest.title)
        except PolicyError as error:
            faults = Part("不能使用", (Line(str(error), illustrative=True),))
            found.append(
                RuleText(
                    key=f"{kind}:{own.id}",
                    kind=kind,
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
        text = _text(kind, rules, [history, *parts(rules)])
        found.append(replace(text, version=newest.version))
    return found


def _history(kind: str, own: OwnPolicy | OwnRules) -> Part:
    lines = []
    for held in own.versions:
        day = held.created_at[:10]
        note = f"：{held.note}" if held.note else ""
        lines.append(Line(f"第 {held.version} 版，{day} 保存{note}"))
    return Part(f"本单位的{_SHORT[kind]}（编号 {own.id}）", tuple(lines))


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
