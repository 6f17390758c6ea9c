"""Documents of a run: what they say, whose template they follow, who gets one."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.helpers.adjudicating import HAND, PERIOD, code_in, published, recognised
from zoneeval.errors import InputError
from zoneeval.giving.documents.fields import KINDS, Field, document_kind
from zoneeval.giving.documents.template import DocumentTemplate
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.operations import DocumentOrder
from zoneeval_db.storage.workspace import Workspace

RATE = """
schema = 1
id = "own-rates"
title = "样例价格表"
issuer = "样例市"
year = 2025
status = "illustrative"
utilities = ["供电", "供水"]

[[citations]]
id = "sample"
title = "样例价格文件"
number = "〔示意〕1号"

[[rates]]
kind = "用电"
grade = "C"
amount = 0.05
unit = "元/千瓦时"
cite = "sample"
starts = "2025-07-01"
illustrative = true
"""


def words(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def write(ws: Workspace, out: Path, kind: str, **order: Any) -> str:
    """Write one document and return what stands in it."""
    (path,) = operations.write_document(ws, DocumentOrder(kind, **order), out / f"{kind}.docx")
    return words(path)


def objected(ws: Workspace) -> tuple[str, str]:
    """Object twice to the newest run: accepted with a figure, and refused."""
    operations.start_publicity(ws, **PERIOD)
    first, second = code_in(ws, "C"), code_in(ws, "A")
    more = operations.load_run(ws).dataset
    row = more.text("uscc").tolist().index(first)
    asked = float(more.number("tax_paid")[row]) + 5000
    for code, subject, claimed in ((first, "tax_paid", asked), (second, "排名", None)):
        operations.add_objection(
            ws, code, subject=subject, content="少计。", on="2025-06-03", claimed=claimed
        )
    for number, decision in ((1, "accepted"), (2, "refused")):
        operations.decide_objection(
            ws, number, decision, on="2025-06-04", by="联席会议", answer="经核对。\n予以处理。"
        )  # fmt: skip
    return first, second


def tariff(folder: Path) -> Path:
    path = folder / "价格.toml"
    path.write_text(RATE, encoding="utf-8")
    return path


def shape(content: Mapping[str, Any], fields: tuple[Field, ...]) -> None:
    """Fail unless a content has exactly the fields that are explained to the office."""
    assert set(content) == {field.name for field in fields}
    for field in fields:
        value = content[field.name]
        assert isinstance(value, list if field.is_list else str), field.name
        for entry in value if field.is_list else ():
            if field.parts:
                shape(entry, field.parts)
            else:
                assert isinstance(entry, str)


def test_every_content_has_the_fields_that_are_explained(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objected(ws)
    operations.override_grade(ws, code_in(ws, "B"), "A", **HAND)
    seen = {}

    def look(self: DocumentTemplate, path: Path, content: Mapping[str, Any]) -> None:
        shape(content, self.kind.fields)
        seen[self.kind.key] = content

    monkeypatch.setattr(DocumentTemplate, "write", look)
    for kind in KINDS:
        operations.write_document(ws, DocumentOrder(kind.key), tmp_path / kind.key)
    operations.write_document(
        ws, DocumentOrder("execution", tariff=tariff(tmp_path)), tmp_path / "x"
    )
    assert set(seen) == {kind.key for kind in KINDS}
    assert seen["report"]["人工调整"]
    assert seen["recognition"]["分类名单"]


def test_the_report_counts_what_the_run_holds(ws: Workspace, tmp_path: Path) -> None:
    code = code_in(ws, "B")
    operations.override_grade(ws, code, "A", **HAND)
    operations.set_document_sender(ws, {"issuer": "样例办"})
    text = write(ws, tmp_path, "report", number="样评〔2025〕1号", on="2025-06-12")
    run, before = operations.final_run(ws), operations.final_run(ws, 1)
    evaluation = run.evaluation
    assert f"参评{sum(p == 'evaluated' for p in evaluation.participation)}家" in text
    now, then = evaluation.counts(), before.evaluation.counts()
    document = Document(str(tmp_path / "report.docx"))
    rows = [[c.text for c in row.cells] for row in document.tables[0].rows][1:]
    assert {row[0]: (int(row[2]), int(row[4])) for row in rows} == {
        letter: (now[letter], then[letter]) for letter in now
    }
    pairs = dict(zip(before.evaluation.uscc, before.evaluation.grade, strict=True))
    letters = [grade.letter for grade in run.policy.grades]
    rise = [
        letters.index(pairs[c]) - letters.index(g)
        for c, g in zip(evaluation.uscc, evaluation.grade, strict=True)
        if g is not None and pairs.get(c) is not None
    ]
    up, down = sum(r > 0 for r in rise), sum(r < 0 for r in rise)
    assert f"类别上升{up}家，下降{down}家，不变{len(rise) - up - down}家" in text
    assert "由B类调整为A类，理由：实地核查（纪要〔示意〕3号）" in text
    for said in ("样评〔2025〕1号", "样例办", "2025年6月12日", "评价办法与 2023 年度相同"):
        assert said in text


def test_the_first_year_has_nothing_to_compare_with(ws: Workspace, tmp_path: Path) -> None:
    text = write(ws, tmp_path, "report", run_id=1)
    assert "没有上一年度的评价结果" in text
    assert "类别上升" not in text


def test_the_announcement_lists_classes_and_nothing_confidential(
    ws: Workspace, tmp_path: Path
) -> None:
    assert "　　年　　月　　日至" in write(ws, tmp_path, "publicity")
    operations.start_publicity(ws, **PERIOD)
    text = write(ws, tmp_path, "publicity")
    assert "2025年6月2日至2025年6月6日，共5个工作日" in text
    table = Document(str(tmp_path / "publicity.docx")).tables[0]
    rows = [[c.text for c in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "企业名称", "信用代码", "园区", "类别"]
    evaluation = operations.final_run(ws).evaluation
    assert {(row[2], row[4]) for row in rows[1:]} == {
        (c, g) for c, g in zip(evaluation.uscc, evaluation.grade, strict=True) if g is not None
    }


def test_the_notice_says_the_final_class_and_until_when(ws: Workspace, tmp_path: Path) -> None:
    code = code_in(ws, "B")
    operations.start_publicity(ws, **PERIOD)
    operations.override_grade(ws, code, "A", **HAND)
    operations.set_document_sender(ws, {"receiver": "受理处", "contact": "张某"})
    text = write(ws, tmp_path, "notice", codes=(code,), on="2025-06-03")
    for said in (
        "评价类别：A 类",
        "按办法计算为 B 类；经联席会议决定（纪要〔示意〕3号），调整为 A 类，理由：实地核查。",
        "请于2025年6月6日前（含当日），向受理处书面提出",
        "联系人：张某",
        "2025年6月3日",
    ):
        assert said in text
    one = operations.notice(ws, code)
    assert "向受理处书面提出" in one.objection[0]
    assert "依据 人工调整" in one.result[-1][1]
    assert operations.notice(ws, code_in(ws, "C")).adjusted == ""


def test_after_recognition_the_notice_names_no_period(ws: Workspace, tmp_path: Path) -> None:
    recognised(ws)
    text = write(ws, tmp_path, "notice", codes=(code_in(ws, "C"),))
    assert "公示期已于2025年6月6日届满，评价结果已于2025年6月12日认定（认定〔示意〕1号）" in text
    assert "书面提出" not in text


def test_a_notice_follows_the_run_in_force(ws: Workspace, tmp_path: Path) -> None:
    number = published(ws)
    operations.evaluate(ws, year=2024, policy_ref="zhengzhou-2018")
    assert f"本件出自第 {number} 次评价。" in write(
        ws, tmp_path, "notice", codes=(code_in(ws, "C"),)
    )


def test_an_objection_is_answered_once_it_is_decided(ws: Workspace, tmp_path: Path) -> None:
    first, second = objected(ws)
    files = operations.write_document(ws, DocumentOrder("reply"), tmp_path / "答复")
    assert len(files) == 2
    accepted, refused = map(words, files)
    assert first in files[0].name
    assert first in accepted
    assert second in refused
    was, now = operations.final_run(ws, 2).evaluation, operations.final_run(ws).evaluation
    before, after = was.grade[was.row_of(first)], now.grade[now.row_of(first)]
    changed = f"由{before} 类变为{after} 类" if before != after else f"仍为{after} 类"
    assert f"按更正后的数据重新评价，贵单位{changed}" in accepted
    assert "对该异议：采纳。" in accepted
    assert "对该异议：不采纳。" in refused
    assert "评价依据的数值" in accepted
    assert "评价依据的数值" not in refused
    assert "经核对。\n予以处理。" in refused
    one = write(ws, tmp_path, "reply", objection=2)
    assert one == refused


def test_the_answer_to_a_withdrawn_objection_notes_the_withdrawal(
    ws: Workspace, tmp_path: Path
) -> None:
    operations.start_publicity(ws, **PERIOD)
    made = operations.add_objection(
        ws, code_in(ws, "C"), subject="类别", content="有出入", on="2025-06-03"
    )
    operations.decide_objection(ws, made.id, "withdrawn", on="2025-06-05", by="评价办")
    text = write(ws, tmp_path, "reply", objection=made.id)
    assert "贵单位已撤回该异议，评价办于2025年6月5日登记，不再处理。" in text
    assert "对该异议" not in text


def test_an_open_objection_has_no_answer(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有异议，没有答复可写"):
        operations.write_document(ws, DocumentOrder("reply"), tmp_path)
    operations.start_publicity(ws, **PERIOD)
    operations.add_objection(
        ws, code_in(ws, "C"), subject="排名", content="有误。", on="2025-06-03"
    )
    with pytest.raises(InputError, match="第 1 号异议还是“待处理”"):
        operations.write_document(ws, DocumentOrder("reply"), tmp_path / "答复")
    with pytest.raises(InputError, match="没有第 9 号异议"):
        operations.write_document(ws, DocumentOrder("reply", objection=9), tmp_path / "答复")
    assert not (tmp_path / "答复").exists()


def test_the_recognition_annexes_a_list_per_class(ws: Workspace, tmp_path: Path) -> None:
    operations.override_grade(ws, code_in(ws, "C"), "B", **HAND)
    recognised(ws)
    text = write(ws, tmp_path, "recognition")
    counts = operations.final_run(ws).evaluation.counts()
    tables = Document(str(tmp_path / "recognition.docx")).tables
    assert [len(table.rows) - 1 for table in tables] == list(counts.values())
    assert f"共认定{sum(counts.values())}家" in text
    assert "于2025年6月12日认定（认定〔示意〕1号）" in text
    assert [line for line in text.splitlines() if line in ("附件1", "附件2", "附件3")] == [
        f"附件{number}" for number in range(1, len(counts) + 1)
    ]


def listed(path: Path, table: int = 0) -> list[dict[str, str]]:
    head, *rows = [[c.text for c in r.cells] for r in Document(str(path)).tables[table].rows]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_no_rate_is_told_without_its_document(ws: Workspace, tmp_path: Path) -> None:
    text = write(ws, tmp_path, "execution", utility="供电", tariff=tariff(tmp_path))
    assert "尚未认定，本件为草稿" in text
    recognised(ws)
    text = write(ws, tmp_path, "execution", utility="供电", tariff=tariff(tmp_path))
    rows = listed(tmp_path / "execution.docx")
    assert len(rows) == operations.final_run(ws).evaluation.counts()["C"]
    for line in rows:
        assert line["标准"] == "0.05 元/千瓦时"
        assert line["种类"] == "用电加价"
        assert line["文件"] == "〔示意〕1号"
        assert line["执行期"] == "自2025年7月1日起"
    assert "C 类企业用电加价 0.05 元/千瓦时，自2025年7月1日起，依据：〔示意〕1号。" in text
    assert "不能作为正式结果使用" in text
    assert "认定〔示意〕1号" in text
    assert "草稿" not in text


def test_where_nothing_was_published_nothing_is_charged(ws: Workspace, tmp_path: Path) -> None:
    text = write(ws, tmp_path, "execution", utility="供电")
    assert {row["标准"] for row in listed(tmp_path / "execution.docx")} == {"待定"}
    assert "没有公布的标准，本件不作为执行依据" in text
    count = operations.final_run(ws).evaluation.counts()["C"]
    water = write(ws, tmp_path, "execution", utility="供水")
    assert f"其中{count}家没有户号" in water
    assert "没有需要列入的户号" in water
    assert len(listed(tmp_path / "execution.docx")) == count
    with pytest.raises(InputError, match="没有“供暖”"):
        write(ws, tmp_path, "execution", utility="供暖")


def test_an_issued_list_is_told_with_what_it_changed(ws: Workspace, tmp_path: Path) -> None:
    published(ws)
    words_of = {"document": "样评〔示意〕8号", "on": "2025-07-01"}
    operations.issue_lists(ws, tariff(tmp_path), ["供电"], **words_of)
    gone = code_in(ws, "C")
    made = operations.supersede(ws, operations.final_run(ws).info.id, "样例理由")
    operations.override_grade(ws, gone, "B", run_id=made.run_id, **HAND)
    recognised(ws, made.run_id)
    operations.publish_run(ws, made.run_id, on="2025-06-13", document="公告〔示意〕2号")
    text = write(ws, tmp_path, "execution", utility="供电", tariff=tariff(tmp_path))
    assert "与第 1 号名单（样评〔示意〕8号）相比，新增 0 项，取消 1 项，变更 0 项" in text
    (change,) = listed(tmp_path / "execution.docx", 1)
    assert (change["变化"], change["信用代码"]) == ("取消", gone)
    assert "类别由C类变为B类" in change["备注"]
    sent = write(ws, tmp_path, "execution", list_id=1)
    assert "名单有效期：自2025年7月1日起（样评〔示意〕8号）" in sent
    assert gone in {row["信用代码"] for row in listed(tmp_path / "execution.docx")}
    with pytest.raises(InputError, match="不能另写"):
        write(ws, tmp_path, "execution", list_id=1, utility="供电")


def test_what_does_not_belong_is_refused(ws: Workspace, tmp_path: Path) -> None:
    for order, said in (
        (DocumentOrder("report", codes=("x",)), "企业或类别"),
        (DocumentOrder("notice", objection=1), "异议编号"),
        (DocumentOrder("publicity", utility="供电"), "执行单位"),
        (DocumentOrder("notice", to="某局"), "不能另写主送"),
        (DocumentOrder("report", on="六月"), "成文日期“六月”不是日期"),
        (DocumentOrder("notice", codes=("没有",)), "没有信用代码为“没有”"),
    ):
        with pytest.raises(InputError, match=said):
            operations.write_document(ws, order, tmp_path / "甲.docx")
    taken = tmp_path / "占用"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="不能建立文件夹"):
        operations.write_document(ws, DocumentOrder("execution"), taken)


def test_a_cancelled_writing_takes_its_files_away(ws: Workspace, tmp_path: Path) -> None:
    for kind in ("notice", "execution"):

        def stop(done: int, total: int, text: str, kind: str = kind) -> None:
            folder = tmp_path / kind
            if folder.exists() and len(list(folder.iterdir())) == 2:
                raise Cancelled

        with pytest.raises(Cancelled):
            operations.write_document(ws, DocumentOrder(kind), tmp_path / kind, stop)
        assert list((tmp_path / kind).iterdir()) == []


def test_a_template_is_read_once_for_many(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    first = DocumentTemplate.__init__

    def counted(self: DocumentTemplate, *args: Any) -> None:
        read.append(args)
        first(self, *args)

    monkeypatch.setattr(DocumentTemplate, "__init__", counted)
    files = operations.write_document(ws, DocumentOrder("notice"), tmp_path / "告知")
    assert len(files) > 10
    assert len(read) == 1
    assert document_kind("notice").per == "每户企业"
    assert all(Document(io.BytesIO(path.read_bytes())).paragraphs for path in files[:2])
