"""The folder of saved pages that PRESSCHECK_CORPUS names; tests that read it are skipped without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.page import Mode, Page

NAMED = Path(os.environ.get("PRESSCHECK_CORPUS", "") or "no-corpus")
"""What PRESSCHECK_CORPUS names: the corpus, or the folder that holds it as ``corpus`` with ``schemas`` beside."""

FOLDER = NAMED / "corpus" if (NAMED / "corpus").is_dir() else NAMED
CORPUS = str(FOLDER) if FOLDER.is_dir() else None

needs_corpus = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="PRESSCHECK_CORPUS names no folder"),
]


def page_of(path: Path, url: str) -> Page:
    """A saved page as served under ``url``, its source as browsers decode it."""
    html = path.read_text(encoding="utf-8", errors="replace")
    return Page(
        target=path.name,
        url=url,
        final_url=url,
        mode=Mode.STATIC,
        html=html,
        source=html,
        loaded_at="",
    )
