"""The guide to the year: every command in it works, in the order in which it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.helpers.command import ROOT, good
from tests.helpers.workbooks import Opened

DOCS = ROOT / "docs"


def test_the_commands_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tariff = re.search(r"```toml\n(.*?)```", (DOCS / "价格表编写.md").read_text("utf-8"), re.S)
    assert tariff is not None
    monkeypatch.chdir(tmp_path)
    Path("价格.toml").write_text(tariff[1], encoding="utf-8")
    guide = (DOCS / "一年怎么做.md").read_text("utf-8")
    lines = re.findall(r"^zoneeval (.+)$", guide, re.M)
    assert len(lines) > 25
    for line in lines:
        words: list[object] = []
        for word in shlex.split(line):
            found = sorted(ROOT.glob(word)) if "*" in word else []
            words += found or [word]
        out = good(*words).out
    assert "完全一致" in out
    for name in ("公示表", "测算", "退出转型台账", "名单/差别化价格名单（供电）"):
        assert Opened(tmp_path / f"{name}.xlsx").names
    assert len(list((tmp_path / "告知书").glob("*.docx"))) > 5
    assert (tmp_path / "执行通知.docx").exists()
