"""Checks: few, parameterised, pure. Each takes the article and typed keyword parameters and yields outcomes."""
