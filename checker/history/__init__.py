"""What was found over months: runs, pages, rules and findings in SQLite or PostgreSQL.

Facts are what each run said of each page (``page_runs``, ``states``, ``sheets``); ``findings`` and ``episodes`` follow
from them by ``intervals`` and come out the same in whatever order reports are recorded.
"""
