"""Nodes of BeautifulSoup, made at once: its own constructors ask questions that take most of the time of a document."""

from __future__ import annotations

from collections.abc import Iterable

from bs4.element import AttributeValueList, HTMLAttributeDict, NavigableString, PageElement, Tag

type Attributes = dict[str, str | AttributeValueList]
type Kinds = set[type[NavigableString]]

_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)  # WHATWG, void elements


def made_by_bs4(name: str, namespace: str, values: Attributes, strings: Kinds) -> Tag:
    """An element without a place, with these attributes; ``strings`` are the kinds of text that it holds."""
    tag = Tag(
        name=name,
        namespace=namespace,
        can_be_empty_element=name in _VOID,
        interesting_string_types=strings,
    )
    tag.attrs.update(
        values
    )  # all at once: they need none of the conversions that bs4 tries on each
    return tag


def made_at_once(name: str, namespace: str, values: Attributes, strings: Kinds) -> Tag:
    """The same, for the releases of bs4 whose elements hold just this."""
    tag = Tag.__new__(Tag)
    tag.name, tag.namespace, tag.prefix, tag._namespaces = name, namespace, None, {}
    tag.attrs, tag.contents = HTMLAttributeDict(), []
    if values:
        tag.attrs.update(values)
    tag.parent = tag.previous_element = tag.next_element = None
    tag.previous_sibling = tag.next_sibling = None
    tag.hidden, tag.can_be_empty_element = False, name in _VOID
    tag.interesting_string_types = strings
    tag.parser_class = tag.known_xml = tag.sourceline = tag.sourcepos = None
    tag.attribute_value_list_class = AttributeValueList
    tag.cdata_list_attributes = tag.preserve_whitespace_tags = None
    return tag


def text_at_once(data: str) -> NavigableString:
    """What ``NavigableString()`` makes of it, in the releases of bs4 whose texts hold just this."""
    text = str.__new__(NavigableString, data)
    text.parent = text.previous_element = text.next_element = None
    text.previous_sibling = text.next_sibling = None
    text.hidden = False
    return text


def take_apart(nodes: Iterable[PageElement]) -> None:
    """Undo the ties of a tree's nodes, all but those to what stands in them. They are a ring of thousands of objects,
    which the garbage collector would look through several times before it let go of them."""
    for node in nodes:
        node.parent = node.next_element = node.previous_element = None
        node.next_sibling = node.previous_sibling = None


def _as_bs4(quick: object, made: object) -> bool:
    return vars(quick).keys() == vars(made).keys()


element = (
    made_at_once
    if _as_bs4(made_at_once("p", "", {}, set()), made_by_bs4("p", "", {}, set()))
    else made_by_bs4
)
"""The quicker of the two that this release of bs4 allows."""
text = text_at_once if _as_bs4(text_at_once(""), NavigableString("")) else NavigableString
"""The same of texts."""
