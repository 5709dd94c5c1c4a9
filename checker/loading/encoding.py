"""Bytes of a document -> text, by the encoding that browsers take.

Source: WHATWG HTML, "determining the character encoding".
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.message import Message

import turbohtml
import turbohtml.detect  # registers the codecs "whatwg-*"

_NOT_ASCII = bytes(range(0x80, 0x100))
_INVALID, _VALID = b"\xff", b"\xc3\xa9"  # UTF-8
_PRESCAN = 1_024
"""Bytes in which a document is to name its encoding (WHATWG HTML)."""
_UNREAD = re.compile(
    rb"<(?:!--|script|style|title|textarea|template|noscript|noframes|iframe|xmp|svg|math|plaintext)",
    re.I,
)
"""Begins what may hold a tag that is none."""
_XML = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]+)[\"']")


@dataclass(frozen=True)
class Decoded:
    """A document's text, the WHATWG name of its encoding, and what a reader should know of the choice."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, content_type: str = "") -> Decoded:
    """Decode as browsers do: byte-order mark, the server's charset, ``<meta>``, an XML declaration; then, where
    browsers differ, UTF-8 if the bytes are valid UTF-8, else windows-1252. A label that no browser
    knows is as good as none."""
    label = charset(content_type)
    notes = []
    early = _early(data, label)
    name = early or _sniff(data, label)
    if name is None:
        notes.append(f"the server names an unknown encoding, {label!r}: it was left out of account")
        label = ""
        name = _sniff(data, "")
    assert name is not None
    if not (label or early or data.isascii() or _declared(data, name)):
        name = _xml_encoding(data) or name
        notes.append(
            f"the page does not declare its encoding, so browsers guess: it was read as {name}"
        )
    text = data.decode(f"whatwg-{name.lower()}", errors="replace")
    return Decoded(text.removeprefix("\ufeff"), name, tuple(notes))


def charset(content_type: str) -> str:
    """The charset that a Content-Type header names, or an empty string."""
    message = Message()
    message["Content-Type"] = content_type
    value = message.get_param("charset", "")
    return value.strip() if isinstance(value, str) else ""


def _sniff(data: bytes, label: str) -> str | None:
    try:
        return turbohtml.parse(data, encoding=label or None, positions=False).encoding
    except LookupError:
        return None


def _early(data: bytes, label: str) -> str | None:
    """The encoding that the first bytes say, whatever follows them; None where they do not say it, or begin with a
    mark."""
    head = data[:_PRESCAN]
    if not head[:4].isascii():
        return None
    head = _UNREAD.split(head, maxsplit=1)[0].translate(None, _NOT_ASCII)
    name = _sniff(head + _INVALID, label)
    return name if name == _sniff(head + _VALID, label) else None


def _declared(data: bytes, name: str) -> bool:
    """Whether a mark or a ``<meta>`` named the encoding: then it stays, whatever the bytes that follow."""
    if name not in ("UTF-8", "windows-1252") or data.startswith(codecs.BOM_UTF8):
        return True
    other = _INVALID if name == "UTF-8" else _VALID
    return _sniff(data.translate(None, _NOT_ASCII) + other, "") == name


def _xml_encoding(data: bytes) -> str | None:
    found = _XML.match(data)
    if not found:
        return None
    label = found[1].decode("ascii", errors="replace")
    return "UTF-8" if label.lower().startswith("utf-16") else _sniff(b"", label)
