"""The tables: facts, which Alembic migrates, and derived ones, which can be dropped and built again.

Times are ISO texts in UTC with microseconds, so that they sort. Values of the model are JSON by `codec`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

HEAD = "0004"
"""The newest migration of the facts."""

DERIVED = 16
"""Number of the derived tables' shape: another one in a record means that they are built again."""

DRAFTS = 1
"""Number of the drafts' shape: drafts of another one are made again, by reading."""

APPLICATION = 0x4F6E5263
"""SQLite's `application_id` of a record ("OnRc")."""

facts = MetaData()
derived = MetaData()

settings = Table(
    "settings",
    facts,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    facts,
    Column("id", Text, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("url", Text),
    Column("tz", Text),
    Column("language", Text),
    Column("rights", Text, nullable=False, server_default="quote"),
    Column("change", Integer, nullable=False),
    Column("every", Float, nullable=False, server_default="60"),
    Column("paused", Boolean, nullable=False, server_default="0"),
)

watching = Table(
    "watching",
    facts,
    Column("source", Text, primary_key=True),
    Column("state", LargeBinary, nullable=False),
)
"""What is known of sources from watching them."""

pages = Table(
    "pages",
    facts,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("change", Integer, nullable=False),
)

bodies = Table(
    "bodies",
    facts,
    Column("hash", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("form", Text, nullable=False, server_default="bytes"),
    Column("checked", Integer, nullable=False, server_default="0"),
)
"""Packed bytes; where words were redacted, the page as it was read (form `page`) without them, and no bytes. `checked`
is the change number of the last redaction that was looked for."""

captures = Table(
    "captures",
    facts,
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("page", Text, ForeignKey("pages.id"), nullable=False),
    Column("hash", Text, ForeignKey("bodies.hash"), nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("where", Text, nullable=False),
    Column("hints", LargeBinary, nullable=False),
    Column("added_at", Text, nullable=False),
    Index("captures_page", "page", "seen_at"),
    Index("captures_hash", "hash"),
)

ledger = Table(
    "ledger",
    facts,
    Column("kind", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index("ledger_change", "change"),
)

decisions = Table(
    "decisions",
    facts,
    Column("change", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
)
"""What the desk decided, in order; undone by another decision, and never taken out."""

decision_pages = Table(
    "decision_pages",
    facts,
    Column("change", Integer, ForeignKey("decisions.change"), primary_key=True),
    Column("page", Text, primary_key=True),
    Index("decision_pages_page", "page"),
)
"""The pages that a decision bears on."""

versions = Table(
    "versions",
    facts,
    Column("event", Text, primary_key=True),
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
)
"""What readers were shown of each event, and from which record number on. Where words were redacted, without words."""

state = Table(
    "state",
    derived,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

drafts = Table(
    "drafts",
    derived,
    Column("key", Text, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("draft", LargeBinary, nullable=False),
)

histories = Table(
    "histories",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("history", LargeBinary, nullable=False),
    Index("histories_change", "generation", "change", "page"),
)

readings = Table(
    "readings",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("post", Text, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("public", Text, nullable=False),
    Column("placed", Text, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("tick", Integer, nullable=False),
    Column("search_row", Integer, nullable=False),
    Column("view", LargeBinary, nullable=False),
    Index("readings_public", "generation", "public"),
    Index("readings_page", "generation", "page", "placed", "public"),
    Index("readings_placed", "generation", "placed", "page", "post"),
    Index("readings_anchor", "generation", "anchor"),
    Index("readings_tick", "generation", "tick"),
)
"""`placed` sorts a stream: an edit makes `public` later, and leaves the post where it stands. `tick` grows with every
row that is written, whichever process writes it, so that who has seen all up to one misses nothing after it."""

facets = Table(
    "facets",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("placed", Text, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("post", Text, primary_key=True),
    Index("facets_post", "generation", "page", "post"),
    sqlite_with_rowid=False,
)
"""What posts are found by: outlet, place, side, speaker, kind of happening, standing that the text gives, key event."""

tellings = Table(
    "tellings",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("page", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("mark", LargeBinary, nullable=False),
    Column("telling", LargeBinary, nullable=False),
    Index("tellings_page", "generation", "page", "post", "id"),
    Index("tellings_place", "generation", "id", "page", "post"),
)
"""Without `post_words`, which all tellings of a post share; `mark` is a digest of both. One that is gone stays till the
fold, for its old event."""

post_words = Table(
    "post_words",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("post", Text, primary_key=True),
    Column("words", LargeBinary, nullable=False),
)

telling_keys = Table(
    "telling_keys",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("telling", Text, primary_key=True),
    Index("telling_keys_telling", "generation", "telling"),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("first", Text, nullable=False),
    Column("part_of", Text),
    Column("thread", LargeBinary, nullable=False),
    Column("event", LargeBinary, nullable=False),
    Column("brief", LargeBinary, nullable=False),
    Index("events_first", "generation", "first"),
)
"""Without tellings and `part_of`; `first` sorts by its first telling; `thread` is what threads need of it, `brief`
what ranking does."""

event_happenings = Table(
    "event_happenings",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("happening", Text, primary_key=True),
    Column("event", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("among", Integer, nullable=False),
    Column("until", Text, nullable=False),
    Index("event_happenings_event", "generation", "event"),
    sqlite_with_rowid=False,
)
"""`among` is how many the event holds. `until` is when the last post became public of all that the event hangs together
with: as of a later moment it was what it is; `~` where it hangs together with too much to be clustered at once."""

links = Table(
    "links",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("node", Text, primary_key=True),
    Column("known", LargeBinary, nullable=False),
)
"""Of a telling those that may tell one event with it (kind `telling`), of a post those that may be about one thing
(`post`), with the links' weights: a link stands at both ends."""

pair_scores = Table(
    "pair_scores",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("telling", Text, primary_key=True),
    Column("scores", LargeBinary, nullable=False),
)
"""Of tellings in large pieces: how like others of the piece they are. Records of before lack them till a rebuild."""

prefixes = Table(
    "prefixes",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("found", LargeBinary, nullable=False),
)
"""What is known of the moments before the last post of a page came, as it was up to that change: which posts may have
been read otherwise then. Records of before lack it till a rebuild, and it is never needed."""

told_posts = Table(
    "told_posts",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("page", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("told", LargeBinary, nullable=False),
)
"""What threads need of each post, as it was when its links were last made."""

slots = Table(
    "slots",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("post", Text, primary_key=True),
    Index("slots_post", "generation", "post"),
    sqlite_with_rowid=False,
)
"""Keys by which posts of one day are found that share many rare words."""

touched = Table(
    "touched",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("tick", Integer, nullable=False),
    Index("touched_tick", "generation", "kind", "tick", "name"),
    sqlite_with_rowid=False,
)
"""Since the last fold: tellings that came, went or changed, posts whose events did, events that did,
and `ruling` where decisions or what they name did."""

attached = Table(
    "attached",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("decision", Integer, primary_key=True),
    Column("at", Integer, primary_key=True),
    Column("page", Text, nullable=False),
    Column("name", Text),
    Index("attached_page", "generation", "page"),
)
"""What the words that a decision names are now: the decision's change number, the selector's place in it, and the id of
the happening, statement or post; none where they are lost."""

ruled = Table(
    "ruled",
    derived,
    Column("generation", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("left", Text, primary_key=True),
    Column("right", Text, primary_key=True),
    Index("ruled_left", "generation", "left"),
    Index("ruled_right", "generation", "right"),
)
"""Pairs of tellings that the desk put together (`same`) or kept apart (`apart`), the later decision winning."""

GENERATIONAL = (
    histories, readings, facets, tellings, post_words, telling_keys, events, event_happenings, links, pair_scores,
    prefixes, told_posts, slots, touched, attached, ruled,
)  # fmt: skip
