"""Names of enterprises as they are compared: what may differ, and how alike two are.

Two names are the same where only width, brackets, spaces, punctuation, letter case or
有限公司/有限责任公司 differ.  A name without its legal form (公司, 厂 …) is compared for
likeness only: 某某机械厂 and 某某机械有限公司 may be two enterprises.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = re.compile(r"[\s\u200b-\u200f\u2060\ufeff·•,.、。，:：;；'\"“”‘’\-_—]+")
_BRACKETS = str.maketrans("[]{}〔〕【】〖〗「」『』<>《》", "()()()()()()()()()")
_LIMITED = re.compile("有限责任公司")
_FORM = re.compile(
    r"(?:集团股份有限公司|集团有限公司|股份有限公司|有限公司|集团公司|分公司|总公司|公司|总厂|分厂|厂)$"
)
SAME_CORE = 0.97
OTHER_FORM = 0.8
"""How alike two names are at most of which one is a 厂 and the other a 公司."""
"""How alike two names are that differ in their legal form only."""
MOST_ALIKE = 0.99


@lru_cache(maxsize=65536)
def normalised_name(text: str) -> str:
    """Return a name as it is compared exactly."""
    flat = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return _LIMITED.sub("有限公司", _DROPPED.sub("", flat)).upper()


@lru_cache(maxsize=65536)
def core_name(text: str) -> str:
    """Return a normalised name without brackets and its legal form; never empty."""
    name = normalised_name(text)
    short = _FORM.sub("", name).replace("(", "").replace(")", "")
    return short or name


def other_form(first: str, second: str) -> bool:
    """Tell whether two names both say their legal form, and a different one."""
    one, other = _kind(first), _kind(second)
    return one is not None and other is not None and one != other


def _kind(name: str) -> str | None:
    """Return the legal form that a name ends with, or None where it has none."""
    found = _FORM.search(normalised_name(name))
    if found is None:
        return None
    if found[0].endswith("厂"):
        return "厂"
    return found[0] if found[0] in ("股份有限公司", "分公司") else "公司"


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, 0 to 1; 1 means that they are the same name."""
    from rapidfuzz import fuzz

    if normalised_name(first) == normalised_name(second):
        return 1.0
    one, other = core_name(first), core_name(second)
    if other_form(first, second):
        return min(OTHER_FORM, round(fuzz.ratio(one, other) / 100, 3))
    if one == other:
        return SAME_CORE
    return min(MOST_ALIKE, round(fuzz.ratio(one, other) / 100, 3))
