"""presscheck: the last look at a US government web article before it goes live."""

__version__ = "0.1.0"
