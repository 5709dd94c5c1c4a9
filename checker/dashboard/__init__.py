"""The dashboard: pages for people from a history, live (``app``) or as files (``build``); it writes nothing."""
