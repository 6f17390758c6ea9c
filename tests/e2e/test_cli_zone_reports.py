"""`bulletin`, `ledger` and `self-assessment` from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.command import good, refused


def test_the_reports_are_written(demo_workspace: Path, tmp_path: Path) -> None:
    zone = good("indicators", demo_workspace, "--year", "2024", "--json").document["zones"][0][
        "zone"
    ]
    word, book = tmp_path / "通报.docx", tmp_path / "通报.xlsx"
    good("bulletin", demo_workspace, "--period", "2024", "-o", word)
    good("bulletin", demo_workspace, "--period", "2024", "--indicator", "税收收入", "-o", book)
    ledger = tmp_path / "台账.xlsx"
    good("ledger", demo_workspace, "--year", "2024", "--zone", zone, "-o", ledger)
    own = tmp_path / "自评.docx"
    words = ("self-assessment", demo_workspace, zone, "--year", "2024", "--ladder",
             "illustrative-six-stars", "-o", own)  # fmt: skip
    assert "已记录" not in good(*words, "--no-keep").out
    assert f"已记录{zone} 2024 年的自评" in good(*words).out
    assert all(path.stat().st_size > 5000 for path in (word, book, ledger, own))


def test_faults_are_said(demo_workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.docx"
    words = ("bulletin", demo_workspace, "-o", out, "--period")
    assert "没有园区指标，不能编写通报" in refused(*words, "2019Q2").err
    assert "期间“去年”无法识别" in refused(*words, "去年").err
    assert "不是个数" in refused(*words, "2024", "-n", "0").err
    words = (
        "self-assessment",
        demo_workspace,
        "无此园",
        "--year",
        "2024",
        "--ladder",
        "henan",
        "-o",
    )
    assert "没有园区“无此园”" in refused(*words, out).err
    assert ".docx" in refused(*words, tmp_path / "x.xlsx").err
    assert not out.exists()
