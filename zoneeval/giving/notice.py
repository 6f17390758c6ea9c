"""企业评价告知书: what one enterprise is told about its class, as words and tables.

The same content goes into a Word document (:mod:`zoneeval.giving.notice_word`) and
into the page that is printed (:func:`notice_html`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from zoneeval import engine
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation, Participation, Quota
from zoneeval.model.explanation import Explanation
from zoneeval.model.fields import FIELDS, label_of, unit_of
from zoneeval.model.records import SourceCell
from zoneeval.policy.findings import COMPOSITE
from zoneeval.policy.resolve import resolved
from zoneeval.policy.schema import Indicator, Policy
from zoneeval.policy.wording import missing_words

HEADINGS = ("指标", "数值", "基准值", "权重", "得分", "依据条款", "来源表格")
WIDTHS = (37.0, 21.0, 21.0, 14.0, 14.0, 20.0, 33.0)
RIGHT = frozenset({1, 2, 3, 4})
MISSING = "—"
INDENT = "　　"
BLANK_DATE = "　　　　年　　月　　日"
ILLUSTRATIVE = "示意"
WARNING = "本件含示意数值（未见公布，为试算所设），仅供试算和核对，不作为正式告知。"


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything the notice to one enterprise says, in the order in which it says it.

    ``facts`` and ``result`` are pairs of a label and its words; ``warning`` is empty
    unless a figure is illustrative.
    """

    title: str
    name: str
    uscc: str
    warning: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    sentence: str
    rows: tuple[tuple[str, ...], ...]
    result: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    objection: tuple[str, ...]
    signature: tuple[str, str]
    adjusted: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when and where to object, who signs, and why a class was changed by hand.

    ``closed`` is said in place of a period that is over; what is "" is left blank.
    """

    until: str = ""
    closed: str = ""
    receiver: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    issuer: str = ""
    on: str = ""
    adjusted: str = ""

    @property
    def objection(self) -> tuple[str, ...]:
        """Return how to object, in sentences."""
        to = self.receiver or "　　　　　　　　　　　　（受理单位）"
        said = (
            f"贵单位对评价结果有异议的，请于{self.until or BLANK_DATE}前，向{to}"
            "书面提出，写明有异议的数据或者条款，并附证明材料。"
        )
        if self.closed:
            said = f"{self.closed}贵单位对评价结果有疑问的，请向{to}咨询。"
        elif self.until:
            said = said.replace("前，向", "前（含当日），向")
        contact, phone = self.contact or "　" * 7, self.phone or "　" * 9
        return said, f"联系人：{contact}　联系电话：{phone}　地址：{self.address}"

    @property
    def signature(self) -> tuple[str, str]:
        """Return who signs, and when."""
        return self.issuer or "（评价单位盖章）", self.on or BLANK_DATE


NO_TERMS = Terms()


class _Clauses:
    """The clauses that were named, numbered in the order in which they came."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.words: list[str] = []

    def mark(self, *cites: str, illustrative: bool = False) -> str:
        """Return how a cell refers to clauses: 〔1〕, 示意〔1〕, 示意, or —."""
        marks = []
        for cite in dict.fromkeys(cites):
            text = self._policy.clause(cite)
            if not text:
                continue
            if text not in self.words:
                self.words.append(text)
            marks.append(f"〔{self.words.index(text) + 1}〕")
        return f"{ILLUSTRATIVE if illustrative else ''}{''.join(marks)}" or MISSING


def notice_of(
    policy: Policy,
    evaluation: Evaluation,
    row: int,
    sources: Mapping[str, SourceCell],
    dataset: Dataset,
    run_id: int,
    terms: Terms = NO_TERMS,
) -> Notice:
    """Return the notice to the enterprise in ``row`` of an evaluation."""
    tree = engine.explain(policy, evaluation, row, sources, dataset)
    policy = resolved(policy, evaluation.year)
    track = policy.track(evaluation.track[row]) if evaluation.track[row] else None
    clauses = _Clauses(policy)
    rows, notes = [], []
    for item in track.indicators if track is not None else ():
        if math.isnan(evaluation.weights[item.key][row]):
            continue
        rows.append(_row(item, evaluation, row, clauses, _tables(tree, item, sources)))
        if math.isnan(evaluation.values[item.key][row]):
            notes.append(f"“{item.shown_label}”缺数据，{missing_words(item)}。")
    grade = evaluation.grade[row]
    known = policy.grade(grade) if grade else None
    state = Participation(evaluation.participation[row])
    shown = f"{grade} 类（{known.name}）" if known is not None else "未分类"
    year = evaluation.year
    facts = [
        ("统一社会信用代码", str(evaluation.uscc[row] or MISSING)),
        ("所在园区", str(evaluation.zone[row] or MISSING)),
        ("评价年度", f"{year} 年度" if year is not None else MISSING),
        ("参评状态", state.label),
        ("评价办法", f"《{policy.title}》" + (f"（{policy.number}）" if policy.number else "")),
    ]
    result = _result(tree, evaluation, row) if rows else []
    if grade and track is not None:
        cite = str(getattr(track.grading, "cite", ""))
        doubtful = bool(getattr(track.grading, "illustrative", False))
        rests_on = "人工调整" if terms.adjusted else clauses.mark(cite, illustrative=doubtful)
        result.append(("类别", f"{shown}　依据 {rests_on}"))
    if clauses.words:
        listed = "；".join(f"〔{i}〕{text}" for i, text in enumerate(clauses.words, 1))
        notes.insert(0, f"依据：{listed}。")
    if policy.has_illustrative:
        notes.append(f"标“{ILLUSTRATIVE}”的数值未见公布，为试算所设。")
    notes.append(f"本件出自第 {run_id} 次评价。")
    name = str(evaluation.name[row] or evaluation.uscc[row] or "企业")
    return Notice(
        title="企业评价告知书",
        name=name,
        uscc=str(evaluation.uscc[row] or ""),
        warning=WARNING if policy.has_illustrative else "",
        opening=f"依照《{policy.title}》，现将贵单位 {facts[2][1]}的评价结果告知如下：",
        facts=tuple(facts),
        sentence=(f"评价类别：{shown}。" if grade else "") + engine.why(policy, evaluation, row),
        rows=tuple(rows),
        result=tuple(result),
        notes=tuple(notes),
        objection=terms.objection,
        signature=terms.signature,
        adjusted=terms.adjusted,
    )


def _row(
    item: Indicator, evaluation: Evaluation, row: int, clauses: _Clauses, tables: str
) -> tuple[str, ...]:
    """Return one line of the table; an illustrative figure says so in words."""
    rule = item.benchmark
    doubtful = item.illustrative or rule.illustrative
    mark = figure(evaluation.benchmarks[item.key][row], item.is_share)
    weight = figure(evaluation.weights[item.key][row])
    unit = f"（{item.shown_unit}）" if item.shown_unit else ""
    return (
        f"{item.shown_label}{unit}",
        figure(evaluation.values[item.key][row], item.is_share),
        f"{mark} {ILLUSTRATIVE}" if doubtful and mark != MISSING else mark,
        f"{weight} {ILLUSTRATIVE}" if item.illustrative else weight,
        figure(evaluation.scores[item.key][row]),
        clauses.mark(item.cite, rule.cite, illustrative=doubtful),
        tables or MISSING,
    )


def _result(tree: Explanation, evaluation: Evaluation, row: int) -> list[tuple[str, str]]:
    """Return bonus, composite score, place and the lines drawn, as the tree has them."""
    found = []
    composite = next((node for node in tree.children if node.label == "综合得分"), None)
    for node in composite.children if composite is not None else ():
        if node.label in ("加分", "扣分") and isinstance(node.value, float):
            items = "、".join(
                f"{item.label} {figure(item.value)}"
                + (f" {ILLUSTRATIVE}" if ILLUSTRATIVE in item.clause else "")
                for item in node.children
                if isinstance(item.value, float)
            )
            words = f"{figure(node.value)} 分" + (f"（{items}）" if items else "")
            found.append((node.label, words))
    found = found or [("加分", "无")]
    score = evaluation.composite[row]
    found.append(("综合得分", f"{figure(score)} 分" if score == score else MISSING))
    group = evaluation.group_of(row)
    if group is not None and evaluation.rank[row] == evaluation.rank[row]:
        whose = "全部参评企业" if group.group == "全部" else group.group
        place = f"第 {int(evaluation.rank[row])} 名 / {group.size} 家（{whose}）"
        found.append(("排名 / 参评数", place))
    lines = [_line(evaluation, quota) for quota in group.quotas] if group is not None else []
    if not lines:
        kinds = (n for n in tree.children if n.label.startswith("分类"))
        lines = [f"{n.label}：{n.value}" for kind in kinds for n in kind.children]
    if lines:
        found.append(("分类线", "；".join(lines)))
    return found


def _line(evaluation: Evaluation, quota: Quota) -> str:
    if quota.cut is None:
        return f"{quota.grade} 类没有企业列入"
    if quota.key == COMPOSITE:
        label, unit, share = "综合得分", "分", False
    else:
        info = {i.key: i for i in evaluation.indicators}.get(quota.key)
        label = info.label if info else label_of(quota.key)
        unit = info.unit if info else unit_of(quota.key)
        share = info.is_share if info else quota.key in FIELDS and FIELDS[quota.key].kind == "share"
    words = f"{quota.grade} 类 {quota.taken} 家，最后一家{label} {figure(quota.cut, share)} {unit}"
    return words.rstrip()


def _tables(tree: Explanation, item: Indicator, sources: Mapping[str, SourceCell]) -> str:
    """Return the workbooks and sheets that an indicator's value was read from."""
    cells = {cell.place: cell for cell in sources.values()}
    composite = next((node for node in tree.children if node.label == "综合得分"), None)
    names = []
    for node in composite.children if composite is not None else ():
        if node.label == item.shown_label:
            found = (cells.get(place) for place in _places(node))
            names += [f"{_stem(cell.file)}（{cell.sheet}）" for cell in found if cell is not None]
    return "、".join(dict.fromkeys(names))


def _places(node: Explanation) -> Iterator[str]:
    if node.source:
        yield node.source
    for child in node.children:
        yield from _places(child)


def _stem(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and suffix.lower() in ("xlsx", "xls", "xlsm", "csv", "et") else name


def figure(value: float, share: bool = False) -> str:
    """Return a figure with at most two decimals, a share as per cent, — where missing."""
    if value != value:
        return MISSING
    scaled = float(value) * 100 if share else float(value)
    text = f"{scaled:,.2f}".rstrip("0").rstrip(".")
    if text in ("0", "-0") and scaled:
        text = f"{scaled:.2g}"
    return text.replace("-", "−") + ("%" if share else "")


def notice_html(notice: Notice, points: float = 11.0) -> str:
    """Return the notice as one page of HTML, its text ``points`` high."""
    small = points * 0.8

    def lines(texts: tuple[str, ...], style: str, indent: str = "") -> str:
        return "".join(f'<p style="{style}">{indent}{escape(text)}</p>' for text in texts)

    def cells(texts: tuple[str, ...], tag: str) -> str:
        made = []
        for number, text in enumerate(texts):
            side = "right" if tag == "td" and number in RIGHT else "left"
            side = "center" if tag == "th" else side
            made.append(
                f'<{tag} align="{side}" width="{WIDTHS[number] / sum(WIDTHS) * 100:.0f}%">'
                f"{escape(text)}</{tag}>"
            )
        return f"<tr>{''.join(made)}</tr>"

    def pairs(entries: tuple[tuple[str, str], ...]) -> str:
        return "".join(
            f'<p style="margin:0"><b>{escape(label)}</b>：{escape(words)}</p>'
            for label, words in entries
        )

    # Blanks to be filled are wide spaces, which a page would otherwise make one.
    body = "margin:4pt 0;white-space:pre-wrap"
    signed = f"margin:{points * 2:g}pt 24pt 0 0;white-space:pre-wrap"
    table = ""
    if notice.rows:
        table = (
            f'<table width="100%" border="1" cellspacing="0" cellpadding="3" '
            f'style="border-collapse:collapse;border-style:solid;font-size:{small:g}pt">'
            f"{cells(HEADINGS, 'th')}{''.join(cells(row, 'td') for row in notice.rows)}</table>"
        )
    warning = f'<p align="center"><b>{escape(notice.warning)}</b></p>' if notice.warning else ""
    return (
        f'<body style="font-size:{points:g}pt;color:#000000">'
        f'<p align="center" style="font-size:{points * 1.8:g}pt;margin:0">'
        f"<b>{escape(notice.title)}</b></p>{warning}"
        f'<p style="margin:6pt 0 0 0">{escape(notice.name)}：</p>'
        f'<p style="{body}">{INDENT}{escape(notice.opening)}</p>'
        f"{pairs(notice.facts)}"
        f'<p style="{body}">{INDENT}{escape(notice.sentence + notice.adjusted)}</p>{table}'
        f'<div style="margin-top:6pt">{pairs(notice.result)}</div>'
        + lines(notice.notes, f"font-size:{small:g}pt;margin:2pt 0")
        + lines(notice.objection, body, INDENT)
        + "".join(
            f'<p align="right" style="{signed}">{escape(text)}</p>' for text in notice.signature
        )
        + "</body>"
    )
