"""The services that a credit names, by the letters of VIRINs (DIMOC, How to Create a VIRIN)."""

from __future__ import annotations

import re

LETTERS = {
    "A": "Army",
    "F": "Air Force",
    "G": "Coast Guard",
    "M": "Marine Corps",
    "N": "Navy",
}
"""The services whose photographers number their own pictures."""

_NAMES = (
    ("A", re.compile(r"\bArmy\b|\bUSA\b(?=\s+photo)")),
    ("F", re.compile(r"\bAir Force\b|\bUSAF\b|\b(?:Senior )?Airman\b|\bTech\. Sgt\.")),
    ("G", re.compile(r"\bCoast Guard\b|\bUSCG\b")),
    ("M", re.compile(r"\bMarine Corps\b|\bUSMC\b|\bMarines?\b|\bLance Cpl\.")),
    ("N", re.compile(r"\bNavy\b|\bUSN\b|\bMass Communication Specialist\b|\bPetty Officer\b")),
)
_OTHERS = re.compile(
    r"\b(?:National Guard|DoD|Defense Department|Department of (?:Defense|War)|Joint|NATO|Space Force|Courtesy)\b",
    re.I,
)


def named(credit: str) -> frozenset[str]:
    """Letters of the services that a credit names; none where it also names somebody who numbers for several (the
    National Guard, the Department, a command, an ally) and so no letter follows."""
    if _OTHERS.search(credit):
        return frozenset()
    found = {letter for letter, name in _NAMES if name.search(credit)}
    if found == {"G", "N"} and "Petty Officer" in credit:
        found = {"G"}  # the Coast Guard has petty officers too
    return frozenset(found)
