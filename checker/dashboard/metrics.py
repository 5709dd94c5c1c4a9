"""Prometheus metrics of the newest complete run of each site, and of what is open."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as KIND

from checker.history.database import Reader
from checker.history.queries import findings, runs
from checker.history.tables import COUNTS

__all__ = ["KIND", "exposition"]


def exposition(connection: Reader, moment: datetime) -> bytes:
    """The text that Prometheus scrapes. A site without a complete run has no metrics, rather than zeros."""
    registry = CollectorRegistry()
    made = Gauge("presscheck_last_run_timestamp_seconds", "When the newest complete run was made.",
                 ["site"], registry=registry)  # fmt: skip
    count = Gauge("presscheck_last_run", "Counts of the newest complete run: pages_not_tested is no pass.",
                  ["site", "count"], registry=registry)  # fmt: skip
    opened = Gauge("presscheck_open_findings", "Findings that are open.",
                   ["site", "verdict", "severity", "authority", "region", "waived"], registry=registry)  # fmt: skip
    for site in runs.sites(connection):
        run = runs.last(connection, site.number, moment)
        if run is None:
            continue
        made.labels(site.name).set(datetime.fromisoformat(run.made_at).timestamp())
        for name in COUNTS:
            count.labels(site.name, name).set(getattr(run.counts, name))
        for each in findings.open_counts(connection, site.number, moment.date().isoformat()):
            waived = "true" if each.waived else "false"
            labels = (site.name, each.verdict, each.severity, each.authority, each.region, waived)
            opened.labels(*labels).set(each.findings)
    return generate_latest(registry)
