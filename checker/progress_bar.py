"""The line that changes on a terminal while a run goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text


class _Words(ProgressColumn):
    """What there is to say, asked for anew with every frame."""

    def __init__(self, say: Callable[[], str]) -> None:
        super().__init__()
        self._say = say

    def render(self, task: Task) -> Text:
        return Text(self._say())


@contextmanager
def bar(console: Console, say: Callable[[], str]) -> Iterator[None]:
    """Within, the console shows what ``say`` says, four times a second."""
    columns = (SpinnerColumn(), _Words(say), TextColumn(""))
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as progress:
        progress.add_task("pages", total=None)
        yield
