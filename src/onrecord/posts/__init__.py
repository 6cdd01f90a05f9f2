"""A capture → its page and posts."""

from onrecord.posts.ids import made_ids, revision_hash
from onrecord.posts.page import read

__all__ = ["made_ids", "read", "revision_hash"]
