"""What is written otherwise in the engine, so that it does less twice; what it finds is the same."""

from __future__ import annotations

_PARSES = "function Ro(e){e=Eo.parse(e);return To(e.selectors||[e])}"
_PARSES_ONCE = (
    "function Ro(e){let t=(Ro.known??=new Map).get(e);"
    "return t||(t=Eo.parse(e),Ro.known.set(e,t=To(t.selectors||[t]))),t}"
)
"""How a selector is read: once a page, for nobody changes what comes of it."""

_ONE = (
    "Jt=e(function(e,t){var a=Xt();t.exports=function(){var t=0,n=[],r=[];return{get:function(e)"
    "{e=a.call(n,e[0]);return-1===e?null:r[e]},set:function(e){return n.push(e[0]),r.push(++t),t},"
    "delete:function(e){e=a.call(r,e);-1!==e&&(n.splice(e,1),r.splice(e,1))},clear:function(){n=[],r=[]}}}})"
)
_ONE_MAPPED = (
    "Jt=e(function(e,t){t.exports=function(){let t=0,n=new Map,r=new Map;return{get:e=>n.get(e[0])??null,"
    "set:e=>(n.set(e[0],++t),r.set(t,e[0]),t),delete(e){r.has(e)&&(n.delete(r.get(e)),r.delete(e))},"
    "clear(){n=new Map,r=new Map}}}})"
)
_SEVERAL = (
    "Qt=e(function(e,t){var s=Xt(),n=Object.create;t.exports=function(i){var a=0,l=[[],[]],u=n(null);return{"
    "get:function(e){for(var t,n=0,r=l;n<i-1;){if(-1===(t=s.call(r[0],e[n])))return null;r=r[1][t],++n}"
    "return-1!==(t=s.call(r[0],e[n]))&&r[1][t]||null},set:function(e){for(var t,n=0,r=l;n<i-1;)"
    "-1===(t=s.call(r[0],e[n]))&&(t=r[0].push(e[n])-1,r[1].push([[],[]])),r=r[1][t],++n;"
    "return-1===(t=s.call(r[0],e[n]))&&(t=r[0].push(e[n])-1),r[1][t]=++a,u[a]=e,a},delete:function(e){"
    "for(var t,n=0,r=l,a=[],o=u[e];n<i-1;){if(-1===(t=s.call(r[0],o[n])))return;a.push(r,t),r=r[1][t],++n}"
    "if(-1!==(t=s.call(r[0],o[n]))){for(e=r[1][t],r[0].splice(t,1),r[1].splice(t,1);!r[0].length&&a.length;)"
    "t=a.pop(),(r=a.pop())[0].splice(t,1),r[1].splice(t,1);delete u[e]}},clear:function(){l=[[],[]],u=n(null)}}}})"
)
_SEVERAL_MAPPED = (
    "Qt=e(function(e,t){t.exports=function(i){let a=0,l=new Map,u=new Map;return{get(e){let r=l;"
    "for(let n=i-1;0<n;n--)if(!(r=r.get(e[n])))return null;return r.get(e[0])??null},set(e){let r=l;"
    "for(let n=i-1;0<n;n--){let t=r.get(e[n]);t||r.set(e[n],t=new Map),r=t}return r.set(e[0],++a),u.set(a,e),a},"
    "delete(e){let o=u.get(e),r=l;if(o){for(let n=i-1;0<n;n--)if(!(r=r.get(o[n])))return;"
    "r.delete(o[0]),u.delete(e)}},clear(){l=new Map,u=new Map}}}})"
)
"""How what was found of elements is looked up (the engine's memoizee): in maps, not in lists of hundreds. The first
argument, an element, is looked up last, so that there are few maps. ``delete`` leaves an empty one where the list was
taken away, which nobody sees."""

_STYLE = (
    'var t="computedStyle_"+e;return this._cache.hasOwnProperty(t)||(this._cache.hasOwnProperty("computedStyle")||'
    "(this._cache.computedStyle=window.getComputedStyle(this.actualNode)),"
    "this._cache[t]=this._cache.computedStyle.getPropertyValue(e)),this._cache[t]}"
)
_STYLE_MAPPED = (
    'var t=this._cache.styles??=new Map,n=t.get(e);return void 0===n&&(this._cache.hasOwnProperty("computedStyle")||'
    "(this._cache.computedStyle=window.getComputedStyle(this.actualNode)),"
    "t.set(e,n=this._cache.computedStyle.getPropertyValue(e))),n}"
)
"""How an element's style is kept: by the property's name, not by a text that is put together each time."""

_PRIVATE = "function ce(e,t){return e.get(pe(e,t))}"
_PRIVATE_ONCE = "function ce(e,t){let n=e.get(t);return void 0===n?e.get(pe(e,t)):n}"
"""How a private field is read: whether it is there is asked where nothing was found."""

EDITS = {
    _PARSES: _PARSES_ONCE,
    _ONE: _ONE_MAPPED,
    _SEVERAL: _SEVERAL_MAPPED,
    _STYLE: _STYLE_MAPPED,
    _PRIVATE: _PRIVATE_ONCE,
}


def edited(source: str) -> str:
    """The engine's script, with what is known of it (axe-core 4.10.2, minified) written otherwise."""
    for text, better in EDITS.items():
        source = source.replace(text, better, 1)
    return source
