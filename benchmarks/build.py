"""Building the documents and no more: what a static audit costs at least. FILE with one path a line."""

import sys
from pathlib import Path

from checker import document

DONE = 0
for name in Path(sys.argv[1]).read_text("utf-8").splitlines():
    document.load(Path(name).read_bytes().decode("utf-8", errors="replace"))
    DONE += 1
print(DONE)
