"""Checks of data tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4.element import Tag

from checker.article import Article
from checker.article.keyboard import value
from checker.article.tree import enclosing
from checker.verdict import Outcome, failed, passed, review

_TABLES = ("table", "grid", "treegrid")
_CELLS = ("td", "th")


def headers_resolve(article: Article) -> Iterator[Outcome]:
    """Each id in a cell's headers attribute is that of another cell of the same table.
    Source: ACT rule a25f45; WCAG 2.0, 1.3.1; HTML, 4.9.12."""
    for _, cells in article.once(_data_tables):
        naming = [cell for cell in cells if value(cell, "headers")]
        ids = {value(cell, "id"): cell for cell in cells if "id" in cell.attrs} if naming else {}
        for cell in naming:
            named = value(cell, "headers").split()
            wrong = next((word for word in named if ids.get(word) in (None, cell)), None)
            if wrong is None:
                yield passed()
                continue
            there = "the cell itself" if wrong in ids else "no cell of its table"
            yield failed(
                f"headers=“{wrong[:60]}” names {there}",
                article.locate(cell),
                "Write the ids of the header cells of this table, or use scope on th instead.",
            )


def headers_have_cells(article: Article) -> Iterator[Outcome]:
    """Each column or row header heads at least one data cell.
    Source: ACT rule d0f69e; WCAG 2.0, 1.3.1; HTML, 4.9.12.2 (forming relationships)."""
    for table, cells in article.once(_data_tables):
        headers = [cell for cell in cells if _is_header(article, cell)]
        grid = _grid(article, table) if headers else _Grid()
        for cell in headers:
            if grid.heads_something(cell):
                yield passed()
            elif article.access.unsettled:
                yield review(
                    "This header heads no cell unless a script adds some", article.locate(cell)
                )
            else:
                yield failed(
                    "This header heads no cell: nothing stands in its row or column",
                    article.locate(cell),
                    "Use td for a cell that heads nothing, or add the cells.",
                )


def _is_header(article: Article, cell: Tag) -> bool:
    """Whether assistive technology tells the cell as a header, and by a name."""
    heads = article.access.role(cell) in ("columnheader", "rowheader")
    return heads and article.access.exposed(cell) and bool(article.names.name(cell))


def _data_tables(article: Article) -> tuple[tuple[Tag, list[Tag]], ...]:
    """Tables that assistive technology tells as such, with their cells (not those of tables within)."""
    access = article.access
    return tuple(
        (
            table,
            [cell for cell in article.within(table, *_CELLS) if enclosing(cell, "table") is table],
        )
        for table in article.elements("table")
        if access.role(table) in _TABLES and access.exposed(table)
    )


@dataclass
class _Grid:
    """Which cells lie in which rows and columns (HTML, 4.9.12.1); later cells never overlap in what we count."""

    slots: dict[tuple[int, int], Tag] = field(default_factory=dict)
    rows: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    columns: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))

    def put(self, cell: Tag, slot: tuple[int, int]) -> None:
        """Let the cell have a slot, and stand in its row and column where nothing is there yet."""
        self.places[id(cell)].add(slot)
        if self.slots.setdefault(slot, cell) is cell:
            self.rows[slot[0]].add(id(cell))
            self.columns[slot[1]].add(id(cell))

    def heads_something(self, header: Tag) -> bool:
        """Whether another cell stands in a row or column of the header that its scope covers."""
        scope = value(header, "scope").lower()
        mine = self.places.get(id(header), set())
        lines: list[set[int]] = []
        if scope in ("row", "rowgroup") or not scope:
            lines += (self.rows[row] for row in {row for row, _ in mine})
        if scope in ("col", "colgroup") or not scope:
            lines += (self.columns[column] for column in {column for _, column in mine})
        return any(line - {id(header)} for line in lines)


def _grid(article: Article, table: Tag) -> _Grid:
    grid = _Grid()
    rows = [row for row in article.within(table, "tr") if enclosing(row, "table") is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.contents:
            if not isinstance(cell, Tag) or cell.name not in _CELLS:
                continue
            while (y, x) in grid.slots:
                x += 1
            width, height = _span(cell, "colspan", 1000), _span(cell, "rowspan", len(rows) - y)
            for down in range(height):
                for right in range(width):
                    grid.put(cell, (y + down, x + right))
            x += width
    return grid


def _span(cell: Tag, name: str, most: int) -> int:
    if name not in cell.attrs:
        return 1
    text = value(cell, name)
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    if name == "rowspan" and number == 0:
        return most
    return max(1, min(number, most))
