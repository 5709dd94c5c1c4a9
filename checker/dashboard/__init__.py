"""The history over HTTP: what a server of it answers, and who may ask."""
