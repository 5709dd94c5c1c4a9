"""The elements of a role are looked for among those that may have it: none is missed."""

from __future__ import annotations

from checker.article import Article
from checker.article.aria import tables
from checker.page import Mode, Page

EVERY_KIND = """<!doctype html><html lang=en><title>t</title><body>
<header>h<nav aria-label=n><ul><li><a href=/>x</a><li><a>y</a></ul></nav></header><main>
<article><header>own</header><h1>h</h1><h2 role=presentation>p</h2><h3 role=none aria-live=polite>c</h3></article>
<section aria-label=s></section><section></section><form aria-label=f></form><form></form><aside></aside>
<address></address>
<input><input type=search><input type=checkbox><input type=radio><input type=range><input type=number>
<input type=submit><input type=image alt=i><input type=date><input list=l><datalist id=l><option>o</datalist>
<select><optgroup label=g><option>a</select><select multiple></select><select size=3></select><textarea></textarea>
<img alt=""><img alt=x><img><map><area href=/ alt=a><area></map><svg><a href=/><text>s</text></a><a/></svg>
<table role=grid><caption>c</caption><tr><td>d<th scope=row>r</table><table><thead><tr><th>h<tbody><tr><td>d</table>
<details><summary>s</summary>d</details><summary>alone</summary><button>b</button><div role=button tabindex=0>b</div>
<div role="nothing link">l</div><span role=nothing>n</span><p>p<em>e</em><code>c</code><time>t</time></p><hr>
<dialog open>d</dialog><progress></progress><meter></meter><output></output><figure><figcaption>f</figcaption></figure>
</main><footer>f</footer>"""


def _every_kind() -> Article:
    return Article(Page("x", "", Mode.STATIC, EVERY_KIND, ""))


def test_the_elements_of_each_role_are_those_that_have_it() -> None:
    article = _every_kind()
    access = article.access
    having = {access.role(tag) for tag in article.elements()}
    assert len(having) > 40
    for role in {*having, *tables().roles} - {""}:
        assert access.of_roles(role) == [
            tag for tag in article.elements() if access.role(tag) == role
        ], role


def test_the_elements_of_several_roles_stand_in_their_order() -> None:
    article = _every_kind()
    roles = ("link", "button", "heading", "row")
    assert article.access.of_roles(*roles) == [
        tag for tag in article.elements() if article.access.role(tag) in roles
    ]
