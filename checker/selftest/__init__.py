"""Whether the catalogue keeps its word: on its own examples, on W3C's ACT cases, on the ICT Baseline's."""
