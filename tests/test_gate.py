"""The gate: thresholds and exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from checker.gate import FailOn, Judging, Policy, judge
from checker.outputs import _gaps
from checker.page import Need
from checker.repeats import Faults, faults_of
from checker.report import Audit
from checker.verdict import Severity, failed
from tests import support_report as support


@pytest.mark.parametrize(
    ("audits", "fail_on", "code"),
    [
        ([support.clean()], FailOn.WARNING, 0),
        ([support.faulty()], FailOn.ERROR, 1),
        ([support.faulty()], FailOn.NEVER, 0),
        ([support.broken()], FailOn.NEVER, 3),
        ([support.timed_out()], FailOn.ERROR, 3),
        ([support.faulty(), support.timed_out()], FailOn.ERROR, 1),
        ([support.faulty(), support.timed_out()], FailOn.NEVER, 3),
        ([support.local()], FailOn.WARNING, 0),
        ([], FailOn.WARNING, 0),
    ],
)
def test_exit_codes(audits: list[Audit], fail_on: FailOn, code: int) -> None:
    assert judge(support.report_of(*audits), Policy(fail_on)).exit_code == code


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("fail_on", FailOn)
def test_thresholds(severity: Severity, fail_on: FailOn) -> None:
    audit = Audit(
        *("p", "", "", "federal"),
        mode=support.clean().mode,
        loaded_at="",
        results=(support.result("image-alt", severity, failed("x")),),
    )
    red = (severity, fail_on) in {
        (Severity.ERROR, FailOn.ERROR),
        (Severity.ERROR, FailOn.WARNING),
        (Severity.WARNING, FailOn.WARNING),
    }
    assert judge(support.report_of(audit), Policy(fail_on)).exit_code == int(red)


def test_both_are_counted_when_1_wins_over_3() -> None:
    gate = judge(
        support.report_of(support.faulty(), support.timed_out(), support.broken()), Policy()
    )
    assert (gate.exit_code, gate.pages_red, gate.pages_broken) == (1, 1, 2)
    assert (gate.red, gate.broken) == (4, 2)


@pytest.mark.parametrize(("need", "code"), [(Need.RENDERED, 3), (Need.TLS, 0)])
def test_what_is_required_must_have_been_in_reach(need: Need, code: int) -> None:
    policy = Policy(require=frozenset({need}))
    assert judge(support.report_of(support.local()), policy).exit_code == code


@dataclass(frozen=True)
class Counted:
    """Audits that count how often they are walked."""

    audits: tuple[Audit, ...]
    walks: list[None] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.audits)

    def __iter__(self) -> Iterator[Audit]:
        self.walks.append(None)
        return iter(self.audits)


def test_what_several_outputs_ask_of_a_report_is_found_once_for_each_policy() -> None:
    audits = Counted((support.faulty(), support.timed_out()))
    report = replace(support.report_of(), audits=audits)
    assert [judge(report, Policy()).exit_code for _ in range(3)] == [1, 1, 1]
    assert len(audits.walks) == 1
    assert judge(report, Policy(FailOn.NEVER)).exit_code == 3
    assert len(audits.walks) == 2
    assert faults_of(report) == faults_of(report) == ()
    assert len(audits.walks) == 3
    assert judge(replace(report, audits=()), Policy()).exit_code == 0


def test_one_walk_finds_what_every_output_asks() -> None:
    audits = Counted((support.faulty(), support.local()))
    report = replace(support.report_of(support.faulty()), audits=audits)
    policy = Policy(FailOn.ERROR)
    report.walk((Judging, policy), (Faults,), (_gaps.Reasons,))
    assert len(audits.walks) == 1
    assert judge(report, policy).pages_red == 1
    assert faults_of(report) == ()
    assert sum(_gaps.reasons(report).values()) == sum(len(each.missing) for each in audits.audits)
    assert len(audits.walks) == 1
