"""What this machine has of what an audit needs, what its lack leaves untested, and how to mend it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.request import getproxies

from checker import __version__, catalog
from checker.engine import Selection
from checker.loading import browser_start, credentials
from checker.loading.browser_driver import NoBrowser
from checker.loading.loader import open_loader
from checker.loading.options import Options, Render, Target
from checker.loading.redact import redact_url
from checker.page import Page
from checker.run import Judge

_TIME = 30
_PAGE = (
    b"<!doctype html><html lang=en><title>A page of presscheck doctor</title>"
    b"<body><main><h1>Doctor</h1><p>A paragraph to be rendered.</p></main></body></html>"
)


class State(StrEnum):
    """How a part of the machine is."""

    GOOD = "ok"
    NOTE = "note"  # works, and is worth knowing
    LACKS = "lacks"  # presscheck works, and tests less
    BROKEN = "broken"  # --render always would not work


@dataclass(frozen=True)
class Part:
    """One part of the machine: what was seen, what that leaves untested, and how to mend it."""

    name: str
    state: State
    seen: str
    untested: str = ""
    mend: str = ""


def examine() -> Iterator[Part]:
    """Every part in turn. Starts the browser and renders a page of its own; asks nothing of any network."""
    python = f"{sys.version.split()[0]} at {sys.executable}"
    yield Part("Python", State.GOOD, python)
    rules = catalog.load(())
    yield Part(
        "presscheck",
        State.GOOD,
        f"{__version__}, {len(rules.rules)} rules, version {rules.version}",
    )
    yield from _browser(rules)
    yield _certificates()
    yield from _places()
    if not shutil.which("git"):
        yield Part(
            "git",
            State.LACKS,
            "is not installed",
            "--changed-since and --against with a revision",
            "install git",
        )
    for scheme, address in sorted(getproxies().items()):
        yield Part(
            "proxy",
            State.NOTE,
            f"{scheme}: {redact_url(address)}: the browser and the loader go by it",
        )


def _browser(rules: catalog.Catalogue) -> Iterator[Part]:
    untested = "all that needs a rendered page: axe-core, contrast, focus, what scripts make"
    try:
        binary, driver = browser_start.find()
    except NoBrowser as error:
        yield Part("browser", State.BROKEN, str(error), untested, _INSTALL)
        return
    versions = version(binary), version(driver)
    yield _found("browser", binary, versions[0], shell=browser_start.is_shell(binary))
    yield _found("driver", driver, versions[1])
    if differ(*versions):
        yield Part(
            "browser and driver",
            State.BROKEN,
            f"are of different versions: {versions[0]} and {versions[1]}",
            untested,
            "install both from one source, so that they are updated together",
        )
    if browser_start.as_root():
        yield Part(
            "sandbox",
            State.NOTE,
            "is off, since you are root: audit pages that you do not trust as an ordinary user",
        )
    yield from _rendered(_page(rules), untested)


_INSTALL = "install Google Chrome, or Debian's packages chromium and chromium-driver"


def _found(name: str, path: str, said: str, *, shell: bool = False) -> Part:
    kind = ", the headless shell" if shell else ""
    return Part(name, State.GOOD, f"{said or 'of unknown version'} at {path}{kind}")


def version(program: str) -> str:
    """The version that a browser or driver says it has, such as ``143.0.7499.40``; empty where it says none."""
    with suppress(OSError, subprocess.TimeoutExpired):
        ran = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, timeout=_TIME
        )
        if found := re.search(r"\d+(\.\d+){1,3}", ran.stdout):
            return found[0]
    return ""


def differ(browser: str, driver: str) -> bool:
    """Whether the versions do not fit each other: a driver drives the browser of its own major version."""
    return bool(browser and driver) and browser.split(".")[0] != driver.split(".")[0]


def _page(rules: catalog.Catalogue) -> Page:
    judge = Judge(rules, Selection())
    with open_loader(Options(render=Render.ALWAYS)) as loader:
        return loader.load(Target("presscheck doctor", html=_PAGE), judge.pictures_of)


def _rendered(page: Page, untested: str) -> Iterator[Part]:
    lacks = [gap for gap in page.missing if gap.cause.value == "broken"]
    if page.problem or page.rendering is None:
        said = (
            page.problem.message
            if page.problem
            else next((gap.reason for gap in lacks), "no page came")
        )
        yield Part(
            "rendering",
            State.BROKEN,
            said,
            untested,
            "start the browser by hand with --headless=new --dump-dom about:blank: it says what it lacks "
            "(libraries, /dev/shm, a home folder that it may write)",
        )
        return
    yield Part("rendering", State.GOOD, f"{page.rendering.browser} rendered a page")
    if page.axe is None:
        reason = next((gap.reason for gap in lacks), "it gave no result")
        yield Part(
            "axe-core",
            State.BROKEN,
            reason,
            "every rule of axe",
            "pip install --force-reinstall axe-selenium-python",
        )
    else:
        yield Part("axe-core", State.GOOD, f"{page.axe.version}, of axe-selenium-python, ran")


def _certificates() -> Part:
    number = credentials.tls_context(Options()).cert_store_stats()["x509_ca"]
    if number:
        return Part("certificates", State.GOOD, f"{number} authorities are trusted")
    return Part(
        "certificates",
        State.LACKS,
        "no authority is trusted",
        "every https address",
        "install ca-certificates, or give --ca-file",
    )


def _places() -> Iterator[Part]:
    for name, place in (("reports", Path.cwd()), ("temporary files", Path(tempfile.gettempdir()))):
        try:
            with tempfile.TemporaryFile(dir=place):
                yield Part(name, State.GOOD, f"{place} can be written")
        except OSError as error:
            state = State.LACKS if name == "reports" else State.BROKEN
            yield Part(
                name,
                state,
                f"{place} cannot be written: {os.strerror(error.errno or 0)}",
                "" if name == "reports" else "everything",
                "name a folder that you may write"
                if name == "reports"
                else "set TMPDIR to such a folder",
            )
