"""The shipped rules as sentences, read in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.policy.citations import RuleFile

POLICY, LADDER, TARIFF = "评价办法", "星级阶梯", "价格表"

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


@dataclass(frozen=True, slots=True)
class RulesContent:
    """Every shipped policy, ladder and tariff."""

    rules: tuple[RuleText, ...]

    @property
    def doubtful(self) -> int:
        """Return how many of them do not wholly rest on documents."""
        return sum(not rule.certain for rule in self.rules)


def read_rules() -> RulesContent:
    """Return all shipped rules in words: policies, then ladders, then tariffs."""
    from zoneeval.policy.loader import list_ladders, list_policies, list_tariffs
    from zoneeval_ui.pages.policies.tables import ladder_parts, tariff_parts
    from zoneeval_ui.pages.policies.words import policy_parts

    texts = [_text(POLICY, rules, policy_parts(rules)) for rules in list_policies()]
    texts += [_text(LADDER, rules, ladder_parts(rules)) for rules in list_ladders()]
    texts += [_text(TARIFF, rules, tariff_parts(rules)) for rules in list_tariffs()]
    return RulesContent(tuple(texts))


def _text(kind: str, rules: RuleFile, parts: list[Part]) -> RuleText:
    head = "，".join(part for part in (rules.issuer, rules.number, f"{rules.year} 年") if part)
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
