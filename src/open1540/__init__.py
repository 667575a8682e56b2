"""open1540: an open system for implementing Security Council resolution 1540 (2004)."""

__version__ = "0.1.0"
