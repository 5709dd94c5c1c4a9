"""Gathering: targets in, Pages out. Only this package knows files, the network, Selenium and axe's raw result."""
