"""Sitemaps that would never end: each costs a bounded part, and is told."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.loading import sitemap
from checker.loading.options import Options
from tests.loading.servers import Answer, Asked, serve

NAMESPACE = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
XML = {"Content-Type": "application/xml"}


def bomb(megabytes: int) -> Iterator[bytes]:
    """A gzip of so many megabytes, a thousandth of that."""
    packer = zlib.compressobj(9, wbits=31)
    yield packer.compress(NAMESPACE)
    piece = b"<url><loc>https://www.agency.gov/news/</loc></url>" * 20_000
    for _ in range(megabytes):
        yield packer.compress(piece)
    yield packer.compress(b"</urlset>") + packer.flush()


def test_a_bomb_is_unpacked_to_its_bound_only(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.xml.gz"
    path.write_bytes(b"".join(bomb(100)))
    assert path.stat().st_size < 2**20
    with pytest.raises(sitemap.SitemapError, match="larger than 50 MB"):
        list(sitemap.read(str(path), Options()))


def test_sitemaps_that_include_themselves_end() -> None:
    asked: list[str] = []

    def answer(request: Asked) -> Answer:
        asked.append(request.path)
        home = f"http://127.0.0.1:{port[0]}"
        if request.path == "/sitemap-pages.xml":
            return 200, XML, f"<urlset><url><loc>{home}/page</loc></url></urlset>".encode()
        named = [request.path, "/sitemap.xml", "/sitemap-pages.xml"]
        places = "".join(f"<sitemap><loc>{home}{each}</loc></sitemap>" for each in named)
        return 200, XML, f"<sitemapindex>{places}</sitemapindex>".encode()

    port: list[int] = []
    with serve(answer) as server:
        port.append(server.port)
        entries = list(sitemap.read(f"http://127.0.0.1:{server.port}/sitemap.xml", Options()))
    assert [each.url.rpartition("/")[2] for each in entries] == ["page"]
    assert asked == ["/sitemap.xml", "/sitemap-pages.xml"]
