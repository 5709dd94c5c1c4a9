"""Pictures of a page: each once, with what its markup and the browser say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article import address, naming, virin
from checker.article.roles import Kind, Role, View, classify
from checker.article.setting import Setting, Settings
from checker.article.tree import enclosing
from checker.page import ImageFacts

if TYPE_CHECKING:
    from checker.article import Article


@dataclass(frozen=True, eq=False)
class Image:
    """A picture. ``alt`` is the attribute as written, None where there is none. ``name`` is what assistive technology
    reads, and ``named_by`` the attribute or element that gives it; ``description`` is the text of aria-describedby.
    ``decorative``: its author marks it so, and nothing takes that back. ``exposed``: assistive technology gets to it,
    as far as is known. ``size`` is the shown one in CSS pixels, else the one that markup or address state; ``natural``
    in image pixels. ``link`` is the link or button whose only content it is; ``loaded`` is None where nobody tried.
    """

    tag: Tag
    kind: Kind
    role: Role
    reason: str  # why it has this role
    setting: Setting
    sources: tuple[str, ...]
    alt: str | None
    name: str
    named_by: str
    description: str
    decorative: bool
    exposed: bool
    hidden: bool
    in_body: bool
    size: address.Size
    natural: address.Size = (None, None)
    loaded: bool | None = None
    link: Tag | None = None

    @cached_property
    def file_name(self) -> str:
        """The name of the file it shows; empty for inline pictures."""
        return address.file_name(self.sources[0]) if self.sources else ""

    @cached_property
    def virin(self) -> virin.Virin | None:
        """The VIRIN that its file name is: no evidence that the page shows one."""
        return virin.in_file_name(self.file_name)

    def larger_than(self, pixels: int) -> bool | None:
        """Whether the longer side exceeds ``pixels``; None where no side is known."""
        known = [side for side in self.size if side is not None]
        return max(known) > pixels if known else None


_PICTURES = ("img", "svg", "input", "object", "embed")
_NAMED_GRAPHIC = frozenset({"img", "image", "graphics-document", "graphics-symbol"})
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.I)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp)(?:[?#]|$)", re.I)


def find_images(article: Article) -> Iterator[Image]:
    """Every picture of the document in its order, CSS backgrounds last; not those of inert templates and noscript."""
    found = [
        (tag, kind, address.sources(tag))
        for tag in article.in_order((article.elements(*_PICTURES), _graphics(article)))
        if (kind := _kind(tag)) is not None
    ]
    reader = _Reader(article, Counter(source for _, _, sources in found for source in sources[:1]))
    shown: set[str] = set()
    for tag, kind, sources in found:
        image = reader.read(tag, kind, sources)
        shown.add(image.file_name)
        yield image
    rendering = article.page.rendering
    for background in rendering.backgrounds if rendering else ():
        element = article.by_number(background.element)
        name = address.file_name(background.url)
        if element is not None and name and name not in shown:
            shown.add(name)
            yield reader.read(element, Kind.BACKGROUND, (background.url,))


def _graphics(article: Article) -> Iterator[Tag]:
    """What its role may make a picture."""
    return (tag for tag in article.with_attribute("role") if tag.name not in _PICTURES)


def _kind(tag: Tag) -> Kind | None:
    name = tag.name
    if name not in _PICTURES:
        return Kind.GRAPHIC if role_of(tag) in _NAMED_GRAPHIC else None
    if name == "img":
        return Kind.PICTURE if tag.parent is not None and tag.parent.name == "picture" else Kind.IMG
    if name == "svg":
        return Kind.SVG if enclosing(tag, "svg") is None else None
    if name == "input":
        return Kind.INPUT if str(tag.get("type", "")).lower() == "image" else None
    source = str(tag.get("data", tag.get("src", "")))
    typed = str(tag.get("type", "")).startswith("image/")
    return Kind.OBJECT if typed or _PICTURE_FILE.search(source) else None


def role_of(tag: Tag) -> str:
    """The first token of the role attribute, lower case."""
    role = tag.attrs.get("role")
    return str(role).strip().lower().partition(" ")[0] if role else ""


class _Reader:
    """Reads pictures of one article; what several share is found once."""

    def __init__(self, article: Article, shown: Mapping[str, int]) -> None:
        self._article = article
        self._settings: Settings = article.settings
        self._shown = shown
        self._links: dict[int, tuple[str, int]] = {}
        rendering = article.page.rendering
        self._facts: dict[int, ImageFacts] = (
            {facts.element: facts for facts in rendering.images} if rendering else {}
        )

    def read(self, tag: Tag, kind: Kind, sources: tuple[str, ...]) -> Image:
        article, setting = self._article, self._settings[tag]
        facts = self._facts.get(article.document.number(tag) or -1)
        name, named_by = naming.named(tag, article.by_id)
        alt = str(tag["alt"]) if "alt" in tag.attrs and kind is not Kind.BACKGROUND else None
        sources = sources or tuple(_BACKGROUND.findall(str(tag.get("style", ""))))
        hidden = bool(article.hidden(tag)) or (article.page.rendering is None and setting.concealed)
        text, pictures = self._content(setting.link) if setting.link is not None else ("", 0)
        view = View(
            tag=tag,
            kind=kind,
            setting=setting,
            sources=sources,
            size=self._size(tag, sources, shown=facts is None or bool(facts.natural_width)),
            in_body=article.in_body(tag),
            decorative=_decorative(tag, alt, named_by),
            named=bool(name),
            repeated=any(self._shown.get(source, 0) > 2 for source in sources[:1]),
            linked_text=text,
        )
        role, reason = classify(view)
        return Image(
            tag=tag,
            kind=kind,
            role=role,
            reason=reason,
            setting=setting,
            sources=sources,
            alt=alt,
            name=name,
            named_by=named_by,
            description=naming.described(tag, article.by_id),
            decorative=view.decorative,
            exposed=not (hidden or setting.aria_hidden),
            hidden=hidden,
            in_body=view.in_body,
            size=view.size,
            natural=(facts.natural_width, facts.natural_height) if facts else (None, None),
            loaded=facts.loaded if facts else None,
            link=setting.link if not text and pictures == 1 else None,
        )

    def _size(self, tag: Tag, sources: tuple[str, ...], *, shown: bool) -> address.Size:
        """The size of the box, unless the picture is not there and the box is that of its alternative."""
        box = self._article.box(tag)
        if shown and box is not None and box[2] and box[3]:
            return box[2], box[3]
        written = address.written_size(tag)
        if written != (None, None) or not sources:
            return written
        return address.addressed_size(sources[0])

    def _content(self, link: Tag) -> tuple[str, int]:
        """The link's text and how many pictures it has."""
        if id(link) not in self._links:
            pictures = sum(_kind(each) is not None for each in self._article.within(link))
            self._links[id(link)] = self._article.text(link), pictures
        return self._links[id(link)]


def _decorative(tag: Tag, alt: str | None, named_by: str) -> bool:
    """An empty alt, or role none; not where the element takes focus or ARIA names it: then roles conflict and it is
    exposed (https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none)."""
    if named_by.startswith("aria-") or (tag.has_attr("tabindex") and tag.name != "input"):
        return False
    return role_of(tag) in ("none", "presentation") or (alt == "" and tag.name == "img")
