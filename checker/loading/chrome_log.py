"""Chromium's performance log -> what was asked for and what was answered. Events are those of the DevTools protocol's
domains Network and Page; nothing here drives a browser."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from checker.page import Hop, Request, Tls

_STREAMS = frozenset(
    {"EventSource", "WebSocket", "Media", "Ping", "Preflight", "CSPViolationReport"}
)
ABORTED = "net::ERR_ABORTED"
_OWN = ("data:", "blob:", "about:", "chrome:", "chrome-error:", "chrome-extension:", "javascript:")


@dataclass
class Exchange:
    """One request and what came of it, its redirects included."""

    id: str
    url: str
    kind: str
    frame: str
    mixed: str = "none"
    hops: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    response: dict[str, Any] | None = None
    raw_headers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    error: str = ""
    blocked: str = ""
    done: bool = False
    icon: bool = False

    @property
    def status(self) -> int | None:
        """The last server's status; None where nobody answered."""
        return int(self.response["status"]) if self.response else None

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The response's headers as they came over the wire where the log has them, repeated ones repeated."""
        cooked: dict[str, str] = self.response["headers"] if self.response else {}
        raw = [headers for status, headers in self.raw_headers if status == self.status]
        lines = raw[-1] if raw else cooked
        return tuple(
            (name, part) for name, value in lines.items() for part in str(value).split("\n")
        )

    def redirects(self) -> tuple[Hop, ...]:
        """Its server's redirects in order."""
        return tuple(
            Hop(url, int(answer["status"]), _location(answer["headers"]))
            for url, answer in self.hops
        )

    def tls(self, *, verified: bool) -> Tls | None:
        """Facts of the connection, where it had TLS."""
        facts = (self.response or {}).get("securityDetails")
        if not facts:
            return None
        return Tls(
            protocol=facts["protocol"],
            cipher=facts["cipher"],
            subject=facts["subjectName"],
            issuer=facts["issuer"],
            names=tuple(facts["sanList"]),
            valid_from=_moment(facts["validFrom"]),
            valid_to=_moment(facts["validTo"]),
            verified=verified,
        )


class Log:
    """What the log has said since the page was asked for."""

    def __init__(self) -> None:
        self.exchanges: dict[str, Exchange] = {}
        self.documents: list[Exchange] = []
        self.dialogs: list[str] = []
        self.asking = False
        self.downloads: list[str] = []
        self.parsed = False
        self.loaded = False
        self.halted = False  # the page went for what is no page before all of it was there
        self._early: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self._shown = ""
        self._before = (False, False)
        self._nowhere: set[str] = set()

    def add(self, entries: Iterable[dict[str, Any]], window: str) -> None:
        """Entries as WebDriver gives them; those of other windows are left out."""
        for entry in entries:
            said = json.loads(entry["message"])
            if said.get("webview", window) == window:
                self._event(said["message"]["method"], said["message"]["params"], window)

    def take(self, events: Iterable[tuple[str, dict[str, Any]]], window: str) -> None:
        """Events of the window as DevTools gives them: method and parameters."""
        for method, params in events:
            self._event(method, params, window)

    def _event(self, method: str, params: dict[str, Any], window: str) -> None:
        match method:
            case "Network.requestWillBeSent":
                self._sent(params, window)
            case "Network.responseReceived":
                if exchange := self.exchanges.get(params["requestId"]):
                    exchange.response = params["response"]
            case "Network.responseReceivedExtraInfo":
                raw = (int(params["statusCode"]), params["headers"])
                if exchange := self.exchanges.get(params["requestId"]):
                    exchange.raw_headers.append(raw)
                else:
                    self._early.setdefault(params["requestId"], []).append(raw)
            case "Network.loadingFinished" | "Network.loadingFailed":
                self._ended(params)
            case "Page.frameNavigated":
                if params["frame"]["id"] == window:
                    self._shown = params["frame"]["loaderId"]
            case "Page.javascriptDialogOpening":
                self.dialogs.append(params.get("message", ""))
                self.asking = True
            case "Page.javascriptDialogClosed":
                self.asking = False
            case "Page.downloadWillBegin":
                self.downloads.append(params.get("suggestedFilename", ""))
            case "Page.domContentEventFired":
                self.parsed = bool(self.documents)
            case "Page.frameStoppedLoading":
                if params["frameId"] == window:
                    self.halted = bool(self._nowhere) and not self.parsed
            case "Page.loadEventFired":
                self.loaded = True

    def _sent(self, params: dict[str, Any], window: str) -> None:
        number, request = params["requestId"], params["request"]
        url = request["url"] + request.get("urlFragment", "")
        known = self.exchanges.get(number)
        if known and (answer := params.get("redirectResponse")):
            known.hops.append((known.url, answer))
            known.url = url
            known.mixed = request.get("mixedContentType", "none")
            return
        exchange = Exchange(
            id=number,
            url=url,
            kind=params.get("type", "Other"),
            frame=params.get("frameId", ""),
            mixed=request.get("mixedContentType", "none"),
            raw_headers=self._early.pop(number, []),
            icon=_is_icon(params),
        )
        self.exchanges[number] = exchange
        if exchange.kind == "Document" and exchange.frame == window:
            if not self.documents or self.documents[-1].id == self._shown:
                self._before = (self.parsed, self.loaded)
            self.documents.append(exchange)
            self.parsed = self.loaded = False

    def _ended(self, params: dict[str, Any]) -> None:
        if exchange := self.exchanges.get(params["requestId"]):
            exchange.done = True
            # Chromium's own error page finishes under the number of the request that failed.
            exchange.error = params.get("errorText", exchange.error)
            exchange.blocked = params.get("blockedReason", exchange.blocked)
            self._stays(exchange)

    def _stays(self, last: Exchange) -> None:
        """Where a page went for what is no page (a download, another program's address, nothing), it is still there."""
        if last.error != ABORTED or last.id == self._shown or len(self.documents) < 2:
            return
        if last is self.documents[-1]:
            self._nowhere.add(self.documents.pop().id)
            parsed, loaded = self._before
            self.parsed, self.loaded = self.parsed or parsed, self.loaded or loaded

    def pending(self) -> int:
        """How many requests of the page are still open; streams, which stay open, are not counted."""
        return sum(
            not one.done and one.kind not in _STREAMS and not one.url.startswith(_OWN)
            for one in self._page()
        )

    def requests(self) -> tuple[Request, ...]:
        """What the page asked for, redirects one by one, sorted: the order of arrival is chance."""
        told = {request for one in self._page() for request in _requests(one)}
        return tuple(sorted(told, key=repr))

    def answers(self) -> dict[str, Exchange]:
        """What was asked for by address, without fragments; the address that was asked first counts."""
        found: dict[str, Exchange] = {}
        for one in self._page():
            for url in (*(url for url, _ in one.hops), one.url):
                found.setdefault(url.partition("#")[0], one)
        return found

    def _page(self) -> Iterator[Exchange]:
        """All but the documents' own requests and the browser's for an icon of its window: a headless shell, which has
        none, does not ask for it."""
        documents = {one.id for one in self.documents}
        for one in self.exchanges.values():
            if one.id not in documents and one.id not in self._nowhere and not one.icon:
                yield one


def _is_icon(sent: dict[str, Any]) -> bool:
    """Whether the browser itself asks, not the page."""
    own = sent.get("initiator", {}).get("type") == "other"
    return sent.get("type") == "Other" and own


def _requests(one: Exchange) -> Iterator[Request]:
    kind = one.kind.lower()
    for url, answer in one.hops:
        yield Request(url, kind, "loaded", int(answer["status"]), mixed=one.mixed)
    if one.url.startswith(_OWN):
        return
    outcome = "loaded" if one.response and not one.error else "failed"
    if one.blocked:
        outcome = "blocked"
    elif one.status is not None and one.status >= 400:
        outcome = "failed"
    error = one.error or ("" if one.response or one.done else "no answer yet")
    if one.blocked:
        error = f"{error} ({one.blocked})".strip()
    yield Request(one.url, kind, outcome, one.status, error, one.mixed)


def _location(headers: dict[str, str]) -> str:
    return next((str(v) for name, v in headers.items() if name.lower() == "location"), "")


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
