"""Which local files differ from a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checker.loading.folders import is_html

_TIME = 120


class ChangedError(ValueError):
    """Files that cannot be compared with a revision; the message is one line and says what to do."""


@dataclass(frozen=True)
class Changes:
    """``same`` are files that are as the revision has them; ``gone`` pages that it has below the folders asked for and
    that are no more (absolute); ``other`` how many files there that are no page differ."""

    same: frozenset[Path]
    gone: tuple[Path, ...]
    other: int


def since(ref: str, files: Iterable[Path], folders: Iterable[Path]) -> Changes:
    """Compare ``files`` with the git revision ``ref``. A file that it does not have (new, untracked, ignored) differs;
    a change that is not committed counts. Raises ChangedError for files in no work tree and for an unknown revision.
    """
    wanted = {Path(os.path.realpath(path)) for path in files}
    places = {Path(os.path.realpath(folder)) for folder in folders}
    same: set[Path] = set()
    gone: list[Path] = []
    other = 0
    for top in sorted({_top(place) for place in {path.parent for path in wanted} | places}):
        _check(ref, top)
        known = _names(top, "ls-tree", "-r", "-z", "--name-only", "--full-tree", ref)
        differ = _names(top, "diff", "-z", "--name-only", "--no-renames", ref)
        same |= wanted & (known - differ)
        below = {path for path in differ if any(place in path.parents for place in places)}
        gone += sorted(path for path in below if is_html(path.name) and not path.exists())
        other += sum(not is_html(path.name) for path in below)
    return Changes(frozenset(same), tuple(gone), other)


def _top(folder: Path) -> Path:
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ChangedError(
            f"--changed-since: {folder} is in no git work tree that git reads: {' '.join(said[:1])}"
        )
    return Path(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n"))))


def _check(ref: str, top: Path) -> None:
    commit = f"{ref}^{{commit}}"
    if (
        ref.startswith("-")
        or not ref.strip()
        or _git(top, "rev-parse", "--verify", "--quiet", commit).returncode
    ):
        raise ChangedError(
            f"--changed-since: git knows no revision {ref!r} in {top}; fetch it first "
            "(CI checks out one commit only: fetch-depth 0)"
        )


def _names(top: Path, *arguments: str) -> set[Path]:
    done = _git(top, *arguments)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ChangedError(f"--changed-since: git {arguments[0]} failed: {' '.join(said[:1])}")
    return {top / os.fsdecode(name) for name in done.stdout.split(b"\0") if name}


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, timeout=_TIME, check=False
        )
    except FileNotFoundError:
        raise ChangedError("--changed-since: git is not installed") from None
    except subprocess.TimeoutExpired:
        raise ChangedError(f"--changed-since: git did not answer in {_TIME} seconds") from None
