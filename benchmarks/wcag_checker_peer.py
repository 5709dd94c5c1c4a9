"""wcag-checker over files, in its own environment (no package of ours is there): FILE with one path a line."""

import sys
from pathlib import Path

from wcag_checker import WCAGChecker  # type: ignore[import-not-found]

checker = WCAGChecker()
done = 0
for name in Path(sys.argv[1]).read_text("utf-8").splitlines():
    checker.check(Path(name).read_text("utf-8", errors="replace"))
    done += 1
print(done)
