"""`export`: every workbook is written where it was asked for, or a sentence says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.command import good, refused
from tests.helpers.workbooks import Opened


@pytest.mark.parametrize("kind", ["results", "classes", "exit", "stars"])
def test_export_writes_one_workbook(demo_workspace: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"{kind}.xlsx"
    before = demo_workspace.read_bytes()
    assert str(out) in good("export", kind, demo_workspace, "-o", out).out
    assert Opened(out).names
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert demo_workspace.read_bytes() == before


def test_the_run_can_be_chosen(demo_workspace: Path, tmp_path: Path) -> None:
    for run, year in ((1, "2023"), (2, "2024")):
        out = tmp_path / f"{run}.xlsx"
        good("export", "results", demo_workspace, "--run", run, "-o", out)
        assert year in Opened(out).words("说明")


def test_stars_of_a_chosen_year_and_ladder(demo_workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "星级.xlsx"
    words = ("export", "stars", demo_workspace, "-o", out)
    assert "示意" in good(*words, "--year", "2023").err
    assert good(*words, "--ladder", "henan-service-zones-2016").err == ""
    refused(*words, "--year", "2001")


def test_pricing_is_a_folder_or_one_workbook(demo_workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "价格"
    good("export", "pricing", demo_workspace, "-o", folder)
    assert len(list(folder.glob("*.xlsx"))) == 6
    one = tmp_path / "供电.xlsx"
    good("export", "pricing", demo_workspace, "--utility", "供电", "-o", one)
    assert Opened(one).names
    answer = refused("export", "pricing", demo_workspace, "--utility", "供热", "-o", one)
    assert "供电、供水" in answer.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["全部"], "可选：results"),
        (["results", "{ws}", "--run", "99", "-o", "{out}"], "没有编号为 99"),
        (["results", "{ws}"], "缺少 --out"),
        (["results", "{ws}", "-o", "{out}.doc"], ".xlsx 结尾"),
        (["results", "{ws}", "-o", "{folder}"], ".xlsx"),
        (["results", "{ws}", "--utility", "供电", "-o", "{out}"], "只用于 export pricing"),
        (["exit", "{ws}", "--ladder", "x", "-o", "{out}"], "只用于 export stars"),
        (["results", "没有.zoneeval", "-o", "{out}"], "没有找到工作文件"),
    ],
)
def test_wrong_words_are_refused(
    demo_workspace: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    out = tmp_path / "结果.xlsx"
    names = {"ws": demo_workspace, "out": out, "folder": tmp_path}
    assert sentence in refused("export", *(word.format(**names) for word in words)).err
    assert not out.exists()


def test_nothing_to_export_yet(empty_workspace: Path, tmp_path: Path) -> None:
    for kind in ("results", "classes", "exit", "pricing", "stars"):
        refused("export", kind, empty_workspace, "-o", tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_new_folder_is_made_and_a_file_in_its_place_is_a_sentence(
    demo_workspace: Path, tmp_path: Path
) -> None:
    good("export", "exit", demo_workspace, "-o", tmp_path / "新" / "清单.xlsx")
    blocker = tmp_path / "不是文件夹"
    blocker.write_text("", encoding="utf-8")
    for kind in ("exit", "pricing"):
        refused("export", kind, demo_workspace, "-o", blocker / "下级" / "清单.xlsx")


@pytest.mark.parametrize("kind", ["results", "stars"])
def test_a_folder_that_may_not_be_written_is_a_sentence(
    demo_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", forbidden)
    out = tmp_path / "清单.xlsx"
    answer = refused("export", kind, demo_workspace, "-o", out)
    assert str(tmp_path) in answer.err
    assert "权限" in answer.err
    assert list(tmp_path.iterdir()) == []
