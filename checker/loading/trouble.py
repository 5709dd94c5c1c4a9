"""Is this an article at all? Load errors, error pages, login walls, non-HTML and empty pages are told, never judged."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

from checker.document import TooLarge, load
from checker.loading.content import Content
from checker.loading.redact import redact_url
from checker.loading.walls import error_page, login_wall
from checker.page import Problem, Trouble

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_XML_TYPE = re.compile(r"(application|text)/xml|[\w.-]+/[\w.+-]+\+xml")
_HEAD = 4096

# What a document that is no HTML begins with, after white space.
_MAGIC = (
    ("%PDF-", "a PDF"),
    ("\x89PNG", "a picture"),
    ("\u2030PNG", "a picture"),  # the same bytes, read as windows-1252
    ("\ufffdPNG", "a picture"),
    ("GIF8", "a picture"),
    ("\xff\xd8\xff", "a picture"),
    ("\ufffd\ufffd\ufffd\ufffd\0\x10JFIF", "a picture"),
    ("PK\x03\x04", "a ZIP archive or an Office document"),
)
_FEED = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b", re.DOTALL
)
_XHTML = re.compile(r"<html\b", re.IGNORECASE)


def find_trouble(
    status: int | None,
    content_type: str,
    html: str,
    url: str,
    final_url: str,
    *,
    rendered: bool = False,
) -> Problem | None:
    """Why the document cannot be judged as an article; None when it can.

    ``status`` is None for a file; ``content_type`` the header's value, empty where there is none; ``html`` the text as
    served, or the DOM when it was ``rendered``; ``url`` what was asked for and ``final_url`` what answered.
    """
    if status is not None and (problem := _by_status(status)):
        return problem
    if kind := _other_kind(content_type, html):
        return Problem(
            Trouble.NOT_HTML, f"not a web page but {kind}: give the address of the article's page"
        )
    try:
        content = Content(load(html))
    except TooLarge as error:
        return Problem(Trouble.TOO_LARGE, str(error))
    return (
        error_page(content)
        or login_wall(content, url, final_url)
        or _redirect_only(content, rendered=rendered)
        or _empty(content, rendered=rendered)
    )


def _by_status(status: int) -> Problem | None:
    """A document that its own server calls no success."""
    if status == 401:
        return Problem(
            Trouble.LOGIN_WALL,
            "the server asks for a user and a password (401): give them by --basic-auth-env",
        )
    if status in (204, 205):
        return Problem(Trouble.EMPTY, f"the server answered {_named(status)}: it sent no page")
    if not 200 <= status < 300:
        return Problem(Trouble.HTTP_ERROR, f"the server answered {_named(status)}")
    return None


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _other_kind(content_type: str, html: str) -> str:
    """What else the document is, by its type, else by how it begins; empty for HTML."""
    essence = content_type.partition(";")[0].strip().lower()
    start = html[:_HEAD].lstrip()
    if essence and essence not in _HTML_TYPES:
        if _XML_TYPE.fullmatch(essence) and _XHTML.search(start):
            return ""
        return essence
    if essence:
        return ""
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    if _FEED.match(start):
        return "XML"
    return "JSON" if start[:1] in ("{", "[") and _is_json(html) else ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _redirect_only(content: Content, *, rendered: bool) -> Problem | None:
    if rendered or not (target := content.sent_on()):
        return None
    where = f" to {redact_url(target)[:200]}" if target != "?" else ""
    return Problem(
        Trouble.EMPTY,
        f"the page only sends readers on{where} (by meta refresh or script): audit the page that it leads to",
    )


def _empty(content: Content, *, rendered: bool) -> Problem | None:
    if content.shows_something():
        return None
    if content.scripted and not rendered:
        return Problem(
            Trouble.EMPTY,
            "the page shows nothing before its scripts run: a browser must render it (--render always)",
        )
    return Problem(Trouble.EMPTY, "the page is empty: it has no text and no picture")
