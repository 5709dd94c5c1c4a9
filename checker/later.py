"""BeautifulSoup without what it loads for others: selectors (fifty milliseconds of patterns) until somebody selects,
and the guessing of encodings, which are known here."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class Later(ModuleType):
    """Stands for a module, which is loaded when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def later(*names: str) -> Iterator[None]:
    """Who imports these modules within gets one that is loaded later. Those that are there already, or are not
    installed, are as ever."""
    waiting = [name for name in names if name not in sys.modules and find_spec(name)]
    sys.modules.update({name: Later(name) for name in waiting})
    try:
        yield
    finally:
        for name in waiting:
            del sys.modules[name]


with later("soupsieve", "chardet", "charset_normalizer"):
    import bs4.css
    import bs4.dammit  # noqa: F401
