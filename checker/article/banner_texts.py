"""The words of the government banner, by part, language, domain and generation.

Sources: USWDS packages/usa-banner/src/content/*.json (3.12) for the present words, the branches of releases 1.0 to
2.7 for the former ones, usa-banner.component.js for the web component, the component's guidance for the changes that
it allows, and pages of .mil and defense.gov for the variants that the Department publishes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache, cached_property

from checker.article.host import Domain

_NOT_WORDS = re.compile(r"[\W_]+")
_NOT_ASCII = re.compile(r"[^\0-\x7f][^\0-\x7f]*")  # found in half the time of the same with a plus
_MARKS = bytes(code for code in range(1, 128) if not chr(code).isalnum())
_LOWER = bytes(range(256)).lower()


class Kind(StrEnum):
    """What a piece of the banner does."""

    SENTENCE = "sentence"  # says that the site is an official one
    ACTION = "action"  # opens the explanation
    DOMAIN = "domain"  # explains .gov or .mil
    HTTPS = "https"  # explains the secure connection


class Generation(IntEnum):
    """Which USWDS releases had the words."""

    OLDER = 1  # 1.0 to 1.2: "always use a .gov or .mil domain"
    OUTDATED = 2  # 1.3 to 2.7: "often end in .gov or .mil"
    CURRENT = 3  # 2.8 and later: "Official websites use .gov"


def squash(text: str) -> str:
    """Letters and digits only, compatibility forms and case folded: what is left when apostrophes, spaces, line breaks,
    trailing punctuation and the padlock sign are nobody's business."""
    return squashed((text.replace("\0", ""),))[0]


def squashed(texts: Sequence[str]) -> list[str]:
    """Each of the texts squashed, all at once: a page has a thousand pieces. NUL, which no document has, sets them
    apart: nothing combines with it."""
    if not texts:
        return []
    text = unicodedata.normalize("NFKC", "\0".join(texts)).encode(errors="surrogatepass")
    plain = text.translate(_LOWER, _MARKS).decode(errors="surrogatepass")
    return _NOT_ASCII.sub(_folded, plain).split("\0")


def _folded(found: re.Match[str]) -> str:
    return _NOT_WORDS.sub("", found[0].casefold())


@dataclass(frozen=True)
class Sign:
    """Words by which a part is recognised, altered or not. ``pattern`` is matched on squashed text; behind the domain
    that it may begin with stand letters that are always the same."""

    kind: Kind
    language: str
    pattern: str
    generation: Generation | None = None

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match in a squashed text. It is looked for where its letters stand: a search that begins with
        alternatives takes fifteen times as long."""
        before = _DOMAIN_LETTERS if self.pattern.startswith(_TLD) else 0
        at = text.find(self._letters, start + before)
        return None if at < 0 else self._compiled.search(text, at - before)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _letters(self) -> str:
        return _LETTERS.split(self.pattern.removeprefix(_TLD))[0]

    def domain(self, said: str) -> Domain | None:
        """The domain that the matched words name."""
        if _TLD not in self.pattern:
            return None
        return Domain.MIL if "mil" in said else Domain.GOV


_TLD = "(gov|mil)"
_DOMAIN_LETTERS = 3
_LETTERS = re.compile(r"[^\w]")

SIGNS = (
    Sign(Kind.SENTENCE, "en", r"official(?:web)?siteof"),
    Sign(
        Kind.SENTENCE, "en", r"official(?:us|unitedstates|federal){0,2}government(?:web)?site(?!s)"
    ),
    Sign(Kind.SENTENCE, "es", r"sitio(?:web)?oficialdel"),
    Sign(Kind.ACTION, "en", r"hereshowyouknow"),
    Sign(Kind.ACTION, "es", r"asíescomoustedpuedeverificarlo"),
    Sign(Kind.DOMAIN, "en", rf"officialwebsitesuse{_TLD}", Generation.CURRENT),
    Sign(Kind.DOMAIN, "en", rf"{_TLD}websitebelongsto", Generation.CURRENT),
    Sign(Kind.DOMAIN, "en", rf"{_TLD}websiteoperatesundertheapproval", Generation.CURRENT),
    Sign(Kind.DOMAIN, "es", rf"sitiosweboficialesusan{_TLD}", Generation.CURRENT),
    Sign(Kind.DOMAIN, "es", rf"sitioweb{_TLD}pertenecea", Generation.CURRENT),
    Sign(Kind.DOMAIN, "en", r"governmentwebsitesoftenendin", Generation.OUTDATED),
    Sign(Kind.DOMAIN, "en", r"governmentwebsitesalwaysusea", Generation.OLDER),
    Sign(Kind.HTTPS, "en", rf"secure{_TLD}websitesusehttps", Generation.CURRENT),
    Sign(Kind.HTTPS, "en", rf"meansyouvesafelyconnectedtothe{_TLD}", Generation.CURRENT),
    Sign(Kind.HTTPS, "es", rf"sitioswebseguros{_TLD}usanhttps", Generation.CURRENT),
    Sign(Kind.HTTPS, "es", r"significaqueustedseconectó", Generation.CURRENT),
    Sign(Kind.HTTPS, "en", r"ensuresthatyouareconnectingtotheofficialwebsite", Generation.OUTDATED),
    Sign(Kind.HTTPS, "en", r"httpsmeansalltransmitteddataisencrypted", Generation.OLDER),
)
"""How a part is known. The former words name both domains, so they name none."""

_SENTENCE = {
    "en": "An official website of the United States government",
    "es": "Un sitio oficial del Gobierno de Estados Unidos",
}
_ACTION = {"en": "Here\u2019s how you know", "es": "Así es como usted puede verificarlo"}
_HEADING = {"en": "Official websites use .{}", "es": "Los sitios web oficiales usan .{}"}
_ORGANIZATION = {
    ("en", Domain.GOV): (
        "A .gov website belongs to an official government organization in the United States.",
    ),
    ("en", Domain.MIL): (
        "A .mil website belongs to an official U.S. Department of Defense organization.",
        "A .mil website belongs to an official U.S. Department of Defense organization in the United States.",
        "A .mil website belongs to an official government organization in the United States.",
        "A .mil website operates under the approval of the U.S. Department of Defense.",
        "A .mil website operates under the approval authority of the U.S. Department of Defense.",
    ),
    ("es", Domain.GOV): (
        "Un sitio web .gov pertenece a una organización oficial del Gobierno de Estados Unidos.",
    ),
    ("es", Domain.MIL): (
        "Un sitio web .mil pertenece a una organización oficial del Departamento de Defensa de EE. UU.",
        "Un sitio web .mil pertenece a una organización oficial del Gobierno de Estados Unidos.",
    ),
}
_SECURE = {
    "en": "Secure .{} websites use HTTPS",
    "es": "Los sitios web seguros .{} usan HTTPS",
}
_LOCK = {
    "en": (
        "A lock ( ) or https:// means you\u2019ve safely connected to the .{} website. "
        "Share sensitive information only on official, secure websites."
    ),
    "es": (
        "Un candado ( ) o https:// significa que usted se conectó de forma segura a un sitio web .{}. "
        "Comparta información sensible sólo en sitios web oficiales y seguros."
    ),
}
_LOCK_NAMES = r"(?:a?(?:locked)?padlock(?:icon)?|lock|candado|icon)*"
_ARTICLES = ("an", "a", "un", "los")


@dataclass(frozen=True)
class Words:
    """A piece of text that the current banner has, in the forms that are accepted; the first is what to write."""

    kind: Kind
    forms: tuple[str, ...]
    adaptable: bool = False
    """Whether a government site that is not federal may adapt it."""

    def said_in(self, squashed: str) -> bool:
        """Whether squashed text has one of the accepted forms."""
        return any(re.search(pattern, squashed) for pattern in map(_pattern, self.forms))


def current(language: str, domain: Domain) -> tuple[Words, ...]:
    """The pieces of the current banner of a language and a domain, in reading order."""
    return (
        Words(Kind.SENTENCE, (_SENTENCE[language],), adaptable=domain is Domain.GOV),
        Words(Kind.ACTION, (_ACTION[language],)),
        Words(Kind.DOMAIN, (_HEADING[language].format(domain),), adaptable=domain is Domain.GOV),
        Words(Kind.DOMAIN, _ORGANIZATION[language, domain]),
        Words(Kind.HTTPS, (_SECURE[language].format(domain),)),
        Words(Kind.HTTPS, (_LOCK[language].format(domain),)),
    )


@cache
def _pattern(form: str) -> str:
    """Squashed words as a pattern: the leading article may be missing, the padlock may have any of its names, and
    Spanish may write ``solo``."""
    before, lock, after = form.partition("( )")
    first, _, rest = before.partition(" ")
    head = squash(rest) if first.casefold() in _ARTICLES else squash(before)
    return head + (_LOCK_NAMES + squash(after) if lock else "").replace("sólo", "s[oó]lo")
