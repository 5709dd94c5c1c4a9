"""Language tags: which name a language. Sources: BCP 47 (RFC 5646) and IANA's registry, by langcodes."""

from __future__ import annotations

import re

_PRIMARY = re.compile(r"[A-Za-z]{2,8}")
_PRIVATE = re.compile(r"[xi]-[A-Za-z0-9-]+", re.I)


def known(tag: str) -> bool:
    """Whether the first subtag is a language of IANA's registry; private and grandfathered tags are let through."""
    from langcodes import (
        tag_is_valid,
    )  # its tables take 50 ms to load, and most pages have no such tag

    if _PRIVATE.fullmatch(tag):
        return True
    primary = tag.split("-")[0]
    return bool(_PRIMARY.fullmatch(primary)) and tag_is_valid(primary)
