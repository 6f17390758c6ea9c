"""Five hundred notices after a template, against the same content written bare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import compare
from zoneeval.giving.documents.fields import document_kind
from zoneeval.giving.documents.template import DocumentTemplate

COUNT = 500
FOLDER = Path(__file__).resolve().parents[2] / "zoneeval/giving/documents/templates"
COLUMNS = ("指标", "数值", "基准值", "权重", "得分", "依据", "来源")


def content(number: int) -> dict[str, Any]:
    """Return what a notice to one made-up enterprise says."""
    fields = {
        field.name: [] if field.is_list else f"{field.name}{number}"
        for field in document_kind("notice").fields
    }
    pairs = [{"项目": f"项目{i}", "内容": f"内容{number}"} for i in range(5)]
    rows = [dict.fromkeys(COLUMNS, f"{number}.{i}") for i in range(8)]
    texts = [f"第 {number} 家企业的说明，第 {i} 段。" for i in range(3)]
    return {
        **fields,
        "基本情况": pairs,
        "指标表": rows,
        "结果": pairs,
        "说明": texts,
        "异议办法": texts[:2],
    }


def bare(path: Path, made: Mapping[str, Any]) -> None:
    """Write the same words with python-docx, without any layout."""
    document = Document()
    for name in ("文号", "标题", "主送", "示意提示", "开头", "结论", "人工调整说明"):
        document.add_paragraph(made[name])
    for listed in ("基本情况", "结果"):
        for pair in made[listed]:
            document.add_paragraph(f"{pair['项目']}：{pair['内容']}")
    table = document.add_table(rows=1 + len(made["指标表"]), cols=len(COLUMNS))
    for row, line in zip(
        table.rows, [{name: name for name in COLUMNS}, *made["指标表"]], strict=True
    ):
        for cell, name in zip(row.cells, COLUMNS, strict=True):
            cell.text = line[name]
    for text in (*made["异议办法"], *made["说明"], made["发文机关"], made["成文日期"]):
        document.add_paragraph(text)
    document.save(str(path))


def test_notices(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    kind, contents = document_kind("notice"), [content(i) for i in range(COUNT)]
    source = (FOLDER / "notice.docx").read_bytes()

    def ours() -> None:
        template = DocumentTemplate(kind, source)
        for number, made in enumerate(contents):
            template.write(tmp_path / f"{number}.docx", made)

    def theirs() -> None:
        for number, made in enumerate(contents):
            bare(tmp_path / f"b{number}.docx", made)

    ours()
    theirs()
    for number in (0, COUNT - 1):
        mine, other = (Document(str(tmp_path / f"{p}{number}.docx")) for p in ("", "b"))
        assert [[c.text for c in r.cells] for r in mine.tables[0].rows] == [
            [c.text for c in r.cells] for r in other.tables[0].rows
        ]
    found = compare(
        benchmark,
        f"{COUNT} 份告知书，按模板填写",
        "python-docx 直接写同样的内容",
        ours,
        theirs,
        goal="不到 2 倍的时间（大于 0.5）",
        rounds=3,
    )
    assert found.ratio > 0.5
