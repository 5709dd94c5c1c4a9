"""presscheck without the probes that are its own: no banner pressed, no focus followed, no picture taken. The command
line is presscheck's. Only the benchmark uses it, to set what is left beside the floor: rules that need the probes are
then not tested."""

from __future__ import annotations

from unittest.mock import patch

from checker import cli
from checker.loading import browser_pictures
from checker.loading.browser_visit import Visit


def main() -> None:
    with (
        patch.object(Visit, "_focus", lambda self, frame: None),
        patch.object(Visit, "_banner", lambda self, frame: None),
        patch.object(Visit, "_enlarged", lambda self, frame: None),
        patch.object(browser_pictures, "first_view", lambda tab: None),
        patch.object(browser_pictures, "take", lambda *_: ()),
    ):
        cli.main()


if __name__ == "__main__":
    main()
