"""A capture → its page and posts."""

from onrecord.posts.ids import made_ids, revision_hash
from onrecord.posts.page import read
from onrecord.posts.paging import more

__all__ = ["made_ids", "more", "read", "revision_hash"]
