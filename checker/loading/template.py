"""Which pages are made by one template, told before any is loaded: by a file's markup, by an address's shape."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import urlsplit

from bs4.element import Tag

from checker.document import load
from checker.loading.options import Target
from checker.loading.static import read_source
from checker.page import Problem

_LANDMARKS = frozenset({"header", "nav", "main", "footer", "aside"})
_ROLES = frozenset({"banner", "navigation", "main", "contentinfo", "complementary", "search"})
_CONTENT = frozenset({"main", "article"})
_OWN = re.compile(r"\d|^(is|has|not)-|active|current|selected|open|expanded")
_GIVEN = re.compile(r"\d|[-_.%+~]|^.{25,}$")


def signature(target: Target) -> str:
    """The same for pages of one template. A file's is made of its head's kinds of meta data and of its shared parts
    (landmarks with their places, names and classes), without what stands in the article; an address's of its host and
    path, in which a step with digits, hyphens and the like is some page's own."""
    if target.url:
        return _shape(target.url)
    source = read_source(target)
    if isinstance(source, Problem):
        return f"unreadable: {target.text}"
    return sha256("\n".join(_parts(source.text)).encode("utf-8", "replace")).hexdigest()[:16]


def _shape(url: str) -> str:
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    shape = "/".join("*" if _GIVEN.search(step) else step for step in steps)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{parts.netloc.lower()}/{shape}?{'&'.join(names)}"


def _parts(html: str) -> list[str]:
    soup = load(html).soup
    metas = sorted(
        {str(tag.get("name") or tag.get("property") or "") for tag in soup.find_all("meta")}
    )
    generator = soup.find("meta", attrs={"name": "generator"})
    said = str(generator.get("content")) if isinstance(generator, Tag) else ""
    lines = [f"generator {said}", f"meta {metas}", f"body {_words(soup.body)}"]
    return lines + [f"{_path(tag)}" for tag in soup.find_all(_is_landmark) if not _inside(tag)]


def _is_landmark(tag: Tag) -> bool:
    return tag.name in _LANDMARKS or str(tag.get("role", "")).lower() in _ROLES


def _inside(tag: Tag) -> bool:
    """Whether it stands in the article: what an author writes is no template."""
    return any(parent.name in _CONTENT for parent in tag.parents)


def _path(tag: Tag) -> str:
    steps = [tag, *(each for each in tag.parents if each.name not in ("html", "[document]"))]
    return " < ".join(f"{step.name}{_words(step)}" for step in steps)


def _words(tag: Tag | None) -> str:
    """Id and classes, without those that are a page's own."""
    if tag is None:
        return ""
    classes = tag.get("class")
    given = classes if isinstance(classes, list) else [classes or ""]
    words = [str(tag.get("id") or ""), *given]
    return "." + ".".join(sorted({word for word in words if word and not _OWN.search(word)}))
