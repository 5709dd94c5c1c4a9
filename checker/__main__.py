"""``python -m checker`` is ``presscheck``."""

from checker.cli import main

main()
