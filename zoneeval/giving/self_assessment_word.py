"""A zone's annual self-assessment (自评报告) as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zoneeval.giving.self_assessment import (
    SelfAssessment,
    conclusion,
    criterion_rows,
    history_lines,
    item_rows,
    reason_lines,
    target_lines,
)
from zoneeval.giving.self_comparison import comparison
from zoneeval.giving.word import HEI, add_table, new_document, paragraph, save_document
from zoneeval.model.standing import level_name
from zoneeval.report.header import document_words, status_alerts


def write_self_assessment(path: Path, made: SelfAssessment, issuer: str = "") -> None:
    """Write the self-assessment as a Word document; ``issuer`` signs it.

    Raises:
        UserError: the file cannot be written.
    """
    title = f"{made.year}年度星级自评报告"
    document = new_document(f"{made.zone}{title}")
    paragraph(document, made.zone, look="title")
    paragraph(document, title, look="title")
    paragraph(document, "")
    illustrative = any(one.illustrative for one in made.ladder.criteria)
    for text in (*status_alerts(made.ladder, illustrative, "所用星级阶梯"), *made.warnings):
        paragraph(document, f"注意：{text}", font=HEI, size=12, spacing=20, indent=False)
    _section(document, "一、自评结论", conclusion(made))
    paragraph(document, "二、逐项对照", font=HEI, together=True)
    aim = level_name(made.aim)
    target = "本年度目标" if made.standing.target is not None else "上一级"
    if made.standing.criteria:
        paragraph(
            document,
            f"下表对照{target}{aim}的要求。“没有数据”和“标准未知”不算达到，也不算未达到。",
            together=True,
        )
        add_table(
            document,
            ("序号", "指标", "数值", "数据来源", "本项达到", f"{aim}要求", "结论"),
            (9, 30, 22, 44, 24, 18, 26),
            criterion_rows(made),
            frozenset({2, 5}),
        )
    if made.standing.items:
        paragraph(document, "综合得分各项如下。", together=True)
        add_table(
            document,
            ("类别", "项目", "满分", "数值", "得分", "数据"),
            (26, 50, 14, 26, 28, 18),
            item_rows(made),
            frozenset({2, 3, 4}),
        )
    _section(
        document, "三、判定理由", reason_lines(made) or ["没有未达到、没有数据或标准未知的项目。"]
    )
    paragraph(document, "四、年度目标完成情况", font=HEI, together=True)
    targets = target_lines(made.progress)
    if targets:
        add_table(
            document,
            ("指标", "年度目标", "实际数", "完成率", "结论", "目标依据"),
            (40, 34, 26, 16, 18, 38),
            targets,
            frozenset({3}),
        )
    else:
        paragraph(document, "没有录入本园区星级以外的年度目标，所收文件中也没有。")
    _section(document, "五、与认定结果的比较", comparison(made))
    _section(document, "六、以往星级", history_lines(made))
    paragraph(document, f"依据：{document_words(made.ladder)}。", size=12, spacing=20)
    paragraph(document, "", together=True)
    paragraph(document, issuer or made.zone, look="signature", together=True)
    paragraph(document, "年　　月　　日", look="signature")
    save_document(document, path)


def _section(document: Any, heading: str, lines: list[str]) -> None:
    paragraph(document, heading, font=HEI, together=True)
    for text in lines:
        paragraph(document, text)
