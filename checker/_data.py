"""Where the rules and the report templates lie: packed into the wheel, else beside the package."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The data folder of that name (``rules`` or ``reports``)."""
    packed = Path(__file__).parent / name
    return packed if packed.is_dir() else Path(__file__).parent.parent / name
