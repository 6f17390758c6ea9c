"""The examples of the guide to writing ladders are ladders without faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zoneeval.policy.loader import check_ladder

GUIDE = Path(__file__).parents[2] / "docs" / "星级阶梯编写.md"
BLOCKS = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("numbers", [(1,), (2,), (1, 3)], ids=["标准", "得分", "否决和升降"])
def test_the_examples_have_no_fault(numbers: tuple[int, ...]) -> None:
    head = BLOCKS[0]
    before, citations = head.split("\n[[citations]]")
    parts = [BLOCKS[n] for n in numbers]
    own = parts[0].split("\n\n")[0] if numbers[0] == 1 else ""
    rest = [parts[0].removeprefix(own), *parts[1:]]
    text = "\n".join((before, own, "[[citations]]" + citations, *rest))
    assert [fault.sentence for fault in check_ladder(text)] == []


def test_every_block_is_tried() -> None:
    assert len(BLOCKS) == 4
