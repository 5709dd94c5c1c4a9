"""A first presscheck.toml for the kind of site that lies in a folder."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from checker import config

_READ = 200_000


class InitError(ValueError):
    """A configuration that is there already or cannot be written; the message is one line."""


@dataclass(frozen=True)
class Kind:
    """A kind of site: how it is known (a file of these, or a package of package.json or composer.json), where it is
    built, and by which command. ``built`` empty: pages come from a server."""

    name: str
    files: tuple[str, ...]
    packages: tuple[str, ...] = ()
    built: str = ""
    command: str = ""


KINDS = (
    Kind("Hugo", ("hugo.toml", "hugo.yaml", "hugo.json", "archetypes"), (), "public", "hugo"),
    Kind(
        "Jekyll", ("_config.yml", "_config.yaml"), ("jekyll",), "_site", "bundle exec jekyll build"
    ),
    Kind(
        "Eleventy",
        (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"),
        ("@11ty/eleventy",),
        "_site",
        "npx @11ty/eleventy",
    ),
    Kind(
        "Gatsby",
        ("gatsby-config.js", "gatsby-config.ts"),
        ("gatsby",),
        "public",
        "npx gatsby build",
    ),
    Kind("Astro", ("astro.config.mjs", "astro.config.ts"), ("astro",), "dist", "npx astro build"),
    Kind(
        "Docusaurus",
        ("docusaurus.config.js",),
        ("@docusaurus/core",),
        "build",
        "npx docusaurus build",
    ),
    Kind(
        "Next.js",
        ("next.config.js", "next.config.mjs", "next.config.ts"),
        ("next",),
        "out",
        "npx next build",
    ),
    Kind("MkDocs", ("mkdocs.yml",), (), "site", "mkdocs build"),
    Kind(
        "Drupal",
        ("web/core/lib/Drupal.php", "core/lib/Drupal.php"),
        ("drupal/core", "drupal/core-recommended"),
    ),
    Kind("WordPress", ("wp-config.php", "wp-content")),
)
PLAIN = Kind("plain HTML", ())
UNKNOWN = Kind("unknown", ())

_ADDRESS = re.compile(
    r"""(?:^|[{,])\s*["']?(?:baseURL|base_url|site_url|siteUrl|url|site|homepage|baseurl)["']?\s*[:=]\s*["']?(https?://[^\s"',]+)""",
    re.IGNORECASE | re.MULTILINE,
)
_CONFIGURATIONS = (
    *(
        "hugo.toml",
        "hugo.yaml",
        "config.toml",
        "_config.yml",
        "_config.yaml",
        "mkdocs.yml",
        "package.json",
    ),
    *(
        "astro.config.mjs",
        "astro.config.ts",
        "docusaurus.config.js",
        "gatsby-config.js",
        "gatsby-config.ts",
    ),
)


@dataclass(frozen=True)
class Site:
    """What was seen: the kind, the folder of built pages (relative; empty where there is none), the public address."""

    kind: Kind
    built: str
    address: str


def look(folder: Path) -> Site:
    """The site in a folder, from its files alone."""
    packages = _packages(folder)
    kind = next((kind for kind in KINDS if _is(kind, folder, packages)), None)
    built = kind.built if kind else _plain(folder)
    return Site(kind or (PLAIN if built else UNKNOWN), built, _address(folder))


def _is(kind: Kind, folder: Path, packages: frozenset[str]) -> bool:
    return any((folder / name).exists() for name in kind.files) or not packages.isdisjoint(
        kind.packages
    )


def _packages(folder: Path) -> frozenset[str]:
    """What package.json, composer.json and a Gemfile ask for."""
    names: set[str] = set()
    for file, keys in (
        ("package.json", ("dependencies", "devDependencies")),
        ("composer.json", ("require",)),
    ):
        try:
            data = json.loads(_text(folder / file) or "{}")
        except (ValueError, RecursionError):
            continue
        for key in keys:
            asked = data.get(key) if isinstance(data, dict) else None
            names |= set(asked) if isinstance(asked, dict) else set()
    names |= set(re.findall(r"^\s*gem\s+[\"']([\w-]+)", _text(folder / "Gemfile"), re.MULTILINE))
    return frozenset(names)


def _plain(folder: Path) -> str:
    """Where HTML lies: a folder with the usual name of a build, else this one."""
    for name in ("public", "_site", "dist", "build", "out", "docs", "site", "html"):
        if any((folder / name).glob("*.html")):
            return name
    return "." if any(folder.glob("*.html")) else ""


def _address(folder: Path) -> str:
    """Where the site is published: by a CNAME file, else by its configuration; empty where neither says."""
    for place in ("CNAME", "static/CNAME", "public/CNAME"):
        host = _text(folder / place).strip()
        if re.fullmatch(r"[\w.-]+\.\w+", host):
            return f"https://{host.lower()}/"
    for name in _CONFIGURATIONS:
        for found in _ADDRESS.findall(_text(folder / name)):
            parts = urlsplit(found)
            if (
                parts.hostname
                and "." in parts.hostname
                and not parts.hostname.endswith("example.com")
            ):
                return f"https://{parts.netloc}{parts.path.rstrip('/')}/"
    return ""


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_READ)
    except (OSError, ValueError):
        return ""


def write(folder: Path, site: Site) -> Path:
    """Write the configuration. Raises InitError where one is there, or where the folder takes none."""
    path = folder / config.FILE
    if config.find(folder) in (path, folder / "pyproject.toml"):
        raise InitError(f"{config.find(folder)}: the configuration is there already; edit it")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text(site))
    except OSError as error:
        raise InitError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def text(site: Site) -> str:
    """The configuration, each setting with what it does."""
    if site.built:
        first = f": run `{site.kind.command}` first" if site.kind.command else ""
        targets = (
            f"# The folder of the pages as they will be published{first}.\n"
            f"targets = [{_quoted(site.built)}]"
        )
    else:
        home = site.address or "https://staging.agency.gov/"
        targets = (
            '# Pages of a server: addresses, its sitemap, or a file with one address a line ("@pages.txt").\n'
            f"{'' if site.address else '# '}targets = [{_quoted(f'{home}sitemap.xml')}]"
        )
    address = _quoted(site.address or "https://www.agency.gov/")
    return _TEXT.format(
        kind=site.kind.name,
        targets=targets,
        public_url=f"{'' if site.address else '# '}public-url = {address}",
    )


_TEXT = """\
# What the options of `presscheck audit` say. Made by `presscheck init`; kind of site: {kind}.
# An option on the command line wins over this file; `presscheck audit --help` has them all.

{targets}

# Where readers will get these pages: the rules on the banner, https and mixed content judge by it.
{public_url}

# Which requirements bind: auto goes by the host (.mil, defense.gov and war.gov: dod-news; others: federal).
# Name state-local for a site that Title II of the ADA binds.
profile = "auto"

# auto renders pages where there is a browser. CI should say --render always: without a browser that is exit 3.
render = "auto"

# The least severity that exits 1: error, warning or never.
fail-on = "error"

# Reports, relative to where the command runs.
html = "presscheck-report.html"
# junit = "presscheck-junit.xml"
# sarif = "presscheck.sarif"

# Known faults stop nobody once `presscheck baseline update` has written them into presscheck-baseline.toml.
# Exceptions with owner, reason and end stand in presscheck-waivers.toml. Commit both.

# Another severity for a rule; `presscheck rules` lists them.
# [set]
# page-title-length = "advice"
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
