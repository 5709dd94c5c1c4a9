"""The article model: views of a Page in the words of the people who publish it. Each view is made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import cast
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from checker.article.access import Access
from checker.article.agency import Agency, agency_of
from checker.article.banner import Banner, find_banner
from checker.article.body import find_body
from checker.article.cards import find_cards
from checker.article.duty_links import called
from checker.article.elements import Elements
from checker.article.figures import Figure, find_figures
from checker.article.identity import Identity, apart, identify
from checker.article.images import Image, find_images
from checker.article.locate import Locator, Place, snippet
from checker.article.name import Names
from checker.article.setting import Settings
from checker.article.subresources import LOADING, Subresource, subresources
from checker.article.tree import enclosing
from checker.document import Document, own, parse
from checker.page import Mode, Page
from checker.verdict import Location, Region


class Article(Elements):
    """What the checks see of a page. The same page always gives the same views."""

    def __init__(
        self,
        page: Page,
        known_rules: frozenset[str] = frozenset(),
        agencies: tuple[Agency, ...] = (),
    ) -> None:
        """``known_rules`` are the ids of the catalogue that judges it, ``agencies`` those that it knows."""
        super().__init__()
        self.page = page
        self.known_rules = known_rules
        self._agencies = agencies
        self._found: dict[tuple[object, ...], object] = {}
        self._documents: list[Document] = []

    def close(self) -> None:
        """Let go of the page's documents and of all that was found in them. Nothing can be asked any more."""
        for document in self._documents:
            document.close()
        vars(self).clear()

    def _own(self, html: str) -> Document:
        document = own(html)
        self._documents.append(document)
        return document

    def once[T, *Ts](self, find: Callable[[Article, *Ts], T], *arguments: *Ts) -> T:
        """What ``find`` makes of the article and the arguments, kept for all that ask: several rules share it."""
        key = (find, *arguments)
        if key not in self._found:
            self._found[key] = find(self, *arguments)
        return cast(T, self._found[key])

    @cached_property
    def document(self) -> Document:
        """The document as judged: rendered where a browser was there, else as served."""
        return self._own(self.page.html)

    @cached_property
    def source(self) -> Document | None:
        """The document as served, where it is known."""
        if self.page.mode is Mode.STATIC:
            return self.document
        return None if self.page.source is None else self._own(self.page.source)

    @cached_property
    def frames(self) -> tuple[tuple[Tag, Document], ...]:
        """Same-origin frames that a browser could read: the frame element and its document."""
        rendering = self.page.rendering
        if rendering is None:
            return ()
        elements = self.document.by_number
        return tuple(
            (elements[frame.element], self._own(frame.html))
            for frame in rendering.frames
            if frame.html is not None and frame.element in elements
        )

    @property
    def host(self) -> str:
        """The host under which readers get the page; empty for a local file that nobody published."""
        return (urlsplit(self.page.url).hostname or "").lower()

    @cached_property
    def agency(self) -> Agency | None:
        """The agency whose host it is, where a file says so."""
        return agency_of(self.host, self._agencies) if self.host else None

    @cached_property
    def base(self) -> str:
        """The address against which the page's links resolve (its ``<base href>`` included)."""
        base = next((tag for tag in self.elements("base") if "href" in tag.attrs), None)
        href = str(base["href"]) if base is not None else ""
        return urljoin(self.page.url, href)

    def resolve(self, address: str) -> str:
        """An address of the page as an absolute one, where the page's own is known; the same text where it is no
        address at all."""
        try:
            return urljoin(self.base, address.strip())
        except ValueError:
            return address

    @cached_property
    def title_element(self) -> Tag | None:
        """The element that names the document: its first ``title``, those of drawings and shadow trees apart (HTML)."""
        for tag in self.elements("title"):
            if enclosing(tag, "svg", "template") is None:
                return tag
        return None

    @cached_property
    def title(self) -> str:
        """The text of the title element, spaces folded."""
        return self.text(self.title_element) if self.title_element else ""

    @cached_property
    def language(self) -> str:
        """The primary language subtag of ``<html lang>`` in lower case, or empty."""
        value = str(self.root.get("lang", "")) if self.root else ""
        return value.strip().split("-")[0].lower()

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.document, self.source)

    def locate(self, tag: Tag, name: str = "") -> Location:
        """Where an element of ``document`` is, in words and numbers that a person can use."""
        return Place(self._locator, tag, name)

    def by_number(self, number: int | None) -> Tag | None:
        """The element of the judged document (frames apart) that has this number in the rendering."""
        return None if number is None else self.document.by_number.get(number)

    def hidden(self, tag: Tag) -> bool | None:
        """Whether nobody sees the element, by the browser; None where no browser was there."""
        rendering = self.page.rendering
        if rendering is None:
            return None
        number = self.document.number(tag)
        return None if number is None else number in rendering.hidden

    def box(self, tag: Tag) -> tuple[int, int, int, int] | None:
        """x, y, width and height in CSS pixels, where a browser laid the element out."""
        rendering = self.page.rendering
        number = self.document.number(tag) if rendering is not None else None
        if rendering is None or number is None or number >= len(rendering.boxes):
            return None
        return rendering.boxes[number]

    @cached_property
    def access(self) -> Access:
        """The page's elements as assistive technology meets them: roles, focus, what is hidden."""
        return Access(self)

    @cached_property
    def names(self) -> Names:
        """Accessible names, by what the browser shows where one was there."""
        return Names(self.access)

    @cached_property
    def markup_names(self) -> Names:
        """Accessible names by the markup alone: what only the browser hides counts."""
        return Names(self.access, by_browser=False)

    def region(self, where: Location) -> Region:
        """Whether a place is in the article's own content or in what pages share."""
        tag = self._locator.find(where)
        return Region.ARTICLE if tag is not None and self.in_body(tag) else Region.TEMPLATE

    def of_page(self, where: Location) -> bool:
        """Whether a place stands for the page itself: html, body, head or what is in the head."""
        tag = self._locator.find(where)
        return tag is not None and (
            tag.name in ("html", "body", "head") or enclosing(tag, "head") is not None
        )

    def identity(self, where: Location) -> Identity | None:
        """What the element of a place is recognised by on the next run; None where not even its markup is known. Only
        findings need it: it is not cheap."""
        tag = self._locator.find(where)
        sure = isinstance(where, Place) or where.element is not None
        if tag is not None and (sure or snippet(tag) == where.snippet):
            return identify(self, tag)
        body = parse(where.snippet).soup.body if where.snippet else None
        alone = body.find(True) if body is not None else None
        return apart(self, alone) if isinstance(alone, Tag) else None

    def in_body(self, tag: Tag) -> bool:
        """Whether an element stands in the article's body."""
        return self.body is not None and self.index.holds(self.body, tag)

    @cached_property
    def links(self) -> tuple[tuple[Tag, str, str], ...]:
        """The elements ``a`` and ``area``, with what each is called (see ``duty_links.called``)."""
        return tuple(called(self))

    @cached_property
    def subresources(self) -> tuple[Subresource, ...]:
        """What the document loads beside itself, by its markup."""
        styled = (tag for tag in self.with_attribute("style") if tag.name not in LOADING)
        return tuple(subresources(self.in_order((self.elements(*LOADING), styled))))

    @cached_property
    def banner(self) -> Banner | None:
        """The government banner, found by its words; None where the document has none."""
        return find_banner(self)

    @cached_property
    def body(self) -> Tag | None:
        """The element that holds the article's own content, or None where nothing says which does."""
        return find_body(self)

    @cached_property
    def settings(self) -> Settings:
        """What surrounds each element: landmarks, furniture, links."""
        body = self.body
        return Settings(body, find_cards(self, body) if body else frozenset())

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The page's pictures, each once, in document order."""
        return tuple(find_images(self))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The pictures of the article's own content, with the caption, credit and VIRIN shown for them."""
        return tuple(find_figures(self))
