"""What a workbook says about the run it shows, and about the rules behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zoneeval.policy.citations import RuleFile
from zoneeval.policy.schema import Policy
from zoneeval.report.workbook.columns import MISSING, Section


@dataclass(frozen=True)
class RunHeader:
    """Which run a workbook shows; ``run_id`` is None for a table that was only scored."""

    run_id: int | None
    year: int | None
    zones: tuple[str, ...]
    dataset_version: int | None
    dataset_fingerprint: str
    created_at: str
    engine_version: str
    workspace: str

    @property
    def year_words(self) -> str:
        """Return 2024年度, or "" where no year is known."""
        return f"{self.year}年度" if self.year else ""

    @property
    def zone_words(self) -> str:
        """Return the zones in words: one by name, several as a count."""
        named = [zone for zone in self.zones if zone]
        if not named:
            return ""
        return named[0] if len(named) == 1 else f"{named[0]}等 {len(named)} 个园区"

    @property
    def time_words(self) -> str:
        """Return date and minute of the run, without zone and seconds."""
        return self.created_at.replace("T", " ")[:16] or MISSING


def titled(header: RunHeader, what: str) -> str:
    """Return a title such as 2024年度东湾集聚区企业分类名单."""
    zone = header.zone_words if len(header.zones) == 1 else ""
    return f"{header.year_words}{zone}{what}"


def document_words(rules: RuleFile) -> str:
    """Return title and number of a rule file; without a document there are no book marks."""
    if not rules.citations:
        return rules.title
    title = rules.title if rules.title.startswith("《") else f"《{rules.title}》"
    return f"{title}（{rules.number}）" if rules.number else title


def run_note(header: RunHeader, policy: Policy) -> str:
    """Return the line that says which run and policy a list rests on."""
    parts = [f"依据：{document_words(policy)}"]
    if header.zone_words:
        parts.append(f"园区：{header.zone_words}")
    if header.run_id is not None:
        parts.append(f"评价批次：第 {header.run_id} 号")
    parts.append(f"生成时间：{header.time_words}")
    return "　".join(parts)


def status_alerts(rules: RuleFile, has_illustrative: bool, what: str = "本办法") -> tuple[str, ...]:
    """Return the amber lines for rules that do not wholly rest on documents."""
    lines = []
    if rules.status == "illustrative":
        lines.append(f"{what}为示意，数值不是官方公布的，不能作为正式结果使用。")
    elif rules.status == "partial":
        count = f"（缺 {len(rules.missing)} 项）" if rules.missing else ""
        lines.append(f"{what}部分内容未见原文{count}，结果仅供试算。")
    if has_illustrative and rules.status != "illustrative":
        lines.append("计算中用到的部分数值未见公布，标为“示意”，正式使用前须按文件核定。")
    return tuple(lines)


def rule_section(rules: RuleFile, what: str) -> Section:
    """Return who issued the rules, their number, state and fingerprint."""
    facts = [
        ("名称", rules.title),
        ("发文机关", rules.issuer or MISSING),
        ("文号", rules.number or MISSING),
        ("年份", str(rules.year) if rules.year else MISSING),
        ("核实状态", rules.status.label),
    ]
    if rules.note:
        facts.append(("备注", rules.note))
    return Section(what, tuple(facts))


def list_section(heading: str, lines: Sequence[str], none: str) -> Section:
    """Return numbered lines, or the sentence for there being none."""
    if not lines:
        return Section(heading, (("无", none),))
    return Section(heading, tuple((f"第 {i} 条", line) for i, line in enumerate(lines, 1)))


def citation_section(rules: RuleFile) -> Section:
    """Return every cited document with what is known of it."""
    facts = []
    for i, cite in enumerate(rules.citations, 1):
        more = [cite.issuer, cite.published]
        if cite.confidence:
            more.append(f"来源：{cite.origin}")
        if cite.note:
            more.append(cite.note)
        words = "；".join(part for part in more if part)
        facts.append((f"文件 {i}", f"{cite.text}{'。' + words if words else ''}"))
    return Section("引用的文件", tuple(facts) or (("无", "没有引用公开文件。"),))
