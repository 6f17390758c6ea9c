"""Templates of documents that the office changed in Word, and who sends the documents."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError, UserError, system_reason
from zoneeval_db.storage import codec
from zoneeval_db.storage.lock import now

if TYPE_CHECKING:
    from zoneeval.giving.documents.fields import DocumentKind
    from zoneeval.giving.documents.heading import Sender
    from zoneeval.giving.documents.template import DocumentTemplate
    from zoneeval_db.storage.workspace import Workspace

_PREFIX = "sender."
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """Whose template of a kind of document is used; ``changed_at`` is None for the shipped."""

    kind: DocumentKind
    changed_at: str | None

    @property
    def is_own(self) -> bool:
        """Tell whether the office has put its own in place of the shipped one."""
        return self.changed_at is not None


def document_templates(ws: Workspace) -> list[TemplateInfo]:
    """Return every kind of document and whose template is used for it."""
    from zoneeval.giving.documents.fields import KINDS

    own = dict(ws.conn.execute("SELECT name, changed_at FROM document_template"))
    return [TemplateInfo(kind, own.get(kind.key)) for kind in KINDS]


def document_template(ws: Workspace, kind_key: str) -> DocumentTemplate:
    """Return the template of a kind, ready to be filled in; raise InputError for no such kind."""
    from zoneeval.giving.documents.fields import document_kind
    from zoneeval.giving.documents.template import DocumentTemplate

    kind = document_kind(kind_key)
    return DocumentTemplate(kind, _content(ws, kind))


def has_own_template(ws: Workspace, kind_key: str) -> bool:
    """Tell whether the office has a template of its own for a kind."""
    return _own(ws, kind_key) is not None


def export_document_template(ws: Workspace, kind_key: str, out: Path) -> list[Path]:
    """Write the template that is used for a kind, to be edited in Word.

    Raises InputError for no such kind, UserError where the file cannot be written.
    """
    from zoneeval.atomic import replacing
    from zoneeval.giving.documents.fields import document_kind

    content = _content(ws, document_kind(kind_key))
    if out.suffix.lower() != ".docx":
        raise UserError(f"模板的文件名要以 .docx 结尾，现在是“{out.name}”。请改名后再导出。")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with replacing(out) as beside:
            beside.write_bytes(content)
    except OSError as error:
        raise UserError(
            f"不能写入“{out}”：{system_reason(error)}。请关闭打开它的程序，或换一个位置。"
        ) from error
    return [out]


def import_document_template(ws: Workspace, kind_key: str, path: Path) -> TemplateInfo:
    """Use a template that was edited in Word, in one step that can be undone.

    Raises InputError where it is no Word file, names a field that there is not, or a tag
    is broken; nothing is changed then.
    """
    from zoneeval.giving.documents.fields import document_kind
    from zoneeval.giving.documents.template import LARGEST, DocumentTemplate

    kind = document_kind(kind_key)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"“{path.name}”超过 5 MB，不像是文书模板。请删去图片后再导入。")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"不能读取“{path}”：{system_reason(error)}。请核对位置和文件名。"
        ) from error
    DocumentTemplate(kind, content, path.name).check()
    made = TemplateInfo(kind, now())
    with ws.operation(f"导入文书模板：{kind.title}（{path.name}）") as op:
        op.write(
            "document_template",
            {"name": kind.key},
            {"content": base64.b64encode(content).decode("ascii"), "changed_at": made.changed_at},
        )
    return made


def reset_document_template(ws: Workspace, kind_key: str) -> None:
    """Use the shipped template of a kind again; raise InputError where it is used already."""
    from zoneeval.giving.documents.fields import document_kind

    kind = document_kind(kind_key)
    if not has_own_template(ws, kind.key):
        raise InputError(f"“{kind.title}”现在用的就是自带的模板，不需要恢复。")
    with ws.operation(f"恢复自带的文书模板：{kind.title}") as op:
        op.write("document_template", {"name": kind.key}, None)


def document_sender(ws: Workspace) -> Sender:
    """Return who sends documents and where objections go; "" where it was not entered."""
    from zoneeval.giving.documents.heading import SENDER_WORDS, Sender

    found = ws.conn.execute(
        "SELECT key, value FROM setting WHERE key LIKE ?", (_PREFIX + "%",)
    ).fetchall()
    held = {key.removeprefix(_PREFIX): codec.from_json(words) for key, words in found}
    return Sender(**{key: str(held[key]) for key in SENDER_WORDS if held.get(key)})


def set_document_sender(ws: Workspace, values: Mapping[str, str]) -> Sender:
    """Enter who sends documents, in one step that can be undone; "" takes an entry away.

    Raises InputError for an unknown entry or one that is too long.
    """
    from zoneeval.giving.documents.heading import SENDER_WORDS

    before = document_sender(ws)
    changed = {}
    for key, words in values.items():
        if key not in SENDER_WORDS:
            raise InputError(f"落款信息中没有“{key}”。可选：{'、'.join(SENDER_WORDS)}。")
        text = " ".join(words.split())
        if len(text) > _LONGEST:
            raise InputError(f"{SENDER_WORDS[key]}超过 {_LONGEST} 个字，请写短一些。")
        if text != getattr(before, key):
            changed[key] = text
    if changed:
        words = "、".join(
            f"{SENDER_WORDS[key]} {text or '（空）'}" for key, text in changed.items()
        )
        with ws.operation(f"填写文书落款：{words}") as op:
            for key, text in changed.items():
                new = {"value": codec.to_json(text)} if text else None
                op.write("setting", {"key": _PREFIX + key}, new)
    return document_sender(ws)


def _own(ws: Workspace, key: str) -> bytes | None:
    row = ws.conn.execute("SELECT content FROM document_template WHERE name = ?", (key,)).fetchone()
    return None if row is None else base64.b64decode(row[0])


def _content(ws: Workspace, kind: DocumentKind) -> bytes:
    own = _own(ws, kind.key)
    if own is not None:
        return own
    shipped = files("zoneeval") / "giving" / "documents" / "templates" / f"{kind.key}.docx"
    return shipped.read_bytes()
