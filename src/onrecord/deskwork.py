"""What an editor asks for → decisions in a record, and what became of those that are there.

Every method that decides takes `by` (who) and `why`, appends one decision, brings the record up to it and gives it
back. Ids are those of events, happenings, statements and posts as the record shows them. Raises `NotFoundError` for an
id that names nothing, `UsageError` for what can't be decided, and `RecordError`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from onrecord import desk, desk_targets, redacting, redaction, upkeep
from onrecord.desk import Checked, Clash, Correction, Decision, Kind, Selector, Taken
from onrecord.desk_targets import Target
from onrecord.errors import NotFoundError, UsageError
from onrecord.model import Claim, Problem, Telling
from onrecord.store import Record, decisions, derived
from onrecord.store.rows import stamp
from onrecord.upkeep import Upkeep

_LONGEST = 100_000
"""Characters of an own post at most; a note may have a hundredth."""


_SHORTEST = 3
"""Characters of words that are redacted wherever they stand, at least."""
_CLOSENESS = ("happening", "statement", "post", "event")
"""Kinds of things, the smallest first."""


@dataclass(frozen=True, slots=True)
class Held:
    """A decision and what became of it."""

    taken: Taken
    undone: bool = False
    lost: tuple[Selector, ...] = ()
    """What it names and nothing in the record is like any more."""

    @property
    def decision(self) -> Decision:
        return self.taken.decision


@dataclass(frozen=True, slots=True)
class Hidden:
    """What the desk has hidden."""

    posts: frozenset[tuple[str, str]]
    """(page, post)."""
    names: frozenset[str]
    """Ids of statements and happenings."""

    def covers(self, telling: Telling) -> bool:
        """The telling, its statement or its post is hidden."""
        owner = telling.id.partition(".")[0]
        ids = {telling.id, telling.statement.id, owner}
        return (telling.page, telling.post) in self.posts or not ids.isdisjoint(self.names)


class Desk:
    """The desk of one record: `Story.desk`."""

    def __init__(self, record: Record, keeper: Upkeep, settle: Callable[[], None]) -> None:
        self._record = record
        self._upkeep = keeper
        self._settle = settle

    # -- deciding ------------------------------------------------------------------------------------------------------

    def same(self, names: Sequence[str], *, by: str, why: str) -> Taken:
        """Put what these ids name into one event: at least two happenings in all.

        Of a statement that tells several things it is the one that is of a kind with the others.
        """
        targets = [self._find(name) for name in names]
        selectors = _once(s for target in targets for s in _of_a_kind(target, targets).told())
        if len(selectors) < 2:
            raise UsageError("one happening alone can't be put together", "name two events or more")
        return self._decide(Decision("same", by, _now(), why, selectors))

    def apart(self, left: Sequence[str], right: Sequence[str], *, by: str, why: str) -> Taken:
        """Keep two groups in events of their own.

        What both name counts to the group that names it more closely: a statement is taken out of the event it is in.
        """
        targets = [[self._find(name) for name in names] for names in (left, right)]
        one, two = ([s for target in group for s in target.told()] for group in targets)
        first, second = {s.name for s in one}, {s.name for s in two}
        wide, other = (max((_CLOSENESS.index(t.kind) for t in group), default=0) for group in targets)
        if wide <= other:
            two = [s for s in two if s.name not in first]
        else:
            one = [s for s in one if s.name not in second]
        groups = (*(replace(s, group=0) for s in one), *(replace(s, group=1) for s in two))
        if not one or not two:
            raise UsageError("there is nothing to keep apart", "name two groups, neither of them empty")
        return self._decide(Decision("apart", by, _now(), why, _once(groups)))

    def correct(self, name: str, correction: Correction, *, by: str, why: str) -> Taken:
        """Put something else in the place of what was read of a statement, a happening or all of an event."""
        target = self._find(name)
        said = correction.speaker is not None or correction.side is not None
        told = any(field not in ("speaker", "side") for field in correction.fields)
        if said and told:
            raise UsageError("a speaker and what happened are corrected one by one", "run the command once for each")
        selectors = target.said() if said else target.told()
        if not selectors:
            raise UsageError(f"{name} tells nothing that could be corrected", "give a statement, happening or event")
        return self._decide(Decision("correct", by, _now(), why, selectors, correction))

    def hide(self, name: str, *, by: str, why: str) -> Taken:
        """Take an event, happening, statement or post out of all that readers see; it stays in the record."""
        return self._decide(Decision("hide", by, _now(), why, self._find(name).named()))

    def verify(self, name: str, *, by: str, note: str, figure: str | None = None) -> Taken:
        """Say that the desk has checked a claim: that the event happened, or one of its figures (`killed`, `killed=5`).

        Nothing else of the event is raised by it.
        """
        target = self._find(name)
        claim = None
        if figure is not None:
            claim = _claim(target, figure)
        selectors = target.told()
        if not selectors:
            raise UsageError(f"{name} tells nothing that could be verified", "give an event, happening or statement")
        return self._decide(Decision("verify", by, _now(), note, selectors, claim=claim))

    def pin(self, name: str, *, by: str, why: str = "") -> Taken:
        """Put an event, or a post, on top."""
        return self._decide(Decision("pin", by, _now(), why, self._find(name).named()))

    def post(self, text: str, *, by: str, title: str = "", at: datetime | None = None) -> Taken:
        """Put a post of the desk's own into the story. Its id is the decision's."""
        text, title = "\n".join(text.splitlines()).strip(), " ".join(title.split())
        if not text or len(text) + len(title) > _LONGEST:
            raise UsageError("the post is empty or too long", f"write 1 to {_LONGEST:,} characters")
        return self._decide(Decision("post", by, at or _now(), title=title, text=text))

    def redact(self, name: str | None, *, by: str, why: str, words: str | None = None) -> Taken:
        """Take words out of the record for good: a post's, a statement's, or exact words of any.

        Bytes, readings, index, earlier states and exports lose them; hashes, reason and time stay. It can't be undone.
        Raises `RecordBusyError` where another process keeps the file from being written anew: any later command does.
        """
        passages: list[desk.Passage] = []
        selectors: tuple[Selector, ...] = ()
        if words is not None:
            if len(words.strip()) < _SHORTEST:
                raise UsageError(f"{words!r} stands nearly everywhere", "give more of the words")
            passages = [p for p in (redaction.passage(words),) if p]
        elif name is not None:
            passages, selectors = self._passages(self._find(name))
        if not passages:
            raise UsageError("there are no words to redact", "give a statement, a post or --words")
        made = Decision("redact", by, _now(), why, selectors, passages=tuple(passages))
        _check(made)
        with self._record.reading() as connection:
            known = redacting.current(connection)
        found = redaction.redactions([Taken(0, "", made)])
        quiet = replace(made, why=redaction.blanked(why, found.passages | known.passages))
        taken = self._take(quiet)
        self._upkeep.redact(whole=True)
        self._settle()
        return taken

    def undo(self, name: str, *, by: str, why: str = "") -> Taken:
        """Take a decision back; what it did is as if it had never been. An undo can be undone as well."""
        with self._record.reading() as connection:
            known = {one.id: one for one in upkeep.taken(connection)}
            if name not in known:
                raise NotFoundError(f"no decision has the id {name}", "onrecord desk list STORY.db shows the ids")
            pages = decisions.pages_of(connection, known[name].change)
        if known[name].decision.kind == "redact":
            raise UsageError("a redaction can't be undone", "the words are gone; add the page anew from another source")
        if name not in _standing(known.values()):
            raise UsageError(f"{name} is undone already", "onrecord desk list STORY.db shows what holds")
        return self._decide(Decision("undo", by, _now(), why, undoes=name), pages)

    # -- looking -------------------------------------------------------------------------------------------------------

    def decisions(self) -> list[Held]:
        """Every decision in the order in which it was taken, and what became of it."""
        with self._record.reading() as connection:
            known = upkeep.taken(connection)
            named = decisions.named(connection, derived.generation(connection))
        standing = _standing(known)
        lost = {(n.decision, n.at) for n in named if n.name is None}
        return [
            Held(one, one.id not in standing, tuple(
                s for at, s in enumerate(one.decision.selectors) if (one.change, at) in lost and one.id in standing
            ))
            for one in known
        ]  # fmt: skip

    def upon(self, names: Collection[str], post: tuple[str, str] | None = None) -> list[Held]:
        """Decisions that hold and bear on these statements and happenings, or the post (page, post), newest first."""
        with self._record.reading() as connection:
            held = desk.active(upkeep.taken(connection))
            named = decisions.named(connection, derived.generation(connection)) if held else []
        now = {(n.decision, n.at): n.name for n in named if n.name}
        return [
            Held(one)
            for one in reversed(held)
            if any(_bears(s, now.get((one.change, at)), names, post) for at, s in enumerate(one.decision.selectors))
        ]

    def hidden(self) -> Hidden:
        """What is out of readers' sight, and still in the record."""
        with self._record.reading() as connection:
            held = [one for one in desk.active(upkeep.taken(connection)) if one.decision.kind == "hide"]
            named = decisions.named(connection, derived.generation(connection)) if held else []
        names = {(n.decision, n.at): n.name for n in named if n.name}
        found = [
            (s, names[one.change, at])
            for one in held
            for at, s in enumerate(one.decision.selectors)
            if (one.change, at) in names
        ]
        posts = frozenset((s.page, name) for s, name in found if s.thing == "post")
        return Hidden(posts, frozenset(name for s, name in found if s.thing != "post"))

    def contradictions(self) -> list[Clash]:
        """Decisions that can't all hold in full; of each two the later wins."""
        with self._record.reading() as connection:
            held = desk.active(upkeep.taken(connection))
            named = decisions.named(connection, derived.generation(connection))
        return desk.contradictions(held, {(n.decision, n.at): n.name for n in named if n.name})

    # -- from elsewhere ------------------------------------------------------------------------------------------------

    def take_in(self, given: Iterable[tuple[str, Decision] | Problem]) -> tuple[int, int, list[Problem]]:
        """(taken, known already, problems) of decisions that were exported, in their order."""
        with self._record.reading() as connection:
            kinds: dict[str, Kind] = {one.id: one.decision.kind for one in upkeep.taken(connection)}
            what = redacting.current(connection)
        before = len(kinds)
        known, problems = 0, list[Problem]()
        for item in given:
            if isinstance(item, Problem):
                problems.append(item)
            elif (fault := _fault(*item, kinds)) is not None:
                problems.append(fault)
            elif item[0] in kinds:
                known += 1
            else:
                name, decision = item
                self._take(redacting.bare(decision, what) if what else decision, name=name)
                kinds[name] = decision.kind
        if "redact" in list(kinds.values())[before:]:
            self._upkeep.redact(whole=True)
        self._settle()
        return len(kinds) - before, known, problems

    # -- taking --------------------------------------------------------------------------------------------------------

    def _find(self, name: str) -> Target:
        return desk_targets.find(self._record, name)

    def _decide(self, decision: Decision, pages: Iterable[str] = ()) -> Taken:
        _check(decision)
        with self._record.reading() as connection:
            what = redacting.current(connection)
        taken = self._take(redacting.bare(decision, what) if what else decision, pages)
        self._settle()
        return taken

    def _take(self, decision: Decision, pages: Iterable[str] = (), name: str | None = None) -> Taken:
        with self._record.writing() as connection:
            bears = set(pages) | decision.pages
            if decision.kind == "undo" and not bears:
                known = {one.id: one.change for one in upkeep.taken(connection)}
                bears = set(decisions.pages_of(connection, known[decision.undoes]))
            made = name or decision.made_id
            stored = desk.stored(decision)
            change = decisions.take(connection, made, decision.kind, stamp(decision.at), decision.by, stored, bears)
        return Taken(change, made, decision)

    def _passages(self, target: Target) -> tuple[list[desk.Passage], tuple[Selector, ...]]:
        """What is looked for, and what is named: hashes and ids, no words."""
        if target.post:
            page, post = target.post.page, target.post.post.id
            with self._record.reading() as connection:
                versions = self._upkeep.versions(connection, page, post)
            texts = [text for version in versions for text in redaction.texts_of(version)]
            selectors, passages = target.named(), redaction.passages_of(texts, page, post)
        else:
            selectors = target.said()
            contents = ((v, [span.text for span in s.content]) for v, s in target.statements)
            passages = [p for v, texts in contents for p in redaction.passages_of(texts, v.page, v.post.id)]
        quiet = tuple(replace(s, exact="", prefix="", suffix="") for s in selectors)
        return list(dict.fromkeys(passages)), quiet


def _fault(name: str, decision: Decision, kinds: Mapping[str, Kind]) -> Problem | None:
    """What is wrong with a decision from elsewhere."""
    if decision.at > datetime.now(UTC):
        return Problem("future-decision", name, "it was taken in the future", "mend its time (at)")
    if decision.kind != "undo":
        return None
    if decision.undoes not in kinds:
        why = f"it undoes {decision.undoes or 'nothing'}, which is not in the record"
        return Problem("unknown-decision", name, why, "import that one first")
    if kinds[decision.undoes] == "redact":
        return Problem("bad-row", name, "it undoes a redaction", "leave it out: the words are gone")
    return None


def _of_a_kind(target: Target, others: Sequence[Target]) -> Target:
    """A statement or post with the one happening that the others may mean; all else as it is."""
    if target.kind == "event" or len(target.happenings) < 2:
        return target
    rest = [h for other in others if other is not target for _, h in other.happenings]
    for alike in ({h.lemma for h in rest}, {h.kind for h in rest}):
        names = frozenset(alike) - {"", "other"}
        found = tuple(pair for pair in target.happenings if names & {pair[1].lemma, pair[1].kind})
        if len(found) == 1:
            return replace(target, happenings=found)
    told = ", ".join(f"{h.id} ({h.span.text})" for _, h in target.happenings)
    raise UsageError(f"{target.name} tells several things", f"name one of them: {told}")


def _bears(selector: Selector, name: str | None, names: Collection[str], post: tuple[str, str] | None) -> bool:
    """What the selector names now is one of these."""
    return (selector.page, name) == post if selector.thing == "post" else name in names


def _standing(known: Iterable[Taken]) -> set[str]:
    """Ids of decisions that hold, undos that are not undone among them."""
    undone: set[str] = set()
    held: set[str] = set()
    for one in sorted(known, reverse=True):
        if one.id not in undone:
            held.add(one.id)
            if one.decision.kind == "undo":
                undone.add(one.decision.undoes)
    return held


def _now() -> datetime:
    return datetime.now(UTC)


def _once(selectors: Iterable[Selector]) -> tuple[Selector, ...]:
    """Each thing once."""
    return tuple({(s.thing, s.name): s for s in selectors}.values())


def _check(decision: Decision) -> None:
    if not decision.by.strip():
        raise UsageError("a decision needs somebody who takes it", "say who with --by NAME")
    needs: frozenset[Kind] = frozenset({"same", "apart", "correct", "hide", "redact", "verify"})
    if decision.kind in needs and not decision.why.strip():
        raise UsageError("a decision needs a reason", "say why in a few words")
    if len(decision.why) > _LONGEST // 100:
        raise UsageError("the reason is too long", f"write at most {_LONGEST // 100} characters")


def _claim(target: Target, figure: str) -> Checked:
    """The figure's claim that these words name: its sort, or `SORT=VALUE` where there are several of the sort."""
    what, _, value = (part.strip() for part in figure.partition("="))
    if target.event is None:
        raise UsageError("figures are verified of events", "give the event's id")
    found = [c for c in target.event.figures if what in (c.what, (c.what or "").removeprefix("other: "))]
    if value:
        found = [c for c in found if value in _values(c)]
    if len(found) != 1:
        known = ", ".join(f"{c.what}={_values(c)[0]}" for c in target.event.figures) or "none"
        raise UsageError(f"the event has {len(found)} figures {figure!r}", f"take one of: {known}")
    claim = found[0]
    return Checked(claim.what or "", claim.unit, claim.low, claim.high)


def _values(claim: Claim) -> list[str]:
    low, high = (f"{n:g}" if n is not None else "" for n in (claim.low, claim.high))
    return [low if low == high else f"{low}-{high}", low, high]
