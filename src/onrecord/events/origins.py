"""Tellings of an event → the first hands that it rests on. The one place where origins are counted.

Only supporting statements make origins. An outlet's own voice makes one only where it says that it saw or checked the
thing itself; all other own and hedged voice is one origin `not given`, which never corroborates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from onrecord import words as word_files
from onrecord.events.gist import country_called
from onrecord.events.weights import listed
from onrecord.model import Origin, Speaker, Stance, Statement, Telling

NOT_GIVEN = "not given"
RUN = 8
"""So many words in a row, the same in two statements, show one copy of the other or both of a third."""
_WORD = re.compile(r"\w+")
_UNNAMED = "unnamed: "
_Key = tuple[str, str]


def supporting(tellings: Sequence[Telling], stances: Sequence[Stance]) -> list[Telling]:
    """The tellings that support their event."""
    return [t for t, stance in zip(tellings, stances, strict=True) if stance == "supports"]


def count(tellings: Iterable[Telling]) -> tuple[tuple[Origin, ...], int]:
    """The origins of supporting tellings, and how many of them are independent.

    A side counts once; a speaker without side by body; an outlet by publisher family; unnamed sources by agency, and
    once where two outlets carry the same words.
    """
    held: defaultdict[_Key, list[tuple[Telling, str, str | None]]] = defaultdict(list)
    told, keys = _keyed(tellings)
    for telling, key in zip(told, keys, strict=True):
        held[key].append((telling, *_named(telling, key)))
    held = defaultdict(list, {key: _in_full(group) for key, group in held.items()})
    origins = [_origin(key, group, name) for key, group in held.items() for name in _names(group)]
    return tuple(sorted(origins, key=lambda o: (not o.given, o.name, o.side or ""))), _given(keys)


def independent(tellings: Iterable[Telling]) -> int:
    """How many independent origins supporting tellings have."""
    return _given(_keyed(tellings)[1])


def _keyed(tellings: Iterable[Telling]) -> tuple[list[Telling], list[_Key]]:
    """The tellings in order, each with what tells its origin from others."""
    told = sorted(tellings, key=lambda t: (t.statement.id, t.id))
    keys = [origin_key(t) for t in told]
    return told, _merged_copies(told, keys) if len(set(keys)) > 1 else keys


def _given(keys: Iterable[_Key]) -> int:
    return len({key for key in keys if key[0] != NOT_GIVEN})


def origin_key(telling: Telling) -> _Key:
    """What must differ for two tellings to be independent: (how it counts, by whom)."""
    said, speaker = telling.statement, telling.statement.speaker
    if said.voice != "attributed" or speaker is None:
        return ("outlet", family(telling.outlet)) if said.first_hand else (NOT_GIVEN, "")
    if speaker.side:
        return "side", speaker.side
    if speaker.kind == "unnamed" and listed("origin", "hearsay").intersection(speaker.name.casefold().split()):
        return NOT_GIVEN, ""
    if speaker.kind == "unnamed" and not named_body(speaker):
        return "unnamed", family(_channel(said, telling.outlet))
    if speaker.kind == "outlet":
        return "outlet", family(speaker.name)
    return "body", _body(voice_words(speaker))


@lru_cache(maxsize=1 << 14)
def _body(words: frozenset[str]) -> str:
    return " ".join(sorted(words))


def named_body(speaker: Speaker) -> bool:
    """An unnamed source that is a body all the same: `unnamed: police`, not `unnamed: two officials`."""
    return not listed("origin", "veiled").intersection(speaker.name.casefold().split())


def voice_words(speaker: Speaker) -> frozenset[str]:
    """The words that tell one speaker from another. A country's police may be those of any of its towns."""
    own = _name_words(speaker.name)
    bare = own - _people(speaker.side) if speaker.side else own
    return bare if bare and bare <= listed("origin", "local") else own


@cache
def _people(side: str) -> frozenset[str]:
    """What a country's own are called: "norwegian"."""
    code = country_called(side)
    demonyms = word_files.table("countries.toml")[code]["demonyms"] if code else ()
    return frozenset(map(str.casefold, demonyms))


@lru_cache(maxsize=1 << 14)
def _name_words(name: str) -> frozenset[str]:
    plain = name.removeprefix(_UNNAMED).casefold().replace("’", "'")
    for other, usual in _usual():
        plain = plain.replace(other, usual)
    words = (w.strip(".,'\"") for w in plain.split())
    beside = ("the", "a", "an", "of", "s", "")
    return frozenset(w for w in words if w not in beside and w not in listed("origin", "whose")) or frozenset([name])


@cache
def _usual() -> tuple[tuple[str, str], ...]:
    """What a body is called too, and its usual name."""
    groups = (group.split("|") for group in sorted(listed("origin", "called")))
    return tuple((other, usual) for usual, *others in groups for other in others)


def same_voice(a: Telling, b: Telling) -> bool:
    """One speaker, by name or by part of it (`police`, `Northland police`); else one outlet's own voice."""
    left, right = a.statement.speaker, b.statement.speaker
    if left is None or right is None or "attributed" not in (a.statement.voice, b.statement.voice):
        return left is right and family(a.outlet) == family(b.outlet)
    words, others = voice_words(left), voice_words(right)
    return words <= others or others <= words


def _channel(said: Statement, outlet: str) -> str:
    return said.via[0] if said.via else outlet


def _named(telling: Telling, key: _Key) -> tuple[str, str | None]:
    """(name, side) of the origin as people read it."""
    speaker = telling.statement.speaker
    if key[0] == NOT_GIVEN:
        return NOT_GIVEN, None
    if speaker is None or telling.statement.voice != "attributed":
        return telling.outlet, None
    return _speaker_name(speaker, telling), speaker.side


def _speaker_name(speaker: Speaker, telling: Telling) -> str:
    if speaker.kind != "unnamed" or named_body(speaker):
        return speaker.name.removeprefix(_UNNAMED).removeprefix("the ")
    return f"unnamed sources ({_channel(telling.statement, telling.outlet)})" if not speaker.side else speaker.name


def _in_full(group: list[tuple[Telling, str, str | None]]) -> list[tuple[Telling, str, str | None]]:
    """One name for a speaker that is named in part: `police` beside `Northland police district` is that."""
    said = {name: t.statement.speaker for t, name, _ in group if t.statement.speaker}
    if len(said) < 2:
        return group
    words = {name: voice_words(speaker) for name, speaker in said.items() if speaker.kind == "body"}
    fuller: dict[str, str] = {}
    for name, mine in words.items():
        others = [b for b in words if mine <= words[b]]
        longest = max(others, key=lambda b: (len(words[b]), b))
        if all(words[b] <= words[longest] for b in others):
            fuller[name] = longest
    return [(t, fuller.get(name, name), side) for t, name, side in group]


def _names(group: Sequence[tuple[Telling, str, str | None]]) -> list[str]:
    return list(dict.fromkeys(name for _, name, _ in group))


def _origin(key: _Key, group: Sequence[tuple[Telling, str, str | None]], name: str) -> Origin:
    mine = [(t, side) for t, n, side in group if n == name]
    return Origin(
        name,
        next((side for _, side in mine if side), None),
        tuple(sorted({t.outlet for t, _ in mine})),
        tuple(sorted({t.statement.id for t, _ in mine})),
        key[0] != NOT_GIVEN,
    )


def _merged_copies(told: Sequence[Telling], keys: list[_Key]) -> list[_Key]:
    """One key for outlets and unnamed sources that carry the same run of words, and for a body named in part."""
    first: dict[str, _Key] = {}
    same = _bodies_in_part(told, keys)
    for key, hidden in (*_hidden(told, keys), *_people_by_name(told, keys), *_state_media(told, keys)):
        _link(same, hidden, key)
    for telling, key in zip(told, keys, strict=True):
        if key[0] not in ("outlet", "unnamed"):
            continue
        for run in _runs(telling.sentence or telling.statement.text):
            _link(same, first.setdefault(run, key), key)
    return [_smallest(same, key) for key in keys]


def _hidden(told: Sequence[Telling], keys: Sequence[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """Unnamed sources of a side, each with the unnamed ones of the same agency that may be they."""
    for telling, key in zip(told, keys, strict=True):
        speaker = telling.statement.speaker
        if key[0] == "side" and speaker and speaker.kind == "unnamed" and not named_body(speaker):
            hidden = ("unnamed", family(_channel(telling.statement, telling.outlet)))
            if hidden in keys:
                yield key, hidden


def _people_by_name(told: Sequence[Telling], keys: Sequence[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """One person, by first name and surname, for whichever side two posts have them speak."""
    first: dict[frozenset[str], _Key] = {}
    for telling, key in zip(told, keys, strict=True):
        speaker = telling.statement.speaker
        if key[0] in ("side", "body") and speaker and speaker.kind == "person":
            words = _name_words(speaker.name)
            if len(words) > 1:
                yield key, first.setdefault(words, key)


def _state_media(told: Sequence[Telling], keys: Sequence[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """ "State media" that no country is named for, and the state's outlet that another post names."""
    owned, bare = [], []
    for telling, key in zip(told, keys, strict=True):
        speaker = telling.statement.speaker
        if speaker is None or key[0] == NOT_GIVEN:
            continue
        name = speaker.name.removeprefix(_UNNAMED).casefold().removeprefix("the ")
        if key[0] == "side" and (speaker.kind == "outlet" or _plain(name) in families()):
            owned.append(key)
        elif key[0] != "side" and name.startswith("state") and listed("origin", "media").intersection(name.split()):
            bare.append(key)
    if len(set(owned)) == 1:
        yield from ((owned[0], key) for key in bare)


def _bodies_in_part(told: Sequence[Telling], keys: Sequence[_Key]) -> dict[_Key, _Key]:
    """A body without side → the one origin whose name or side has all its words: `police` → `Northland police`."""
    named = {key: {frozenset(key[1].casefold().split())} for key in keys if key[0] in ("body", "side")}
    for telling, key in zip(told, keys, strict=True):
        if key in named and telling.statement.speaker:
            named[key].add(voice_words(telling.statement.speaker))
    out: dict[_Key, _Key] = {}
    for key in sorted(k for k in named if k[0] == "body"):
        mine = frozenset(key[1].split())
        fuller = [k for k in sorted(named) if k != key and any(mine <= theirs for theirs in named[k])]
        if len(fuller) == 1 and out.get(fuller[0]) != key:
            out[key] = fuller[0]
    return out


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def _smallest(same: dict[_Key, _Key], key: _Key) -> _Key:
    while key in same:
        key = same[key]
    return key


def _link(same: dict[_Key, _Key], a: _Key, b: _Key) -> None:
    left, right = sorted((_smallest(same, a), _smallest(same, b)))
    if left != right:
        same[right] = left


@lru_cache(maxsize=1 << 12)
def family(outlet: str) -> str:
    """The publisher family of an outlet, agency or channel; one that we don't know is its own."""
    name = _plain(outlet)
    return families().get(name, name)


@cache
def families() -> dict[str, str]:
    """Plain name of an outlet → its family (`data/families.toml`)."""
    table = word_files.table("families.toml")
    return {_plain(name): family for family, names in table.items() for name in (family, *names)}


def _plain(name: str) -> str:
    """Lower case, without `The`, `www.` and ending dots, so that `The Guardian` and `guardian` are one."""
    name = " ".join(name.casefold().replace("www.", "").split())
    return name.removeprefix("the ").strip(" .")


def named(origin: Origin) -> str:
    """An origin's name, with its side where the name doesn't say it."""
    if not origin.side or origin.side.casefold() in origin.name.casefold():
        return origin.name
    return f"{origin.name} ({origin.side})"
