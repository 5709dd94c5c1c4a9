"""What the words of a text alternative are: a description, or something that only stands in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

from checker.article import address, virin


class Likeness(StrEnum):
    """What a text alternative is instead of a description; the values end the sentence "The alternative is ..."."""

    NONE = "no such thing"
    FILE = "the name of a file"
    ADDRESS = "the address of a file"
    VIRIN = "a VIRIN, the number of the picture"
    CAMERA = "the name that a camera gave the file"
    HASH = "a code by which a system stores the file"


_FILE = re.compile(
    r"[^\s/\\]+(?: [^\s/\\]+){0,5}\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?|heic|jfif|ico|psd|eps)",
    re.I,
)
_PATH = re.compile(r"\S*[/\\]\S+\.(?:jpe?g|png|gif|svg|webp|avif|bmp|tiff?|heic)(?:[?#]\S*)?", re.I)

_CAMERA = re.compile(
    r"(?:IMG|DSC[NF]?|DSCN|PXL|DJI|SAM|GOPR|MVI|DCIM|WP|VID)[_-]?(?:\d{4,5}|(?:19|20)\d{6}[_-]\S{3,20})(?:[_-]\S{1,10})?"
    r"|_(?:DSC|MG)_?\d{4}|(?:Screen ?shot|WhatsApp Image|Photo) \d{4}-\d\d-\d\d(?: at [\d.: ]+(?:[AP]M)?)?"
)  # JEITA CP-3461 (DCF): four letters or underscores and four digits, as camera makers choose them
_COPY = re.compile(r"[ _-]{0,3}(?:\(\d{1,3}\)|\bcopy(?: \d{1,3})?)$", re.I)
_LONGEST = 500  # characters of a file's name or address
_HASH = re.compile(
    r"(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I
)


@lru_cache(maxsize=1024)  # several rules ask of each picture
def likeness(text: str, sources: tuple[str, ...]) -> Likeness:
    """Whether a text alternative is exactly a file's name, address or VIRIN; ``sources`` are the picture's addresses.

    A file's name without its ending counts where it is the picture's own and has digits or underscores: "logo" and
    "Ukraine" are words that a person may have meant.
    """
    shown = text.strip()
    if any(shown == unquote(source) or shown == source for source in sources if "/" in source):
        return Likeness.ADDRESS
    if len(shown) > _LONGEST:
        return Likeness.NONE
    shown = _COPY.sub("", shown)
    if (number := virin.parse(shown)).well_formed or number.form is virin.Form.BAD_DATE:
        return Likeness.VIRIN
    if _PATH.fullmatch(shown):
        return Likeness.ADDRESS
    if _FILE.fullmatch(shown):
        return Likeness.FILE if " " not in shown or _own(shown, sources) else Likeness.NONE
    if _CAMERA.fullmatch(shown):
        return Likeness.CAMERA
    if _HASH.fullmatch(shown):
        return Likeness.HASH
    stem = shown.casefold()
    unwritten = bool(re.search(r"\d|_", shown)) and " " not in shown and not _quantity(shown)
    if unwritten and any(
        address.file_name(source).rpartition(".")[0].casefold() == stem for source in sources
    ):
        return Likeness.FILE
    return Likeness.NONE


def _own(text: str, sources: Sequence[str]) -> bool:
    return any(address.file_name(source).casefold() == text.casefold() for source in sources)


def _quantity(text: str) -> bool:
    """Names of things that have digits: "F-16", "Covid-19", "2024", "C-130J"."""
    return bool(re.fullmatch(r"\d{1,4}|[A-Za-z]{1,8}-?\d{1,3}[A-Z]?", text))
