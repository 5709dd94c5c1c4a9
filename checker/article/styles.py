"""Styles as checks read them: declarations of an attribute, rules of a sheet."""

from checker.css import declarations, style_rules

__all__ = ["declarations", "style_rules"]
