"""No secret in a report, a log or a saved page: cookies, tokens, credentials, secret-looking query values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, cast

from checker.loading.credentials import secrets_of
from checker.loading.options import Options
from checker.page import Page

MARK = "[redacted]"
SHORTEST = 6
"""A configured secret shorter than this is not looked for in text: it would stand in ordinary words."""

# Names of query parameters, form fields and headers. The first always hold a secret; the second may hold a word of the
# page ("?key=sports"), so in running text their value must look random as well.
# All repetitions are bounded: pages are hostile.
_SURE = (
    r"(?:[\w.-]{0,40}(?:token|secret|passw(?:or)?d|signature|credential|api[-_]?key|csrf|xsrf)[\w.-]{0,40}"
    r"|sig|pwd|auth|authorization|[\w.-]{0,40}sess(?:ion)?[-_]?id|jwt|saml(?:request|response)"
    r"|aws_?access_?key_?id|key-pair-id)"
)
_UNSURE = r"(?:code|key|session|state|nonce|ticket|sid|hash|policy|otp|pin)"
_VALUE = r"[^?&;#\s\"'<>]+"
_RANDOM = r"(?=[^?&;#\s\"'<>]*[0-9])(?=[^?&;#\s\"'<>]*[A-Za-z])[^?&;#\s\"'<>]{16,}"
_NAMED = r"(?=[\w.-]{1,100}+=)"  # what every name is: most of what stands there is seen to be none at once
_MARKED = r"(?!\[redacted\])"

_IN_TEXT = re.compile(
    rf"(?P<head>[?&;#]{_NAMED}(?:{_SURE}=(?={_MARKED}{_VALUE})|{_UNSURE}=(?={_MARKED}{_RANDOM})))(?P<value>{_VALUE})",
    re.IGNORECASE,
)
_IN_URL = re.compile(rf"(?P<head>[?&;#](?:{_SURE}|{_UNSURE})=)(?P<value>{_VALUE})", re.IGNORECASE)
_USERINFO = re.compile(
    r"(?P<head>\b[a-z][a-z0-9+.-]{1,20}://)(?P<value>[^/?#\s\"'<>@]+)(?=@)", re.IGNORECASE
)
# Found wherever that is, and many times as quickly: most texts have none.
_MAYBE_USERINFO = re.compile(r"://[^/?#\s\"'<>@]+@")
_FIELD = re.compile(
    rf"<(?:input|meta)\b(?=[^<>]*?\bname\s*=\s*[\"']?{_SURE}[\"'\s/>])[^<>]*>", re.IGNORECASE
)
_FIELD_VALUE = re.compile(
    r"(?P<head>\b(?:value|content)\s*=\s*)(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"^\s*([^=;]*)=([^;]*)")
_SECRET_HEADER = re.compile(
    r"(?:proxy-)?authorization$|cookie|token|secret|api-?key|session|signature|(?<!www-)(?<!proxy-)authentication",
    re.IGNORECASE,
)


def redact_url(url: str) -> str:
    """The address without userinfo and without the values of secret-looking query and fragment parameters."""
    return _IN_URL.sub(rf"\g<head>{MARK}", _USERINFO.sub(rf"\g<head>{MARK}", url))


def redact_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Response headers without secrets. Of a cookie its name and attributes stay (a check asks for ``Secure``)."""
    return tuple((name, _header(name, value)) for name, value in headers)


def redact_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Text or markup without the given secrets, without userinfo in addresses, and without the values of parameters,
    ``<input>`` and ``<meta>`` whose name says that they are secret."""
    for secret in secrets:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, MARK)
    if "=" in text:
        text = _IN_TEXT.sub(rf"\g<head>{MARK}", text)
        text = _FIELD.sub(_field, text)
    return _USERINFO.sub(rf"\g<head>{MARK}", text) if _MAYBE_USERINFO.search(text) else text


def scrub(page: Page, options: Options, address: str = "") -> Page:
    """The page as it may be shown and saved.

    No text of it holds a secret of the user's options, of the ``address`` that was asked for, or of the page's own; and
    every text is valid Unicode, which a browser's lone surrogates are not.
    """
    secrets = secrets_of(options, address)

    known: dict[str, str] = {}  # a page's markup is often its source

    def clean(text: str) -> str:
        if text not in known:
            known[text] = redact_text(_valid(text), secrets)
        return known[text]

    scrubbed = cast(Page, _mapped(replace(page, headers=(), pictures=()), clean))
    return replace(
        scrubbed,
        target=redact_url(scrubbed.target),
        url=redact_url(scrubbed.url),
        final_url=redact_url(scrubbed.final_url),
        headers=tuple((clean(n), clean(v)) for n, v in redact_headers(page.headers)),
        redirects=tuple(
            replace(hop, url=redact_url(hop.url), location=redact_url(hop.location))
            for hop in scrubbed.redirects
        ),
        requests=tuple(replace(r, url=redact_url(r.url)) for r in scrubbed.requests),
        pictures=page.pictures,
    )


def _header(name: str, value: str) -> str:
    if name.lower() == "set-cookie":
        return "\n".join(_COOKIE.sub(rf"\1={MARK}", line) for line in value.split("\n"))
    if _SECRET_HEADER.search(name):
        return MARK
    return redact_url(value)


def _field(tag: re.Match[str]) -> str:
    def value(found: re.Match[str]) -> str:
        quote = '"' if found["double"] is not None else "'"
        return f"{found['head']}{quote}{MARK}{quote}"

    return _FIELD_VALUE.sub(value, tag[0])


def _valid(text: str) -> str:
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _mapped(value: Any, clean: Callable[[str], str]) -> Any:
    """The value with every plain string in it cleaned, through dataclasses and tuples."""
    if type(value) is str:
        return clean(value)
    if type(value) is tuple:
        if value and type(value[0]) is tuple and all(type(part) is int for part in value[0]):
            return value  # boxes: many, and numbers alone
        return tuple(_mapped(part, clean) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            name: new
            for name in _names(type(value))
            if (new := _mapped(old := getattr(value, name), clean)) is not old
        }
        return replace(value, **changed) if changed else value
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
