"""Where the dashboard's pages are: one path for each, the same in a served dashboard and in a folder of files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlencode

_PLAIN = re.compile(r"(?!x-)[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?")

VIEWS = {
    "index": "Overview",
    "findings": "Findings",
    "faults": "Template faults",
    "pages": "Pages",
    "rules": "Rules",
    "waivers": "Waivers",
    "runs": "Runs",
    "fixed": "Fixed",
    "person": "For a person",
}
"""The views of a site by the name of their file, in the order of the navigation."""


def slug(name: str) -> str:
    """A name that stands in a path and in a file's name: the name itself where it may, else a digest of it."""
    if _PLAIN.fullmatch(name) and ".." not in name:
        return name
    return f"x-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:20]}"


def fault(rule: str, fingerprint: str) -> str:
    """The name of a template fault's page."""
    return f"{slug(rule)}--{slug(fingerprint)}"


def site_path(site: str, name: str) -> str:
    """The path of a view of a site, or of one of its things (``page/12``)."""
    return f"sites/{slug(site)}/{name}.html"


@dataclass(frozen=True)
class Links:
    """Addresses as one page writes them: relative, so that the dashboard works below any folder and from a disk.
    ``up`` leads to the top."""

    up: str
    site: str = ""
    assets: tuple[str, str] = ("", "")

    @classmethod
    def of(cls, path: str, site: str = "", assets: tuple[str, str] = ("", "")) -> Links:
        """Those of the page at a path."""
        return cls("../" * path.count("/"), site, assets)

    @property
    def style(self) -> str:
        """The style sheet."""
        return f"{self.up}assets/{self.assets[0]}"

    @property
    def script(self) -> str:
        """The script."""
        return f"{self.up}assets/{self.assets[1]}"

    @property
    def home(self) -> str:
        """The list of sites."""
        return f"{self.up}index.html"

    def of_site(self, name: str) -> str:
        """Another site's overview."""
        return self.up + site_path(name, "index")

    def view(self, name: str, **query: str | int) -> str:
        """A view of this site, filtered; what is empty is left out."""
        given = {key: value for key, value in query.items() if value != ""}
        path = self.up + site_path(self.site, name)
        return f"{path}?{urlencode(given)}" if given else path

    def page(self, number: int, finding: int | None = None) -> str:
        """A page, at a finding."""
        path = self.view(f"page/{number}")
        return path if finding is None else f"{path}#f{finding}"

    def rule(self, name: str) -> str:
        """A rule."""
        return self.view(f"rule/{slug(name)}")

    def fault(self, rule: str, fingerprint: str) -> str:
        """A fault of the template."""
        return self.view(f"fault/{fault(rule, fingerprint)}")

    def run(self, mark: str) -> str:
        """A run by its id."""
        return self.view(f"run/{mark[:16]}")

    def api(self, path: str, **query: str) -> str:
        """Of a served dashboard: an address of the API for this site."""
        return f"{self.up}api/{path}?{urlencode({'site': self.site, **query})}"
