"""Edits of whole pages, harmless and harmful, and the engine's findings before and after them.

Elements carry their numbers through the edits, so that a test knows which finding should be which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from checker import catalog, document, engine
from checker.article import Article
from checker.baseline.match import Matcher, Recognised
from checker.baseline.rows import Baseline, versions
from checker.baseline.update import updated
from checker.catalog import Catalogue
from checker.page import Mode, Page
from checker.pages import page_key
from checker.report import Audit, Report
from checker.verdict import Outcome, Region, failed
from tests import support_report, support_rules

URL = "https://www.agency.gov/news/2026/one/"
OTHER_URL = "https://www.agency.gov/news/2026/two/"
RULE = "made-up"
SUBJECTS = frozenset("img a iframe input button select h1 h2 h3 svg table form video".split())
BLOCKS = frozenset(
    "div p ul ol section main article aside table figure form header footer nav".split()
)

type Edit = Callable[[BeautifulSoup, Random], object]


def stamped(html: str) -> str:
    """The page with a number on every element of its body."""
    soup = document.load(html).soup
    for number, tag in enumerate(soup.body.find_all(True) if soup.body else ()):
        tag[document.NUMBER] = str(number)
    return soup.decode()


def page(html: str, url: str = URL) -> Page:
    return Page(target=url, url=url, mode=Mode.STATIC, html=html, loaded_at="2026-11-24T13:00:00Z")


def edited(html: str, edits: list[Edit], random: Random) -> str:
    """The stamped page after the edits."""
    soup = raw(html)
    for edit in edits:
        edit(soup, random)
    return soup.decode()


def raw(html: str) -> BeautifulSoup:
    """The page with its numbers as attributes, to be edited."""
    found = document.load(html)
    for tag in found.soup.find_all(True):
        if (number := found.number(tag)) is not None:
            tag[document.NUMBER] = str(number)
    return found.soup


def subjects(html: str, region: Region | None = None) -> list[int]:
    """Numbers of the elements that rules speak of; those of one region where it is named."""
    article = Article(page(html))
    found = [tag for tag in article.elements(*SUBJECTS) if article.document.number(tag) is not None]
    return [
        number
        for tag in found
        if (number := article.document.number(tag)) is not None
        and tag.find_parent("svg") is None
        and (region is None or article.region(article.locate(tag)) is region)
    ]


@cache
def _catalogue() -> Catalogue:
    return catalog.load()


def audited(html: str, failing: frozenset[int], url: str = URL) -> Audit:
    """The engine's audit by one rule that fails the elements of these numbers."""

    def check(article: Article) -> Iterator[Outcome]:
        for number, tag in sorted(article.document.by_number.items()):
            if number in failing:
                yield failed("It is faulty", article.locate(tag))

    whole = _catalogue()
    made_up = replace(
        whole, rules={RULE: support_rules.rule(RULE, "Made up")}, checks={RULE: check}
    )
    return engine.audit(page(html, url), made_up, engine.Selection(profile="federal"))


def report(*audits: Audit) -> Report:
    found = support_report.report_of(*audits)
    return replace(found, rules=(support_rules.rule(RULE, "Made up"),))


def baseline(*audits: Audit) -> Baseline:
    return updated(Baseline(), report(*audits))


def recognised(known: Baseline, audit: Audit) -> dict[int, Recognised]:
    """By element: how its finding stands against the baseline."""
    made = report(audit)
    matcher = Matcher(known, versions(made.rules, made.tool_version, made.axe_versions))
    found: dict[int, Recognised] = {}
    for each in matcher.recognise(page_key(audit), audit):
        where = each.finding.outcome.where
        assert where is not None
        assert where.element is not None
        found[where.element] = each
    return found


def _some(soup: BeautifulSoup, random: Random, most: int, *, blocks: bool = True) -> list[Tag]:
    """A few elements that no subject holds, so that what is put beside them is in no name."""
    assert soup.body is not None
    fitting = [
        tag
        for tag in soup.body.find_all(sorted(BLOCKS) if blocks else True)
        if not any(parent.name in SUBJECTS or parent.name == "svg" for parent in tag.parents)
    ]
    return random.sample(fitting, min(most, len(fitting)))


def _word(random: Random) -> str:
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=8))


def rename_classes(soup: BeautifulSoup, random: Random) -> None:
    for tag in soup.find_all(class_=True):
        tag["class"] = [f"css-{_word(random)}" for _ in tag.get_attribute_list("class")]


def rename_ids(soup: BeautifulSoup, random: Random) -> None:
    """Ids and all that refers to them."""
    names = {str(tag["id"]): f"g{_word(random)}" for tag in soup.find_all(id=True)}
    for tag in soup.find_all(True):
        for key in ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"):
            if tag.has_attr(key):
                tag[key] = " ".join(names.get(each, each) for each in str(tag[key]).split())


def new_nonces(soup: BeautifulSoup, random: Random) -> None:
    for tag in soup.find_all(["script", "style", "link", "img", "a"]):
        tag["nonce"] = _word(random)
        tag["data-hash"] = tag[f"data-v-{_word(random)}"] = _word(random)


def new_queries(soup: BeautifulSoup, random: Random) -> None:
    """Cache busters: another query on every picture, script and link of the site that has or had none that names
    something."""
    for tag in soup.find_all(["img", "script", "a", "iframe", "source"]):
        for key in ("src", "href", "data-src"):
            address = str(tag.get(key, ""))
            if address and not address.startswith(("data:", "javascript:", "#", "mailto:", "tel:")):
                plain, mark, fragment = address.partition("#")
                joint = "&" if "?" in plain else "?"
                tag[key] = f"{plain}{joint}ver={_word(random)}{mark}{fragment}"


def insert_siblings(soup: BeautifulSoup, random: Random) -> None:
    for tag in _some(soup, random, 12):
        new = soup.new_tag(random.choice(["div", "p", "img", "a"]))
        new.string = f"Inserted {_word(random)}"
        if new.name == "img":
            new = soup.new_tag("img", src=f"/inserted/{_word(random)}.jpg", alt="Inserted")
        random.choice([tag.insert_before, tag.insert_after])(new)


def move_siblings(soup: BeautifulSoup, random: Random) -> None:
    for tag in _some(soup, random, 8):
        children = [each for each in tag.contents if isinstance(each, Tag)]
        if len(children) > 1 and tag.name not in ("table", "html"):
            moved = random.choice(children)
            tag.append(moved.extract())


def stretch_spaces(soup: BeautifulSoup, random: Random) -> None:
    for text in list(soup.find_all(string=True)):
        if type(text) is NavigableString and text.isspace() and text.parent.name != "pre":
            text.replace_with(NavigableString(random.choice(["\n", "\n    ", "  \t\n  ", " "])))


def wrap(soup: BeautifulSoup, random: Random) -> None:
    for tag in _some(soup, random, 10):
        if (
            tag.name != "main"
            and tag.parent is not None
            and tag.parent.name not in ("table", "ul", "ol")
        ):
            tag.wrap(soup.new_tag("div"))


def reorder_attributes(soup: BeautifulSoup, random: Random) -> None:
    for tag in soup.find_all(True):
        items = list(tag.attrs.items())
        random.shuffle(items)
        tag.attrs = dict(items)


def new_styles(soup: BeautifulSoup, random: Random) -> None:
    for tag in soup.find_all(["img", "div", "a", "iframe"]):
        tag["style"] = f"margin:{random.randint(0, 40)}px"
        if tag.name == "img":
            tag["loading"] = "lazy"
            tag["width"] = str(random.randint(100, 999))


HARMLESS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        *(rename_classes, rename_ids, new_nonces, new_queries, insert_siblings, move_siblings),
        *(stretch_spaces, wrap, reorder_attributes, new_styles),
    )
}


def other_file(tag: Tag, random: Random) -> bool:
    """Another picture in the element's place; whether it is one."""
    if tag.name != "img" or not any(tag.has_attr(key) for key in ("src", "data-src", "srcset")):
        return False
    address = f"/pictures/{_word(random)}.jpg"
    for key in [k for k in tag.attrs if "src" in k]:
        tag[key] = address if "set" not in key else f"{address} 2x"
    if tag.parent is not None and tag.parent.name == "picture":
        for source in tag.parent.find_all("source"):
            source["srcset"] = address
    if not any(tag.has_attr(key) for key in ("src", "data-src")):
        tag["src"] = address
    return True


def other_target(tag: Tag, random: Random) -> bool:
    """Another address behind the link or in the frame."""
    key = {"a": "href", "iframe": "src", "form": "action"}.get(tag.name, "")
    if not key or not tag.has_attr(key):
        return False
    tag[key] = f"/elsewhere/{_word(random)}/"
    return True


def other_name(tag: Tag, random: Random) -> bool:
    """Another accessible name."""
    name = f"Other {_word(random)}"
    if tag.has_attr("aria-label") or tag.has_attr("aria-labelledby"):
        del tag["aria-labelledby"]
        tag["aria-label"] = name
        return True
    if tag.name == "img":
        tag["alt"] = name
        return True
    if tag.name in ("a", "button", "h1", "h2", "h3"):
        tag.string = name
        return True
    return False


HARMFUL = {edit.__name__: edit for edit in (other_file, other_target, other_name)}
