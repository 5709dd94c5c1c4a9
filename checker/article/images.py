"""Pictures of a page: each once, with what its markup and the browser say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from bs4.element import Tag

from checker.article import address, naming, virin
from checker.article.roles import Kind, Role, classify
from checker.article.setting import Setting
from checker.article.tree import enclosing
from checker.rendering import ImageFacts

if TYPE_CHECKING:
    from checker.article import Article


class Image:
    """A picture. What it says of itself is read when somebody asks: most are icons, of which few questions are asked.

    ``tag`` is its element, ``kind`` how it is marked up, ``setting`` what surrounds it, ``sources`` the addresses of
    its files as written, the shown one first.
    """

    def __init__(self, album: _Album, tag: Tag, kind: Kind, sources: tuple[str, ...]) -> None:
        self._album = album
        self.tag = tag
        self.kind = kind
        self.setting: Setting = album.article.settings[tag]
        self.sources = sources
        if not sources and "style" in tag.attrs:
            self.sources = tuple(_BACKGROUND.findall(str(tag.attrs["style"])))

    @cached_property
    def _judged(self) -> tuple[Role, str]:
        return classify(self)

    @property
    def role(self) -> Role:
        """What it is for."""
        return self._judged[0]

    @property
    def reason(self) -> str:
        """Why it has this role, in a few words."""
        return self._judged[1]

    @property
    def alt(self) -> str | None:
        """The attribute as written, None where there is none."""
        written = None if self.kind is Kind.BACKGROUND else self.tag.attrs.get("alt")
        return None if written is None else str(written)

    @cached_property
    def _named(self) -> tuple[str, str]:
        return naming.named(self.tag, self._album.article.by_id)

    @property
    def name(self) -> str:
        """What assistive technology reads."""
        return self._named[0]

    @property
    def named_by(self) -> str:
        """The attribute or element that gives the name."""
        return self._named[1]

    @property
    def text(self) -> str:
        """The text that stands in its element: of a drawing, its title with it."""
        return self._album.article.text(self.tag)

    @cached_property
    def description(self) -> str:
        """The text of aria-describedby."""
        return naming.described(self.tag, self._album.article.by_id)

    @cached_property
    def decorative(self) -> bool:
        """Its author marks it so, and nothing takes that back: an empty alt, or role none; not where the element takes
        focus or ARIA names it, for then roles conflict and it is exposed
        (https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none)."""
        tag = self.tag
        if self.named_by.startswith("aria-") or ("tabindex" in tag.attrs and tag.name != "input"):
            return False
        return role_of(tag) in ("none", "presentation") or (self.alt == "" and tag.name == "img")

    @cached_property
    def hidden(self) -> bool:
        """Whether nobody sees it, as far as is known."""
        said = self._album.article.hidden(self.tag)
        return bool(said) or (self._album.rendering is None and self.setting.concealed)

    @property
    def exposed(self) -> bool:
        """Whether assistive technology gets to it, as far as is known."""
        return not (self.hidden or self.setting.aria_hidden)

    @property
    def in_body(self) -> bool:
        """Whether it stands in the article's body."""
        return self._album.article.in_body(self.tag)

    @cached_property
    def size(self) -> address.Size:
        """The shown one in CSS pixels, else the one that markup or address state. A box where the picture is not there
        is that of its alternative."""
        box, facts = self._album.article.box(self.tag), self._facts
        if box is not None and box[2] and box[3] and (facts is None or facts.natural_width):
            return box[2], box[3]
        written = address.written_size(self.tag)
        if written != (None, None) or not self.sources:
            return written
        return address.addressed_size(self.sources[0])

    @cached_property
    def _facts(self) -> ImageFacts | None:
        album = self._album
        if not album.facts:
            return None
        return album.facts.get(album.article.document.number(self.tag) or -1)

    @property
    def natural(self) -> address.Size:
        """Its size in image pixels."""
        facts = self._facts
        return (facts.natural_width, facts.natural_height) if facts else (None, None)

    @property
    def loaded(self) -> bool | None:
        """Whether its file came; None where nobody tried."""
        return self._facts.loaded if self._facts else None

    @property
    def linked_text(self) -> str:
        """The text of the link or button around it."""
        return self._album.article.text(self.setting.link) if self.setting.link is not None else ""

    @property
    def link(self) -> Tag | None:
        """The link or button whose only content it is."""
        link = self.setting.link
        alone = link is not None and not self.linked_text and self._album.pictures(link) == 1
        return link if alone else None

    @property
    def repeated(self) -> bool:
        """Whether the page shows the same file three times or more."""
        return bool(self.sources) and self._album.shown[self.sources[0]] > 2

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
    shown = Counter(sources[0] for _, _, sources in found if sources)
    album = _Album(article, shown)
    images = [Image(album, tag, kind, sources) for tag, kind, sources in found]
    yield from images
    if album.rendering is None:
        return
    names = {image.file_name for image in images}
    for background in album.rendering.backgrounds:
        element = article.by_number(background.element)
        name = address.file_name(background.url)
        if element is not None and name and name not in names:
            names.add(name)
            yield Image(album, element, Kind.BACKGROUND, (background.url,))


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


class _Album:
    """What the pictures of an article share. ``shown`` says how often each file is the first of a picture's."""

    def __init__(self, article: Article, shown: Counter[str]) -> None:
        self.article = article
        self.shown = shown
        self.rendering = article.page.rendering
        self.facts: dict[int, ImageFacts] = (
            {facts.element: facts for facts in self.rendering.images} if self.rendering else {}
        )
        self._pictures: dict[int, int] = {}

    def pictures(self, link: Tag) -> int:
        """How many pictures a link or button has."""
        if id(link) not in self._pictures:
            within = self.article.within(link)
            self._pictures[id(link)] = sum(_kind(each) is not None for each in within)
        return self._pictures[id(link)]
