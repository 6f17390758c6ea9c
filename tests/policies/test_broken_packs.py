"""Each rule of the loader refuses its broken file, and says which key on which line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.helpers.cases import CASES
from zoneeval.errors import PolicyError
from zoneeval.policy.loader import check_policy, parse_ladder, parse_policy, parse_tariff

FILES = sorted((CASES / "broken").glob("*.toml"))


def _expected(text: str) -> tuple[str, str, str]:
    lines = text.splitlines()[:3]
    assert [line.partition("：")[0] for line in lines] == ["# 位置", "# 行", "# 说明"]
    key, line, message = (line.partition("：")[2] for line in lines)
    return key, line, message


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_broken_pack(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    key, line, message = _expected(text)
    kind = path.stem.partition("-")[0]
    parse = {"ladder": parse_ladder, "tariff": parse_tariff}.get(kind, parse_policy)
    with pytest.raises(PolicyError) as caught:
        parse(text, path.stem)
    place = f"第 {line} 行 {key}：" if line != "无" else f"· {key}："
    said = [s for s in str(caught.value).splitlines() if place in s and message in s]
    assert len(said) == 1, str(caught.value)
    faults = [f for f in check_policy(text) if f.key == key and message in f.message]
    assert [str(f.line or "无") for f in faults] == [line]


def test_there_is_a_broken_pack_for_every_rule() -> None:
    assert len(FILES) >= 45


def test_the_broken_packs_are_right_but_for_their_fault() -> None:
    text = (CASES / "broken" / "权重合计不是一百.toml").read_text(encoding="utf-8")
    assert parse_policy(re.sub("weight = 50", "weight = 60", text)).id == "example-2024"
    text = (CASES / "broken" / "选取超过入围.toml").read_text(encoding="utf-8")
    assert parse_policy(re.sub("share = 0.6", "share = 0.15", text)).id == "example-2024"


def test_all_faults_are_named_at_once() -> None:
    text = (CASES / "broken" / "权重合计不是一百.toml").read_text(encoding="utf-8")
    text = text.replace("when = 'scale", "when = 'scala").replace('grade = "A"', 'grade = "S"')
    faults = check_policy(text)
    assert len(faults) == 3
    assert all(fault.line for fault in faults)
    assert {"key", "line", "message", "suggestion"} == set(faults[0].as_json())
