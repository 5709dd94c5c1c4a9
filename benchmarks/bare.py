"""presscheck without the probes that are its own: nothing scrolled through, no banner pressed, no focus followed,
nothing enlarged or watched (and, without an HTML report, no picture taken). The command line is presscheck's. Only the
benchmark uses it, to set what is left beside the floor: rules that need the probes are then not tested."""

from __future__ import annotations

from unittest.mock import patch

from checker import cli
from checker.loading import browser_quiet
from checker.loading.browser_probes import Probes


def main() -> None:
    with (
        patch.object(browser_quiet, "_scroll", lambda *_: []),
        patch.object(Probes, "focus", lambda self: None),
        patch.object(Probes, "banner", lambda self: None),
        patch.object(Probes, "enlarged", lambda self: None),
        patch.object(Probes, "changing", lambda *_: None),
    ):
        cli.main()


if __name__ == "__main__":
    main()
