"""What the user gives for staging sites and inside networks: headers, cookies, passwords, certificates. It goes to the
target's own origin and nowhere else."""

from __future__ import annotations

import base64
import re
import ssl
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from checker.loading.options import Options

if TYPE_CHECKING:
    from http.cookiejar import Cookie

# Request headers whose values are no secrets: they would be found in ordinary text.
_ORDINARY = re.compile(
    r"accept(-\w+)*|cache-control|dnt|host|pragma|referer|user-agent", re.IGNORECASE
)
_PORTS = {"http": 80, "https": 443}


class OptionError(ValueError):
    """A file that an option names cannot be used; the message is one line and says what to do."""


def check(options: Options) -> None:
    """Read every file that the options name. Raises OptionError for the first that cannot be used."""
    cookies(options)
    if options.ca_file is not None or options.client_cert is not None:
        tls_context(options)
    if options.axe_script is not None:
        _read(options.axe_script, "--axe-script")


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address: what a credential is bound to."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme, 0)


def headers_for(url: str, target: str, options: Options) -> tuple[tuple[str, str], ...]:
    """The user's headers for a request to ``url``: none unless it has the origin of ``target``. Cookies are apart."""
    if origin(url) != origin(target):
        return ()
    basic = _userinfo(target) or options.basic_auth
    given = list(options.headers)
    if basic and not any(name.lower() == "authorization" for name, _ in given):
        given.append(("Authorization", f"Basic {_basic(basic)}"))
    return tuple(given)


def cookies_for(url: str, target: str, options: Options) -> dict[str, str]:
    """The user's cookies for a request to ``url`` by domain, path and scheme; none for another origin."""
    if origin(url) != origin(target):
        return {}
    return {cookie.name: cookie.value or "" for cookie in cookies(options) if _fits(cookie, url)}


def cookies(options: Options) -> tuple[Cookie, ...]:
    """The cookies of ``--cookie-file``. Raises OptionError where it is no Netscape cookie file."""
    if options.cookie_file is None:
        return ()
    from http.cookiejar import LoadError, MozillaCookieJar  # only where there is a file

    jar = MozillaCookieJar()
    try:
        jar.load(str(options.cookie_file), ignore_discard=True, ignore_expires=True)
    except LoadError:
        raise OptionError(
            f"--cookie-file {options.cookie_file}: no Netscape cookie file: its first line must be"
            " '# Netscape HTTP Cookie File', each cookie seven fields between tabs"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(f"--cookie-file {options.cookie_file}: cannot be read: {error}") from None
    return tuple(jar)


@lru_cache(maxsize=4)  # made once a run: it reads some hundred certificates
def tls_context(options: Options) -> ssl.SSLContext:
    """How servers are verified: by the usual authorities, those of the system and ``--ca-file``; not at all with
    ``--insecure``. Raises OptionError for a file that cannot be used."""
    import httpx  # a tenth of a second, which a run over files saves

    context = httpx.create_ssl_context(verify=not options.insecure)
    if not options.insecure:
        context.load_default_certs()
    if options.ca_file is not None:
        _read(options.ca_file, "--ca-file")
        try:
            context.load_verify_locations(options.ca_file)
        except ssl.SSLError:
            raise OptionError(f"--ca-file {options.ca_file}: no certificate in PEM in it") from None
    if options.client_cert is not None:
        _read(options.client_cert, "--client-cert")
        try:
            context.load_cert_chain(options.client_cert, password=_no_password)
        except (ssl.SSLError, ValueError):
            raise OptionError(
                f"--client-cert {options.client_cert}: give one PEM file with the certificate and its key,"
                " the key without a pass phrase"
            ) from None
    return context


def secrets_of(options: Options, address: str = "") -> tuple[str, ...]:
    """Every secret of the options, and of the userinfo in an address, as it may stand in a text; longest first."""
    found: set[str] = set()
    for name, value in options.headers:
        if _ORDINARY.fullmatch(name):
            continue
        found |= {value, value.rpartition(" ")[2]}
    found |= {cookie.value for cookie in cookies(options) if cookie.value}
    for pair in filter(None, (options.basic_auth, _userinfo(address))):
        found |= {pair[1], _basic(pair), ":".join(pair)}
    return tuple(sorted(filter(None, found), key=lambda secret: (-len(secret), secret)))


def _fits(cookie: Cookie, url: str) -> bool:
    """Whether a browser would send it (RFC 6265, 5.4)."""
    scheme, host, _ = origin(url)
    domain = cookie.domain.lstrip(".").lower()
    path = urlsplit(url).path or "/"
    below = path.startswith(cookie.path.rstrip("/") + "/") or path == cookie.path
    whole = cookie.domain_initial_dot or cookie.domain_specified
    here = host == domain or (whole and host.endswith("." + domain))
    return here and below and (scheme == "https" or not cookie.secure)


def _userinfo(address: str) -> tuple[str, str] | None:
    parts = urlsplit(address)
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")


def _basic(pair: tuple[str, str]) -> str:
    return base64.b64encode(":".join(pair).encode()).decode("ascii")


def _no_password() -> str:
    raise ValueError("the key has a pass phrase")


def _read(path: Path, option: str) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise OptionError(f"{option} {path}: cannot be read: {error.strerror}") from None
