"""Checks of data tables."""

from __future__ import annotations

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
    for table, cells in _data_tables(article):
        ids = {value(cell, "id"): cell for cell in cells if value(cell, "id")}
        for cell in cells:
            named = [word for word in _headers(cell) if word]
            if not named:
                continue
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
        del table


def headers_have_cells(article: Article) -> Iterator[Outcome]:
    """Each column or row header heads at least one data cell.
    Source: ACT rule d0f69e; WCAG 2.0, 1.3.1; HTML, 4.9.12.2 (forming relationships)."""
    for table, cells in _data_tables(article):
        if not any(cell.name == "td" for cell in cells) and not any(
            cell.name == "th" for cell in cells
        ):
            continue
        grid = _grid(table)
        for cell in cells:
            role = article.access.role(cell)
            if role not in ("columnheader", "rowheader") or not article.names.name(cell):
                continue
            if not article.access.exposed(cell):
                continue
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


def _headers(cell: Tag) -> list[str]:
    return value(cell, "headers").split()


def _data_tables(article: Article) -> Iterator[tuple[Tag, list[Tag]]]:
    """Tables that assistive technology tells as such, with their cells (not those of tables within)."""
    for table in article.elements("table"):
        if article.access.role(table) not in _TABLES or not article.access.exposed(table):
            continue
        yield table, [cell for cell in table.find_all(_CELLS) if enclosing(cell, "table") is table]


@dataclass
class _Grid:
    """Which cells lie in which slots (HTML, 4.9.12.1); later cells never overlap in what we count."""

    slots: dict[tuple[int, int], Tag] = field(default_factory=dict)
    places: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

    def heads_something(self, header: Tag) -> bool:
        """Whether another cell stands in a row or column of the header that its scope covers."""
        scope = value(header, "scope").lower()
        mine = self.places.get(id(header), set())
        rows, columns = {row for row, _ in mine}, {column for _, column in mine}
        by_row = scope in ("row", "rowgroup") or not scope
        by_column = scope in ("col", "colgroup") or not scope
        return any(
            cell is not header and ((by_row and row in rows) or (by_column and column in columns))
            for (row, column), cell in self.slots.items()
        )


def _grid(table: Tag) -> _Grid:
    grid = _Grid()
    rows = [row for row in table.find_all("tr") if enclosing(row, "table") is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(_CELLS, recursive=False):
            while (y, x) in grid.slots:
                x += 1
            width, height = _span(cell, "colspan", 1000), _span(cell, "rowspan", len(rows) - y)
            for slot in ((y + down, x + right) for down in range(height) for right in range(width)):
                grid.slots.setdefault(slot, cell)
                grid.places.setdefault(id(cell), set()).add(slot)
            x += width
    return grid


def _span(cell: Tag, name: str, most: int) -> int:
    text = value(cell, name)
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    if name == "rowspan" and number == 0:
        return most
    return max(1, min(number, most))
