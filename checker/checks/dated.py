"""Checks of the date that news gives as its own."""

from __future__ import annotations

from collections.abc import Iterator

from checker.article import Article
from checker.article.dates import is_news, published, published_in_metadata
from checker.verdict import Outcome, failed, passed


def shown(article: Article) -> Iterator[Outcome]:
    """News shows when it was published, at the headline or in a ``time`` element. A date in the head alone is one for
    machines. Pages that are not news by their address or metadata are not judged.
    Source: Federal Website Standards, content timeliness (draft): "Include a publication date"."""
    if not is_news(article):
        return
    date = article.once(published)
    if date is not None:
        yield passed(message=date.text)
        return
    known = published_in_metadata(article)
    yield failed(
        "The page tells search engines when it was published, but no reader sees it"
        if known is not None
        else "The page does not say when it was published",
        article.locate(known) if known is not None else None,
        'Write it below the headline: <time datetime="2024-06-27">June 27, 2024</time>',
    )


def month(article: Article) -> Iterator[Outcome]:
    """The date of publication has the month's full name.
    Source: Federal Website Standards, content timeliness (draft)."""
    date = article.once(published) if is_news(article) else None
    if date is None:
        return
    where = article.locate(date.element)
    if date.month == "full":
        yield passed()
    else:
        how = "in digits" if date.month == "digits" else "short"
        yield failed(
            f"The date of publication has its month {how}: {date.text}",
            where,
            "Write the month's full name",
        )
