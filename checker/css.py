"""Style sheets and what they make of elements (CSS cascade and inheritance), by turbohtml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import turbohtml
from turbohtml.cssom import ComputedStyle, StyleDeclaration, StyleSheet, computed_style

_SCREEN = re.compile(r"\s*(?:(?:only\s+)?(?:all|screen)|not\s+(?!all|screen)\w+)?\s*", re.I)


def computed(node: turbohtml.Element) -> Mapping[str, str]:
    """The style of an element of turbohtml's own tree: long-hand properties as written."""
    return _Style(computed_style(node))


def on_screen(media: str) -> bool:
    """Whether a style sheet with this ``media`` attribute applies to screens, whatever their size: as those within
    at-rules, one that asks for more than a screen says nothing without layout. Source: HTML, 4.2.6 (media)."""
    return any(_SCREEN.fullmatch(query) for query in media.split(","))


class _Style(Mapping[str, str]):
    """A computed style, whose some fifty properties are looked up as they are asked for."""

    def __init__(self, computed: ComputedStyle) -> None:
        self._computed = computed

    def __getitem__(self, name: str) -> str:
        return self._computed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._computed)

    def __len__(self) -> int:
        return len(self._computed)


def declarations(css: str) -> Mapping[str, tuple[str, bool]]:
    """The declarations of a ``style`` attribute that win: property -> its value, and whether it is important."""
    block = StyleDeclaration.parse(css)
    return {name: (block[name], block.important(name)) for name in block}


def style_rules(css: str) -> Iterator[tuple[str, Mapping[str, tuple[str, bool]]]]:
    """Selector and declarations of a style sheet's rules, in order; those within at-rules are left out."""
    for rule in StyleSheet(css).rules:
        yield (
            rule.selector_text,
            {name: (rule.style[name], rule.style.important(name)) for name in rule.style},
        )
