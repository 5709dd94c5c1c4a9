"""Language tags: which name a language. Sources: BCP 47 (RFC 5646) and IANA's registry, by langcodes."""

from __future__ import annotations

import re
from functools import lru_cache

from turbohtml.detect import LanguageDetection, LanguageMatch, detect_language

_PRIMARY = re.compile(r"[A-Za-z]{2,8}")
_SPANISH = frozenset("con de del el en es la las los para por que se su sus un una y".split())
"""Words of which a text in Spanish has one at least, and most texts in English have none."""
_PRIVATE = re.compile(r"[xi]-[A-Za-z0-9-]+", re.I)
_USUAL = frozenset({"en", "es", "fr", "ko", "ru", "vi", "zh"})
"""Languages of nearly every page, for which no table need be loaded."""


def known(tag: str) -> bool:
    """Whether the first subtag is a language of IANA's registry; private and grandfathered tags are let through.

    The registry has a language's two letters where ISO 639-1 gives some, and not its three as well (RFC 5646, 2.2.1):
    "en" is there, "eng" is not.
    """
    primary = tag.split("-")[0]
    if primary.lower() in _USUAL or _PRIVATE.fullmatch(tag):
        return True
    from langcodes import standardize_tag, tag_is_valid  # their tables take 100 ms to load

    if not _PRIMARY.fullmatch(primary) or not tag_is_valid(primary):
        return False
    return len(primary) != 3 or len(standardize_tag(primary)) != 2


@lru_cache(maxsize=256)  # alternatives of a site's own pictures stand on all its pages
def spoken(text: str, confidence: float) -> LanguageMatch:
    """The language that the text seems to be in (ISO 639-3), ``None`` where none reaches that confidence (0 to 1)."""
    return detect_language(text, LanguageDetection(threshold=confidence))


def is_spanish(text: str, confidence: float) -> bool:
    """Whether the text is surely in Spanish. The detector, slower than most rules, is asked only where words say so."""
    said = _SPANISH.intersection(text.casefold().split())
    return bool(said) and spoken(text, confidence).language == "spa"
