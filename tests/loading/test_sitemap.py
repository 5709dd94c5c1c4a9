"""Sitemaps: which texts are taken for one, and what their dates say."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.loading import sitemap
from checker.loading.options import Options
from tests.loading.sitemaps import urlset


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", "2026-11-24"),
        ("2026-11", "2026-11-30"),
        ("2026", "2026-12-31"),
        ("2026-11-24T23:30:00-05:00", "2026-11-25"),
        ("2026-11-24T23:30:00Z", "2026-11-24"),
        ("yesterday", "None"),
    ],
)
def test_lastmod_is_read_as_w3c_dates(tmp_path: Path, text: str, day: str) -> None:
    (tmp_path / "sitemap.xml").write_bytes(urlset(("https://a.example/", text)))
    (entry,) = sitemap.read(str(tmp_path / "sitemap.xml"), Options())
    assert str(entry.changed) == day


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("sitemap.xml", True),
        ("public/Sitemap-news.xml.gz", True),
        ("https://www.example.gov/sitemap_index.xml?page=2", True),
        ("sitemap.html", False),
        ("feed.xml", False),
        ("sitemap.xml/page.html", False),
    ],
)
def test_a_sitemap_is_known_by_its_name(text: str, is_one: bool) -> None:
    assert sitemap.is_sitemap(text) is is_one
