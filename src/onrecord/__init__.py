"""Live coverage of a developing story, made checkable: who said what, where, when and how many, and the exact words."""

from __future__ import annotations

from importlib.metadata import version

from onrecord.reading import fold_texts, read, read_text

__version__ = version("onrecord")
__all__ = ["__version__", "fold_texts", "read", "read_text"]
