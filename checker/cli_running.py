"""Options and calls by which a run goes on, is ended, and is told."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker import cli_comparing, cli_options, cli_recording

if TYPE_CHECKING:
    from types import FrameType

    from checker.journal import Journal
    from checker.loading.stop import Stop
    from checker.report import Audit, Report
    from checker.run import Judge

type Command = Callable[..., Any]

_FILE = click.Path(dir_okay=False, path_type=Path)
_JOURNAL = (
    click.option(
        "--journal",
        type=_FILE,
        metavar="FILE",
        help="Write down every finished page, so that --resume can go on after a kill.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="Go on with the journal's run; without one begin it.",
    ),
)
_LOG = click.option(
    "--log-json",
    metavar="FILE",
    help="What happens, as it happens: a JSON object a line; - is standard output.",
)
# What may differ between a run and its resumption: it changes how pages are asked for or told, not what is found.
_FREE = frozenset(
    "jobs cluster time_budget rate journal resume log_json fail_on require junit_profile github verbose gate"
    " baseline_file against waivers_file waiver_days strict_baseline record site header".split()
)


def journal_options(command: Command) -> Command:
    """Adds --journal and --resume to a command."""
    return reduce(lambda inner, option: option(inner), reversed(_JOURNAL), command)


def log_option(command: Command) -> Command:
    """Adds --log-json to a command."""
    return _LOG(command)


def warn(text: str) -> None:
    """Say something on standard error that ends nothing."""
    click.echo(f"presscheck: {' '.join(text.split())}", err=True)


@contextmanager
def interruptible(stop: Stop) -> Iterator[None]:
    """Within, SIGINT and SIGTERM end the run after what is in hand; the second ends the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ended(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.write(2, b"presscheck: interrupted: writing what is done; once more ends at once\n")
        stop.interrupt()

    before = {each: signal.signal(each, ended) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def journal(
    texts: Sequence[str], values: Mapping[str, Any], judge: Judge
) -> Iterator[Journal | None]:
    """The run's journal, if it was asked for. Raises UsageError for --resume without one and for standard input."""
    from checker.journal import open_journal

    path: Path | None = values["journal"]
    if path is None:
        if values["resume"]:
            raise click.UsageError("--resume needs --journal FILE, the journal of the run")
        yield None
        return
    if "-" in texts:
        raise click.UsageError(
            "--journal: standard input cannot be read again: give files or addresses"
        )
    marks = _marks(texts, values, judge)
    with open_journal(path, marks, resume=values["resume"], warn=warn) as opened:
        if opened.resumed:
            warn(f"{opened.resumed} pages are done already, by {path}")
        yield opened


def _marks(texts: Sequence[str], values: Mapping[str, Any], judge: Judge) -> dict[str, str]:
    """What a run and its resumption must share, as checksums. Secrets are left out: names of headers stand for them."""
    from checker import __version__
    from checker.outputs import formats

    free = _FREE | set(formats())
    chosen = {name: value for name, value in values.items() if name not in free}
    headers = sorted(name for name, _ in values["header"])
    engine: Path | None = values["axe_script"]
    lists = [_file_sum(Path(text[1:])) for text in texts if _is_list(text)]
    targets = (str(Path.cwd()), tuple(texts), lists)
    script = engine.read_bytes() if engine else b""
    return {
        "presscheck": __version__,
        "rules": judge.catalogue.version,
        "options": _sum((sorted(chosen.items()), headers, script)),
        "targets": _sum(targets),
    }


def _is_list(text: str) -> bool:
    return text.startswith("@") and not Path(text).exists() and Path(text[1:]).is_file()


def _file_sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def tell(
    values: Mapping[str, Any],
    judge: Judge,
    total: int | None,
    judged: Callable[[], Iterable[Audit]],
    *,
    notes: Callable[[], tuple[str, ...]] = lambda: (),
    stop: Stop | None = None,
    log: Journal | None = None,
) -> int:
    """Take the audits as they come, show how far they are, write the reports; the exit code."""
    from checker import progress, publish, run
    from checker.repeats import Repeated
    from checker.spool import Spool

    policy = cli_options.policy(dict(values))
    outputs = publish.plan(values)
    past = cli_comparing.read(dict(values))
    repeats = Repeated()
    place: str | None = values["log_json"]
    if place and place in [output.place for output in outputs]:
        raise click.UsageError("--log-json: a report goes there: give another file")
    with ExitStack() as stack:
        spool = stack.enter_context(Spool())
        recorder = stack.enter_context(cli_recording.recording(dict(values), total or 0))
        lines = stack.enter_context(progress.log(place, warn))
        if lines:
            lines.start(pages=total, resumed=log.resumed if log else 0)
        with progress.shown(total) as showing:
            if lines:
                showing.also(lines.page)

            def told(audit: Audit) -> None:
                showing(audit, resumed=bool(log and log.replaying))
                recorder.progress(audit)
                repeats.add(audit)

            report = past.applied(run.gathered(judged(), judge, spool, told, notes), repeats)
        try:
            piped = place == progress.STANDARD_OUTPUT
            publish.write(
                report,
                policy,
                outputs,
                verbose=values["verbose"],
                github=values["github"],
                piped=piped,
            )
            if values["github"]:
                publish.tell_github(report, policy, os.environ.get("GITHUB_STEP_SUMMARY"))
        finally:
            recorded = recorder.record(report)
        code = _code(report, policy, recorded=recorded)
        if lines:
            lines.end(report, code, interrupted=bool(stop and stop.interrupted))
        if log and not _interrupted(report):
            log.finish()
    return code


def _code(report: Report, policy: Any, *, recorded: bool) -> int:
    """The exit code: the gate's; 3 for a run that was interrupted, which says nothing of the rest."""
    from checker.gate import judge as gate

    if _interrupted(report):
        return 3
    code = gate(report, policy).exit_code
    return code if recorded else code or 3


def _interrupted(report: Report) -> bool:
    from checker.page import Trouble

    return report.counts.pages_not_tested > 0 and any(
        audit.problem is not None and audit.problem.kind is Trouble.INTERRUPTED
        for audit in report.audits
    )


def leave(code: int, stop: Stop) -> int:
    """The exit code; or the end of the process, where workers of an interrupted run still wait for silent servers.
    Everything is written and closed by then."""
    waiting = [
        thread
        for thread in threading.enumerate()
        if thread is not threading.main_thread() and not thread.daemon
    ]
    if stop.interrupted and waiting:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code
