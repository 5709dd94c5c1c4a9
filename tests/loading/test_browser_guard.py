"""No browser outlives its run, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes in /proc"),
]

STARTS = """
import sys, time
from checker.loading import browser_start
from checker.loading.options import Options
driver = browser_start.start(Options(), "127.0.0.1:1", frozenset())
print(driver.service.process.pid, flush=True)
time.sleep(600)
"""


def group(number: int) -> list[str]:
    """States of the processes of a group; those that only wait to be told of are none."""
    states = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == number and fields[0] != "Z":
            states.append(fields[0])
    return states


def test_a_killed_run_leaves_no_browser_and_no_file(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", STARTS], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        assert len(group(number)) > 1
        assert list(tmp_path.iterdir())
        process.send_signal(signal.SIGKILL)
    end = time.monotonic() + 60
    while (group(number) or list(tmp_path.iterdir())) and time.monotonic() < end:
        time.sleep(0.05)
    assert group(number) == []
    assert list(tmp_path.iterdir()) == []
