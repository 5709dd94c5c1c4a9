"""The words of generated articles: sentences of press releases, without end and without meaning."""

from __future__ import annotations

from random import Random

_WHO = (
    "The task force",
    "Sailors aboard the ship",
    "The engineering district",
    "Airmen of the wing",
    "The agency's field office",
    "Soldiers with the brigade",
    "Researchers at the laboratory",
    "The joint command",
    "Members of the reserve unit",
    "Officials from the department",
)
_DID = (
    "completed an inspection of",
    "delivered relief supplies to",
    "opened a new training range near",
    "renewed an agreement with",
    "rehearsed an evacuation of",
    "finished repairs at",
    "hosted visitors from",
    "tested communications with",
    "began a study of flooding around",
    "honored volunteers from",
)
_WHERE = (
    "the harbor at Norfolk",
    "communities along the upper Missouri River",
    "the air base in northern Maine",
    "three partner nations in the Baltic region",
    "the depot outside Anniston",
    "schools in rural Alaska",
    "the hospital in San Antonio",
    "a wildfire camp in eastern Oregon",
    "the lock and dam near Winfield",
    "island ports in the western Pacific",
)
_HOW = (
    "after seven months of preparation",
    "ahead of the hurricane season",
    "with help from state and local partners",
    "under a program that began in 2019",
    "while maintaining their regular duties",
    "for the first time since the exercise was redesigned",
    "using equipment that arrived this spring",
    "as part of a yearlong review of readiness",
)
_SAID = (
    "This work shows what people can do when they plan together",
    "We learned more in two weeks than in the year before",
    "Our neighbors rely on us, and we do not take that lightly",
    "Every part of the team had a role, from the warehouse to the flight line",
    "The results will shape how we train next year",
)
NAMES = (
    "Maria Alvarez",
    "James Okafor",
    "Erin Lindqvist",
    "Daniel Reyes",
    "Grace Whitfield",
    "Thomas Nakamura",
    "Priya Raman",
    "Samuel Brandt",
)


def headline(chance: Random) -> str:
    """A title, without a full stop."""
    words = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHERE)}"
    return words.replace("The ", "", 1)[:1].upper() + words.replace("The ", "", 1)[1:]


def sentence(chance: Random) -> str:
    """One sentence with its full stop."""
    return f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHERE)} {chance.choice(_HOW)}."


def quotation(chance: Random) -> str:
    """A sentence that somebody said."""
    rank = chance.choice(("Capt.", "Col.", "Master Sgt.", "Cmdr.", "Dr."))
    return f"“{chance.choice(_SAID)},” said {rank} {chance.choice(NAMES)}, who led the effort."


def paragraph(chance: Random) -> str:
    """Two to five sentences."""
    return " ".join(
        quotation(chance) if chance.random() < 0.25 else sentence(chance)
        for _ in range(chance.randint(2, 5))
    )
