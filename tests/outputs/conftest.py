"""The report that every format is tried with."""

from __future__ import annotations

import pytest

from checker.report import Report
from tests import support_report


@pytest.fixture(scope="session")
def awkward() -> Report:
    """A report that is awkward in every way (see ``tests/support_report.py``)."""
    return support_report.awkward()
