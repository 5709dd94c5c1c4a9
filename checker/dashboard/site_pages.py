"""Which page stands at which path of a site, for the server and for the folder of files alike."""

from __future__ import annotations

from checker.dashboard import choosing, lists, overview, places, things
from checker.dashboard.choosing import Chosen
from checker.dashboard.desk import Desk, Shown
from checker.dashboard.places import slug
from checker.dashboard.problems import Refused
from checker.history.queries import runs
from checker.history.queries.findings import Shared
from checker.history.queries.rules import RuleRow

type Given = list[tuple[str, str]]


def view(desk: Desk, name: str, given: Given) -> Shown:
    """A view as an address asks for it. Raises Refused (400, 404)."""
    after = [value for key, value in given if key == "after"]
    rest = [(key, value) for key, value in given if key != "after"]
    if len(after) > 1:
        raise Refused(400, "The address says twice where the list goes on.")
    place = after[0] if after else ""
    match name:
        case "findings":
            return lists.listed(desk, choosing.read(choosing.of_findings(desk.open_rules), rest), place)  # fmt: skip
        case "fixed":
            chosen = choosing.read(choosing.of_fixed(sorted(desk.titles)), rest)
            return lists.listed(desk, chosen, place, fixed=True)
        case "pages":
            return lists.page_list(desk, choosing.read(choosing.PAGES, rest), place)
        case "rules":
            return lists.rule_list(desk, choosing.read(choosing.RULES, rest))
        case _:
            return _plain(desk, name)


def whole(desk: Desk, name: str) -> Shown:
    """A view as it stands in a file, with all that its filters may choose."""
    match name:
        case "findings":
            return lists.whole(desk)
        case "fixed":
            return lists.whole(desk, fixed=True)
        case "pages":
            return lists.every_page(desk)
        case "rules":
            return lists.rule_list(desk, Chosen(choosing.RULES, {}))
        case _:
            return _plain(desk, name)


def _plain(desk: Desk, name: str) -> Shown:
    match name:
        case "index":
            return overview.overview(desk)
        case "faults":
            return lists.faults(desk)
        case "waivers":
            return lists.waiver_list(desk)
        case "runs":
            return lists.run_list(desk)
        case "person":
            return lists.person(desk)
    raise Refused(404, "The dashboard has no such page.")


def thing(desk: Desk, kind: str, name: str, after: str = "") -> Shown:
    """A single thing by the name in its path. Raises Refused (400, 404)."""
    found: Shown | None = None
    match kind:
        case "page":
            if name.isascii() and name.isdigit() and len(name) < 10:
                found = things.page(desk, int(name))
        case "rule":
            row = next((each for each in desk.rules if slug(each.id) == name), None)
            found = things.rule(desk, row, after) if row else None
        case "fault":
            shared = next((each for each in desk.shared if name_of(each) == name), None)
            found = things.fault(desk, shared, after) if shared else None
        case "run":
            run = runs.run(desk.connection, name, desk.moment) if name.isalnum() else None
            found = things.run(desk, run) if run and run.site == desk.site.name else None
    if found is None:
        raise Refused(404, "The history does not have that, or has it no more.")
    return found


def name_of(each: Shared | RuleRow) -> str:
    """The name of a fault or a rule in its path."""
    return slug(each.id) if isinstance(each, RuleRow) else places.fault(each.rule, each.fingerprint)
