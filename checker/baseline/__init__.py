"""The baseline: faults that were there before, so that a run is stopped by what is new.

``rows`` is the data, ``file`` its text, ``match`` recognises findings, ``update`` makes and mends it, ``against`` reads
one from a report or a git revision.
"""
