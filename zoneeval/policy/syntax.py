"""What is no TOML at all: Chinese punctuation, units, missing quotes, line by line."""

from __future__ import annotations

import re
import tomllib

from zoneeval.policy.faults import Fault

_RIGHT = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "，": ",",
    "、": ",",
    "。": ".",
    "．": ".",
    "＝": "=",
    "：": "=",
    "｛": "{",
    "｝": "}",
    "【": "[",
    "】": "]",
    "［": "[",
    "］": "]",
    "＃": "#",
    "－": "-",
    "\u3000": " ",
} | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_CLOSING = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_LONG = ('"""', "'''")
_NO_TOML = "不合 TOML 写法"
_MOST_SYNTAX_FAULTS = 30
_KEY_LINE = re.compile(r"\s*[\w-]+\s*=[^\[{]*$")
_WITH_UNIT = re.compile(r"\s*[\w-]+\s*=\s*[-+]?\d[\d.]*\s*[^\s\d.#,:-]")
_WORD = re.compile(r"\s*[\w-]+\s*=\s*[^\W\d]")


def plain_punctuation(text: str) -> tuple[str, list[Fault]]:
    """Return the text with TOML's own punctuation, and each line that had another.

    What stands in quotes or behind ``#`` is left as it is.
    """
    lines, faults, closing = [], [], ""
    for number, line in enumerate(text.splitlines(), start=1):
        plain, found, closing = _plain_line(line, closing)
        lines.append(plain)
        if found:
            marks = "、".join(f"“{mark}”" for mark in dict.fromkeys(found) if mark.strip())
            message = f"用了中文标点{marks}" if marks else "用了中文（全角）空格"
            rights = " ".join(dict.fromkeys(_RIGHT[mark] for mark in found)).strip()
            remedy = f"请改成英文的 {rights}" if rights else "请改成英文的空格"
            faults.append(Fault("（文件）", number, message, remedy))
    return "\n".join(lines), faults


def _plain_line(line: str, closing: str) -> tuple[str, list[str], str]:
    """Return a line in plain marks, the marks that were not, and the quote still open."""
    out, found, at = "", [], 0
    while at < len(line):
        rest = line[at:]
        if closing:
            step = closing if rest.startswith(closing) else rest[0]
            if step == closing:
                closing = ""
                found += [step] if step in _RIGHT else []
                step_out = _RIGHT.get(step, step)
            else:
                step_out = step
        elif rest[0] in "#＃":
            step, step_out = rest, rest if rest[0] == "#" else "#" + rest[1:]
            found += ["＃"] if rest[0] == "＃" else []
        else:
            step = next((mark for mark in _LONG if rest.startswith(mark)), rest[0])
            closing = step if step in _LONG else _CLOSING.get(step, "")
            found += [step] if step in _RIGHT else []
            step_out = _RIGHT.get(step, step)
        out += step_out
        at += len(step)
    return out, found, closing if closing in _LONG else ""


def syntax_faults(text: str) -> list[Fault]:
    """Return what is no TOML: every line that can be set aside, so that more can be read."""
    lines, faults = text.splitlines(), list[Fault]()
    while len(faults) < _MOST_SYNTAX_FAULTS:
        try:
            tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found.group(1)) if found else None
            held = lines[line - 1] if line and line <= len(lines) else ""
            faults.append(_syntax_fault(str(error), line, held))
            if not line or not _KEY_LINE.match(held):
                break
            lines[line - 1] = ""
        else:
            break
    return faults


def _syntax_fault(message: str, line: int | None, held: str) -> Fault:
    if "overwrite" in message or "twice" in message or "duplicate" in message.lower():
        return Fault("（文件）", line, "同一项写了两次", "请删去一处")
    if _WITH_UNIT.match(held):
        return Fault(
            "（文件）", line, "不合 TOML 写法：数字后面不能写别的", "单位删去，15% 写成 0.15"
        )
    if _WORD.match(held):
        return Fault("（文件）", line, f"{_NO_TOML}：文字没有加引号", '请写成 … = "…"')
    remedy = "检查这一行和上一行的引号、逗号、等号和括号是否成对，都要用英文的"
    return Fault("（文件）", line, _NO_TOML, remedy)
