"""A template in Word: read once, filled in as often as needed.

Only the text of the pages, heads and feet is rendered; every other part of the file is
copied, so that a document costs no more than its own text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.atomic import replacing
from zoneeval.errors import InputError, UserError, system_reason
from zoneeval.giving.documents.checking import unknown_names
from zoneeval.giving.documents.fields import DocumentKind, sample_of

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

LARGEST = 5_000_000
"""Bytes; a template with a picture of a seal is far smaller."""
_LARGEST_OPENED = 50_000_000
_FILLED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_BODY = "word/document.xml"
_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_TAG = re.compile(r"{%.*?%}|{{.*?}}")
_MARKUP = re.compile(r"<[^>]+>")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WHEN = (2000, 1, 1, 0, 0, 0)


class DocumentTemplate:
    """A template of one kind of document, ready to be filled in.

    Raises:
        InputError: it is no Word file, names a field that there is not, or a tag is broken.
    """

    def __init__(self, kind: DocumentKind, content: bytes, name: str = "") -> None:
        self.kind = kind
        self._name = name or f"{kind.title}模板"
        self._parts = self._read(content)
        self._uses_fields = False
        self._filled = {
            part: self._compiled(text.decode("utf-8", "replace"))
            for part, text in self._parts.items()
            if _FILLED.fullmatch(part) and (part == _BODY or b"{" in text)
        }
        if _BODY not in self._filled:
            raise InputError(self._no_word())

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)

    def _read(self, content: bytes) -> dict[str, bytes]:
        if len(content) > LARGEST:
            raise InputError(f"“{self._name}”超过 5 MB，不像是文书模板。请删去图片后再导入。")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(part.file_size for part in archive.infolist()) > _LARGEST_OPENED:
                    raise InputError(f"“{self._name}”展开后太大，不像是文书模板，没有使用。")
                return {part: archive.read(part) for part in archive.namelist()}
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise InputError(self._no_word()) from error

    def _no_word(self) -> str:
        return f"“{self._name}”不是 Word 文档（.docx）。请在 Word 或 WPS 中另存为 .docx 后再导入。"

    def _compiled(self, xml: str) -> Template:
        """Return a part as a compiled template; each paragraph begins a line of it."""
        from docxtpl import DocxTemplate
        from jinja2 import TemplateSyntaxError, nodes

        patched = DocxTemplate(io.BytesIO()).patch_xml(xml)
        source = _PARAGRAPH.sub("\n<w:p", _TAG.sub(lambda tag: unescape(tag[0]), patched))
        try:
            tree = self._environment.parse(source)
            found = unknown_names(tree, self.kind.fields)
            if found:
                raise InputError(self._unknown(found))
            self._uses_fields |= tree.find(nodes.Name) is not None
            return self._environment.from_string(tree)
        except TemplateSyntaxError as error:
            raise InputError(self._broken(source, error.lineno)) from error

    def _unknown(self, names: list[str]) -> str:
        listed = "、".join(f"“{name}”" for name in names[:5])
        more = f"等 {len(names)} 个" if len(names) > 5 else ""
        return (
            f"“{self._name}”中有不认识的字段：{listed}{more}。"
            f"请对照“{self.kind.title}”的字段表改正后再导入。"
        )

    def _broken(self, source: str, line: int) -> str:
        lines = source.splitlines()
        near = lines[min(line, len(lines)) - 1] if lines else ""
        near = unescape(_MARKUP.sub("", near)).strip()
        where = f"在“{near[:60]}”处" if near else "在末尾"
        return (
            f"“{self._name}”的标签写得不完整：{where}，标签的括号、for 和 endfor、if 和 endif "
            "要成对出现。请改正后再导入。"
        )

    def check(self) -> None:
        """Fill it in with made-up content and look whether that is still a document.

        Raises:
            InputError: a pair of tags tears a table or paragraph apart, or cannot be followed,
                or there is no field at all.
        """
        from docx import Document

        if not self._uses_fields:
            raise InputError(
                f"“{self._name}”中一个字段也没有，写出的每份文书都会一样。请先导出“{self.kind.title}”"
                "现在所用的模板，在它上面修改后再导入。"
            )
        try:
            Document(io.BytesIO(self.document(sample_of(self.kind.fields))))
        except InputError:
            raise
        except Exception as error:  # whatever a torn file makes the library raise
            raise InputError(
                f"“{self._name}”填写后不能成为 Word 文档：成对的标签（如 for 和 endfor）要放在"
                "同一个段落里，或者各占一个段落（{%p … %}）、各占表格的一行（{%tr … %}）。"
                "请改正后再导入。"
            ) from error

    def document(self, content: Mapping[str, Any]) -> bytes:
        """Return the document with its fields filled in.

        Raises:
            InputError: a tag asks for something that cannot be done with its field.
        """
        from jinja2 import TemplateError

        made = io.BytesIO(self._copied)
        with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
            for part, template in self._filled.items():
                try:
                    text = template.render(content)
                except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
                    raise InputError(
                        f"“{self._name}”中有标签不能填写：标签里只能写字段、for 和 if，"
                        "不能作运算，也不能调用别的内容。请对照字段表改正模板。"
                    ) from error
                archive.writestr(_entry(part), text.replace("\n<w:p", "<w:p").encode())
        return made.getvalue()

    @cached_property
    def _copied(self) -> bytes:
        """Return the file with all that is the same in every document, packed once."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for part, data in self._parts.items():
                if part not in self._filled:
                    archive.writestr(_entry(part), data)
        return made.getvalue()

    def write(self, path: Path, content: Mapping[str, Any]) -> None:
        """Write the document with its fields filled in; a failure changes nothing.

        Raises:
            UserError: the file cannot be written.
        """
        if path.suffix.lower() != ".docx":
            raise UserError(f"文书的文件名要以 .docx 结尾，现在是“{path.name}”。请改名后再写。")
        made = self.document(content)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as beside:
                beside.write_bytes(made)
        except PermissionError as error:
            raise UserError(
                f"不能写入“{path.name}”：文件正被 Word 或 WPS 打开，或没有写入权限。"
                "请关闭后再写，或换一个位置。"
            ) from error
        except OSError as error:
            raise UserError(
                f"不能写入“{path}”：{system_reason(error)}。请检查磁盘空间和文件夹，或换一个位置。"
            ) from error


def _entry(part: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(part, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def clean(text: object) -> str:
    """Return a text in one line, without what no document may hold."""
    return _UNREADABLE.sub("", str(text)).replace("\r", "").replace("\n", " ")
