"""A file, address, feed or archive → captures."""

from onrecord.sources.files import capture, captures, listed, parse_published

__all__ = ["capture", "captures", "listed", "parse_published"]
