"""Pictures: which there are, what they are for, what names them."""

from __future__ import annotations

import pytest

from checker.article import Article
from checker.article.images import Image
from checker.article.roles import Kind, Role
from checker.page import Mode, Page
from checker.rendering import Background, ImageFacts, Rendering

TEXT = "<p>" + "The harbor was cleaned by forty people before the tide came in. " * 4 + "</p>"


def article_of(body: str) -> Article:
    html = f"<!doctype html><html lang=en><title>T</title><body><main><h1>H</h1>{TEXT}{body}</main>"
    return Article(
        Page(target="x", url="https://www.example.gov/", mode=Mode.STATIC, html=html, loaded_at="")
    )


def images_of(body: str) -> tuple[Image, ...]:
    return article_of(body).images


def image_of(body: str) -> Image:
    (image,) = images_of(body)
    return image


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<img src=a.jpg>", Kind.IMG),
        ("<picture><source srcset='a.webp 1x, b.webp 2x'><img src=a.jpg></picture>", Kind.PICTURE),
        ("<svg><g><svg></svg></g></svg>", Kind.SVG),
        ("<input type=image src=a.png>", Kind.INPUT),
        ("<object data=a.svg type=image/svg+xml></object>", Kind.OBJECT),
        ("<div role=img style=\"background-image: url('a.jpg')\"></div>", Kind.GRAPHIC),
    ],
)
def test_each_picture_is_one(markup: str, kind: Kind) -> None:
    assert image_of(markup).kind is kind


@pytest.mark.parametrize(
    "markup",
    [
        "<noscript><img src=a.jpg></noscript>",
        "<template><img src=a.jpg></template>",
        "<picture><source srcset=a.webp></picture>",
        "<input type=text>",
        "<object data=a.pdf></object>",
    ],
)
def test_what_nobody_gets_is_no_picture(markup: str) -> None:
    assert images_of(markup) == ()


@pytest.mark.parametrize(
    ("markup", "role"),
    [
        ("<img src=a.jpg>", Role.CONTENT),  # of unknown size
        ("<img src=a.jpg alt=''>", Role.CONTENT),  # a photograph, whatever its author says
        ("<img src=a.png alt='A chart'>", Role.CONTENT),
        ("<img src=wave.png alt=''>", Role.DECORATION),
        ("<img src=a.png alt='' width=600 height=400>", Role.CONTENT),
        ("<img src=a.png width=48 height=48 alt=x>", Role.DECORATION),
        ("<img src=a.png width=49 height=48 alt=x>", Role.CONTENT),
        ("<img src=spacer.gif alt=''>", Role.DECORATION),
        ("<img src=a.jpg aria-hidden=true>", Role.DECORATION),
        ("<img src=a.jpg role=presentation>", Role.DECORATION),
        ("<img src=a.gif width=1 height=1>", Role.TRACKING),
        ("<img src='https://www.facebook.com/tr?id=1'>", Role.TRACKING),
        ("<img src=agency-logo.png alt=Agency>", Role.FURNITURE),
        ("<img class=avatar src=doe.jpg alt=Doe>", Role.FURNITURE),
        ("<nav><img src=a.jpg alt=x></nav>", Role.FURNITURE),
        ("<aside><img src=a.jpg alt=x></aside>", Role.FURNITURE),
        ("<div class='social-share'><img src=a.png alt=x></div>", Role.FURNITURE),
        ("<button><img src=a.png alt=x></button>", Role.FURNITURE),
        ("<a href=/b><img src=a.png alt=x> Next</a>", Role.FURNITURE),
        ("<figure><img src=a.svg alt=x></figure>", Role.CONTENT),
        ("<img src=chart.svg alt=x width=600 height=400>", Role.CONTENT),
        ("<img src=pdf.svg alt=PDF>", Role.FURNITURE),
        ("<a href=/b><img src=facebook.png alt=Facebook></a>", Role.FURNITURE),
        ("<svg><path/></svg>", Role.DECORATION),
        ("<svg role=img aria-label='Ships by year' width=600 height=300></svg>", Role.CONTENT),
    ],
)
def test_role(markup: str, role: Role) -> None:
    image = image_of(markup)
    assert image.role is role, image.reason


def test_what_stands_outside_the_text_is_furniture() -> None:
    html = f"<body><img src=a.jpg alt=x><article><h1>H</h1>{TEXT}<img src=b.jpg alt=x></article>"
    page = Page(target="x", url="", mode=Mode.STATIC, html=html, loaded_at="")
    assert [image.role for image in Article(page).images] == [Role.FURNITURE, Role.CONTENT]


def test_a_mark_that_comes_again_and_again_is_furniture() -> None:
    marks = images_of("<p>" + "<img src=tag.png alt=Tag> word " * 3)
    assert {image.role for image in marks} == {Role.FURNITURE}


@pytest.mark.parametrize(
    ("markup", "name", "by"),
    [
        ("<img src=a.jpg alt=' A  boat '>", "A boat", "alt"),
        ("<img src=a.jpg alt=x aria-label=Boat>", "Boat", "aria-label"),
        (
            "<b id=n>Boat</b><img src=a.jpg alt=x aria-labelledby='n gone'>",
            "Boat",
            "aria-labelledby",
        ),
        ("<img src=a.jpg title=Boat>", "Boat", "title"),
        ("<svg><title>Boat</title></svg>", "Boat", "title element"),
        ("<label>Find <input type=image src=a.png></label>", "Find", "label"),
        ("<img src=a.jpg alt='&nbsp;&#8203;'>", "", ""),
        ("<img src=a.jpg>", "", ""),
    ],
)
def test_name(markup: str, name: str, by: str) -> None:
    image = image_of(markup)
    assert (image.name, image.named_by) == (name, by)


@pytest.mark.parametrize(
    ("markup", "decorative"),
    [
        ("<img src=a.jpg alt=''>", True),
        ("<img src=a.jpg role=none>", True),
        ("<img src=a.jpg role=none tabindex=0>", False),
        ("<img src=a.jpg alt='' aria-label=Boat>", False),
        ("<img src=a.jpg>", False),
        ("<img src=a.jpg alt=' '>", False),
    ],
)
def test_marked_as_decoration(markup: str, decorative: bool) -> None:
    assert image_of(markup).decorative is decorative


@pytest.mark.parametrize(
    "markup",
    [
        "<div hidden><img src=a.jpg></div>",
        "<div style='display:none'><img src=a.jpg></div>",
        "<div style='color:red; visibility: hidden'><img src=a.jpg></div>",
        "<div aria-hidden=true><img src=a.jpg></div>",
        "<video><img src=a.jpg></video>",
    ],
)
def test_assistive_technology_does_not_get_to_it(markup: str) -> None:
    assert not image_of(markup).exposed


def test_lazy_pictures_show_what_they_will_load() -> None:
    lazy = image_of("<img src='data:image/gif;base64,R0' data-src=/a/boat%20one.jpg?w=2 alt=x>")
    assert lazy.file_name == "boat one.jpg"
    assert image_of("<img data-srcset='/a.jpg 1x, /b.jpg 2x' alt=x>").sources == (
        "/a.jpg",
        "/b.jpg",
    )


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ("<img src=a.jpg width=600 height='400px'>", (600, 400)),
        ("<img src=a.jpg width='100%'>", (None, None)),
        ("<img src=a.jpg style='max-width: 9px; width: 300px'>", (300, None)),
        ("<img src=//media.defense.gov/2016/Jan/14/2001335005/670/394/0/A.JPG>", (670, 394)),
        ("<img src=//media.defense.gov/2016/Jan/14/2001335005/-1/-1/0/A.JPG>", (None, None)),
        ("<img src=/wp-content/a-300x200.jpg>", (300, 200)),
    ],
)
def test_size(markup: str, size: tuple[int | None, int | None]) -> None:
    assert image_of(markup).size == size


def test_a_link_of_nothing_else() -> None:
    assert image_of("<a href=/b><img src=a.jpg></a>").link is not None
    assert image_of("<a href=/b><img src=a.jpg> Boat</a>").link is None
    assert all(
        image.link is None for image in images_of("<a href=/b><img src=a.jpg><img src=b.jpg></a>")
    )


def test_a_virin_in_the_file_name() -> None:
    image = image_of("<img src=/0/240415-a-ex530-1629.jpg>")
    assert image.virin is not None
    assert image.virin.number == "240415-A-EX530-1629"
    assert image_of("<img src=/0/boat.jpg>").virin is None


def test_what_the_browser_says() -> None:
    html = (
        '<body data-presscheck="0"><main data-presscheck="1"><h1 data-presscheck="2">H</h1>'
        '<img data-presscheck="3" src=a.jpg width=9 height=9><img data-presscheck="4" src=b.jpg>'
        '<div data-presscheck="5"></div><div data-presscheck="6"></div></main>'
    )
    rendering = Rendering(
        browser="Chromium",
        viewport=(1280, 800),
        boxes=tuple((0, 0, 640, 360) for _ in range(7)),
        hidden=frozenset({4}),
        images=(
            ImageFacts(3, "https://x.gov/a.jpg", 1280, 720, True),
            ImageFacts(4, "b.jpg", 0, 0, False),
        ),
        backgrounds=(Background(5, "https://x.gov/a.jpg"), Background(6, "https://x.gov/c.jpg")),
    )
    page = Page(
        target="x",
        url="https://x.gov/",
        mode=Mode.RENDERED,
        html=html,
        loaded_at="",
        rendering=rendering,
    )
    first, second, third = Article(page).images
    assert (first.size, first.natural, first.loaded) == ((640, 360), (1280, 720), True)
    assert (second.hidden, second.exposed, second.loaded) == (True, False, False)
    assert (third.kind, third.file_name) == (Kind.BACKGROUND, "c.jpg")  # a.jpg is there as an img


def test_a_page_of_many_nested_pictures_is_read() -> None:
    deep = "<div>" * 400 + "<img src=a.jpg alt=x>" + "</div>" * 400
    assert len(images_of(deep * 3)) == 3
    assert len(article_of(deep).figures) == 1
