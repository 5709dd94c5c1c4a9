"""Telling: one module a format, found by walking this package.

Each has ``write(report, policy, **options) -> Iterator[str]``; the file formats carry the name of their option.
"""

from __future__ import annotations

import pkgutil


def formats() -> list[str]:
    """The names of the file formats; the terminal is told apart."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in names if name != "terminal" and not name.startswith("_"))
