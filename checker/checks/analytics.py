"""Checks of the government's own count of visits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.article import Article
from checker.article.host import domain_of
from checker.article.keyboard import value
from checker.page import Mode
from checker.verdict import Outcome, failed, passed, review

_SCRIPT = re.compile(r"Universal-Federated-Analytics(?:-Min)?\.js", re.I)
_MANAGERS = re.compile(
    r"googletagmanager\.com|tags\.tiqcdn\.com|assets\.adobedtm\.com|launch-", re.I
)


def program(article: Article, *, stream: str) -> Iterator[Outcome]:
    """The page loads the Digital Analytics Program: its script, or a request with its stream's id. Not for pages that
    are not on a public .gov host: previews seldom count. A tag manager may load it where no browser looked.
    Source: GSA site scanning, dap."""
    if domain_of(article.host) is None:
        return
    for tag in article.elements("script"):
        if _SCRIPT.search(value(tag, "src")) or value(tag, "id") == "_fed_an_ua_tag":
            yield passed()
            return
    if any(_SCRIPT.search(each.url) or stream in each.url for each in article.page.requests):
        yield passed()
        return
    manager = next(
        (
            tag
            for tag in article.elements("script")
            if _MANAGERS.search(value(tag, "src") or tag.get_text())
        ),
        None,
    )
    if manager is not None and article.page.mode is Mode.STATIC:
        yield review(
            "The markup does not load the Digital Analytics Program; a tag manager may",
            article.locate(manager),
            "Have presscheck load the page in a browser",
        )
    else:
        yield failed(
            "The page does not load the Digital Analytics Program",
            suggestion="Add its script to the site's template",
        )
