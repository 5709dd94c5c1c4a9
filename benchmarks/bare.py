"""presscheck without the probes that are its own: no banner pressed, no focus followed, nothing enlarged or watched
(and, without an HTML report, no picture taken). The command line is presscheck's. Only the benchmark uses it, to set
what is left beside the floor: rules that need the probes are then not tested."""

from __future__ import annotations

from unittest.mock import patch

from checker import cli
from checker.loading.browser_visit import Visit


def main() -> None:
    with (
        patch.object(Visit, "_focus", lambda self, frame: None),
        patch.object(Visit, "_banner", lambda self, frame: None),
        patch.object(Visit, "_enlarged", lambda self, frame: None),
        patch.object(Visit, "_changing", lambda *_: None),
    ):
        cli.main()


if __name__ == "__main__":
    main()
