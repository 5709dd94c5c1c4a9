"""Error pages that are served with 200, and login walls in place of the article.

Both are told only when several signs agree: an article about an outage is an article. Heuristic; what it finds is
NOT_TESTED, so a miss costs less than a false alarm.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from checker.clean import one_line
from checker.loading.content import MANY, Content
from checker.page import Problem, Trouble

_CODE = r"(?:40[0134]|410|429|50[0234])"
_PHRASE = (
    r"(?:(?:the |this |your |we'?re sorry,? |sorry,? |oops[!,.]* ?|uh[- ]?oh[!,.]* ?)*(?:requested )?"
    r"(?:web ?)?(?:page|file|resource|url|document|content)(?: you (?:requested|are looking for|were looking for))?"
    r" (?:was |is |could |can ?)?(?:not|cannot be|can't be|no longer)(?: be)? (?:found|available|exist)"
    r"|we (?:can't|can ?not|couldn't|could not) find (?:that|the|this) page.*"
    r"|(?:that|this|the) page (?:doesn't|does not|no longer) exists?"
    r"|not found|forbidden|access (?:is )?(?:denied|forbidden)|permission denied|unauthorized|bad request"
    r"|request (?:rejected|blocked|denied)|(?:an )?(?:internal )?server error|an error (?:has )?occurred"
    r"|application error|runtime error|unexpected error"
    r"|(?:http )?(?:service|site|server|website) (?:is )?(?:temporarily |currently )?unavailable"
    r"|service temporarily unavailable|bad gateway|gateway time-?out|too many requests"
    r"|(?:(?:this |our |the )?(?:site|website|page|system) is )?(?:(?:currently|temporarily) )?"
    r"(?:under|down for) (?:scheduled )?maintenance"
    r"|just a moment|attention required|checking your browser.*|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|are you a robot|you have been blocked|sorry, you have been blocked)"
)
_NUMBER = rf"(?:(?:http )?(?:error|status)?\s*(?:code)?\s*[:#-]?\s*{_CODE}(?:\.\d+)?)"
_AFTER = rf"(?:\s*[:,(-]*\s*(?:http )?(?:error )?{_CODE}\)?)"
_ERROR = re.compile(
    rf"(?:{_NUMBER}|(?:{_NUMBER}\s*(?:error)?\s*[:,(-]*\s*)?{_PHRASE}{_AFTER}?"
    rf"|{_CODE} error|server error in .{{1,80}})[\s.!…]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile("\\s+[|\u2013\u2014:\u00bb\u00b7\u2022-]+\\s+|\\s*\\|\\s*|:\\s+")
_BLOCKS = re.compile(
    r"the requested url was rejected\. please consult with your administrator"
    r"|you don'?t have permission to access .{1,2000} on this server"
    r"|reference\s*#\s*\d+\.[0-9a-f]+\.\d+\.[0-9a-f]+"
    r"|enable javascript and cookies to continue|cloudflare ray id|incapsula incident id|please verify you are a human",
    re.IGNORECASE,
)

_LOGIN = frozenset(
    "login signin logon sso adfs oauth oauth2 saml saml2 authorize auth idp openid cas wp-login sign-in log-in"
    " userlogin auth0 pkmslogin".split()
)
_LOGIN_WORDS = re.compile(
    r"\b(log[ -]?in|sign[ -]?in|log[ -]?on|single sign-on|smart ?card|cac|piv)\b", re.IGNORECASE
)
_SAML = re.compile(r"^SAML(Request|Response)$")

_PAGE = MANY
"""A page whose own text has more words than this is not called an error page, whatever its title says."""
_NOTICE = 100
"""So many words at most have error notices of which only the title or the heading speaks."""
_FORM = 120
"""So many words at most stand beside a password form that is all a page has."""


def error_page(content: Content) -> Problem | None:
    """An error page, served as if it were the article; None where the signs do not agree."""
    if content.is_article or content.words > _PAGE:
        return None
    title = next((part for part in _SEPARATOR.split(content.title) if _says_error(part)), "")
    if not title and _says_error(content.title):
        title = content.title
    heading = next((text for text in content.headings[:2] if _says_error(text)), "")
    blocked = _BLOCKS.search(content.main_text)
    agree = bool(title and heading) or bool(blocked and (title or content.words < _NOTICE))
    # A heading alone must be the page's first and say more than a number, which may count anything.
    leads = bool(heading) and heading == content.headings[0] and not heading.isdigit()
    alone = content.words <= _NOTICE and (bool(title) or leads)
    if not agree and not alone:
        return None
    said = one_line(title or heading or (blocked[0] if blocked else ""))[:120]
    return Problem(Trouble.ERROR_PAGE, f'an error page in place of the article: it says "{said}"')


def login_wall(content: Content, url: str, final_url: str) -> Problem | None:
    """A login in place of the article: a redirect to one, or a page that is nothing but a password form."""
    field = content.password_field()
    moved = bool(url and final_url) and _place(url) != _place(final_url)
    if moved and _names_login(final_url) and not _names_login(url):
        speaks = _LOGIN_WORDS.search(f"{content.title} {content.main_text[:2000]}")
        if field or (speaks and content.words <= _PAGE and not content.is_article):
            host = urlsplit(final_url).hostname or "another page"
            return Problem(
                Trouble.LOGIN_WALL,
                f"the address leads to a login at {host}: give the audit access (--cookie-file, --header,"
                " --basic-auth-env)",
            )
    saml = content.named("input", name=_SAML) and content.words < _NOTICE
    only_form = (
        field and field.find_parent("form") and content.words <= _FORM and not content.is_article
    )
    if saml or only_form:
        return Problem(
            Trouble.LOGIN_WALL,
            "a login stands in place of the article: give the audit access (--cookie-file, --header, --basic-auth-env)",
        )
    return None


def _says_error(text: str) -> bool:
    """Whether the whole text is such a phrase."""
    folded = text.replace("\u2019", "'").strip()
    return len(folded) <= 120 and _ERROR.fullmatch(folded) is not None


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").lower()


def _names_login(url: str) -> bool:
    """Whether a label of the host or a segment of the path is a login's: words in an article's name are not."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").lower().split(".")[:-1]
    segments = [re.sub(r"\.\w{2,5}$", "", part) for part in parts.path.lower().split("/")]
    return not _LOGIN.isdisjoint([*labels, *segments])
