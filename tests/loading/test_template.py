"""Templates that are told before any page is loaded."""

from __future__ import annotations

from checker.loading import template
from checker.loading.options import Target


def test_templates_of_addresses_are_told_by_their_shape() -> None:
    def shape(url: str) -> str:
        return template.signature(Target(url, url=url))

    news = [
        "https://www.defense.gov/News/News-Stories/Article/Article/3835219/stoltenberg-ukraine/",
        "https://www.defense.gov/News/News-Stories/Article/Article/12/another-title/?utm=1",
        "https://www.defense.gov/News/Releases/Release/Article/3835219/stoltenberg-ukraine/",
        "https://www.af.mil/News/News-Stories/Article/Article/3835219/stoltenberg-ukraine/",
        "https://www.defense.gov/",
    ]
    assert shape(news[0]) == shape(
        "https://www.defense.gov/News/News-Stories/Article/Article/9/x-y/"
    )
    assert len({shape(url) for url in news}) == 5
