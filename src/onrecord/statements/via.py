"""A post's statements → the channels that their words came through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from onrecord import words as word_files
from onrecord.statements.attribution_ground import Found, Ground, below
from onrecord.statements.draft import Range

_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "which"})
_UNNAMED = frozenset({"source", "official", "person", "diplomat", "insider", "people", "aide", "officer", "adviser"})
_COMMON = frozenset(
    {"minister", "ministry", "government", "president", "spokesman", "spokeswoman", "spokesperson", "chief", "leader"}
)


@dataclass(frozen=True, slots=True)
class Channels:
    """The words of `data/channels.toml`."""

    names: dict[str, str]
    """Each way to write a name → the name."""
    forms: dict[str, tuple[str, ...]]
    """First word of a name → the ways to write names that begin with it, longest first."""
    social: frozenset[str]
    kinds: frozenset[str]
    outlet: frozenset[str]
    talks: frozenset[str]
    near: frozenset[str]
    none: frozenset[str]
    adverbs: frozenset[str]


@cache
def channels() -> Channels:
    """The shipped channels, read once."""
    data = word_files.table("channels.toml")
    names = {form: name for name, forms in data["names"].items() for form in (name, *forms)}
    forms: dict[str, tuple[str, ...]] = {}
    for form in sorted(names, key=len, reverse=True):
        first = re.match(r"\w+", form)
        key = first.group() if first else form
        forms[key] = (*forms.get(key, ()), form)
    words = {key: frozenset(value) for key, value in data["words"].items()}
    return Channels(names, forms, frozenset(data["social"]["names"]), **words)


def known(g: Ground, first: int, past: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of the listed channels among the words from `first` to `past`."""
    parsed, listed = g.parsed, channels()
    done = -1
    for word in range(first, past):
        text = parsed.words[word] if parsed.words[word] != "X." else "X"
        forms = listed.forms.get(text)
        if forms is None and "-" in text:
            forms = listed.forms.get(text.partition("-")[0])
        if not forms or parsed.start[word] < done:
            continue
        start = parsed.start[word]
        for form in forms:
            end = start + len(form)
            if parsed.text.startswith(form, start) and not parsed.text[end : end + 1].isalnum():
                done = end
                yield start, end, listed.names[form]
                break


def mark(g: Ground, found: list[Found]) -> None:
    """Set `via` of statements: channels named beside the cue, and those of the same speaker elsewhere in the post."""
    if not found:
        return
    named = _by_sentence(g)
    for one in found:
        one.via = tuple(dict.fromkeys(_beside(g, one, named)))
    _carry(g, found)
    _nested(g, found)


def _by_sentence(g: Ground) -> dict[int, list[tuple[int, int, str]]]:
    out: dict[int, list[tuple[int, int, str]]] = {}
    for item in known(g, 0, len(g.parsed)):
        out.setdefault(g.sentence_of[g.word_at(item[0])], []).append(item)
    return out


def _beside(g: Ground, one: Found, named: dict[int, list[tuple[int, int, str]]]) -> Iterator[str]:
    """Channels named in the cue's sentence, outside the content and the speaker."""
    if one.cue_word < 0 or one.voice == "hedged" or one.nested_in is not None:
        return
    sentence = g.sentence_of[one.cue_word]
    for start, end, name in named.get(sentence, ()):
        if any(a < end and start < b for a, b in one.content):
            continue
        within = one.speaker is not None and one.speaker[0] <= start < one.speaker[1]
        if within and not (name in channels().social and _is_channel(g, end)):
            continue
        if name == "X" and not re.search(r"\b(?:on|via|to|from)\s+$", g.parsed.text[max(0, start - 8) : start]):
            continue
        if within or (_leads(g, start) and _of_cue(g, one, start)):
            yield name
    yield from _told(g, one)
    yield from _talks(g, one, sentence)


def _of_cue(g: Ground, one: Found, start: int) -> bool:
    """The channel belongs to no clause with a subject of its own: "…, after traders posted videos on TikTok"."""
    parsed = g.parsed
    at = g.word_at(start)
    for _ in range(12):
        if at == one.cue_word or parsed.head[at] == at:
            return True
        at = parsed.head[at]
        if parsed.dep[at] in {"advcl", "relcl"} and at > one.cue_word:
            own = any(
                parsed.dep[k] in {"nsubj", "nsubjpass"} and parsed.lower[k] not in _PRONOUNS for k in parsed.kids[at]
            )
            return not own
    return True


def _is_channel(g: Ground, end: int) -> bool:
    return bool(re.match(r"\s+(?:channel|account|page|group|post)", g.parsed.text[end : end + 12]))


_LEAD = re.compile(
    r"\b(?:told|tell|tells|telling|to|with|on|by|in|via|from|through|citing|cited|interview|post|posted|and)\s+"
    r"(?:(?:the|a|an|its|his|her|their|state|state-run|tracking|news|service|agency|newspaper|broadcaster|official|own"
    r"|social|media|network|channel|platform|site|website|personal|video|public|private|local|[a-z]+-[a-z]+)\s+"
    r"|\w+[’']s\s+)*$",
    re.IGNORECASE,
)


def _leads(g: Ground, start: int) -> bool:
    """The words before the name lead to a channel: "told …", "on …", "in an interview with …", "citing …"."""
    return bool(_LEAD.search(g.parsed.text, max(0, start - 60), start))


def _told(g: Ground, one: Found) -> Iterator[str]:
    """Channels that no list has: "told local media", "citing the tracking service Skywatch"."""
    parsed, words = g.parsed, channels()
    for kid in parsed.kids[one.cue_word]:
        dep = parsed.dep[kid]
        if parsed.lemma[one.cue_word] == "tell" and dep in {"dobj", "dative"} and kid > one.cue_word:
            yield from _outlet(g, kid, words)
        elif dep == "advcl" and parsed.lemma[kid] in {"cite", "quote"}:
            for below_it in parsed.kids[kid]:
                if parsed.dep[below_it] == "dobj":
                    yield from _cited(g, below_it, words)
        elif dep == "advmod" and parsed.lower[kid] in words.adverbs:
            yield parsed.lower[kid]


def _outlet(g: Ground, head: int, words: Channels) -> Iterator[str]:
    parsed = g.parsed
    phrase = [w for w in below(parsed, head) if w <= head]
    text = parsed.text[parsed.start[phrase[0]] : parsed.end[phrase[-1]]]
    if any(known(g, phrase[0], phrase[-1] + 1)):
        return
    kind = parsed.lower[head] in words.kinds and len(phrase) > 1
    first = next((w for w in phrase if parsed.pos[w] == "PROPN"), head)
    named = {parsed.words[head], parsed.words[first]} & words.outlet
    if kind or (named and parsed.pos[head] == "PROPN"):
        yield re.sub(r"^(?:the|a|an) ", "", text, flags=re.IGNORECASE)


def _cited(g: Ground, head: int, words: Channels) -> Iterator[str]:
    parsed = g.parsed
    phrase = [w for w in below(parsed, head) if w <= head or parsed.dep[w] == "appos"]
    named = [w for w in phrase if parsed.pos[w] == "PROPN"]
    if named and not any(known(g, phrase[0], phrase[-1] + 1)) and any(parsed.lower[w] in words.near for w in phrase):
        yield parsed.text[parsed.start[named[0]] : parsed.end[named[-1]]]


_TALK = re.compile(
    r"\bin (?:a|an|another|his|her|their|the) "
    r"((?:TV|television|radio|online|YouTube|video|podcast|newspaper) (?:interview|post|broadcast|podcast|address))\b"
)


_SPOKE = re.compile(
    r"\b(?:speaking|spoke|talking|interview) (?:to|with|on) "
    r"((?:[A-Z]\w+|state|local|public|national|community|private) (?:radio|television|TV|media))\b",
    re.IGNORECASE,
)


_AIRED = re.compile(
    r"\b(?:on|to|with|told|by) (?:the )?"
    r"((?:[A-Z][\w.&’'-]* ){1,3}(?:FM|AM|TV|Radio|Television|Broadcasting)|Radio [A-Z]\w+)\b"
)


def _talks(g: Ground, one: Found, sentence: int) -> Iterator[str]:
    """Kinds of talk: "in a TV interview", "in an online post"."""
    first, past = g.sentences[sentence]
    low, high = g.parsed.start[first], g.parsed.end[past - 1]
    patterns = (_TALK, _SPOKE, _AIRED)
    for found in (match for pattern in patterns for match in pattern.finditer(g.parsed.text, low, high)):
        if not any(a <= found.start() < b for a, b in one.content):
            yield found.group(1)


# -- the same speaker elsewhere in the post ----------------------------------------------------------------------------


_RECENT = 30
"""A speaker is looked for among so many who spoke last."""


@dataclass(slots=True)
class _Who:
    words: set[str]
    names: set[str]
    """Words of proper names that are no country's."""
    origin: set[str]
    """Country words: "France’s", "Ukrainian"."""
    unnamed: bool
    statements: list[Found] = field(default_factory=list)


def speakers(g: Ground, found: list[Found]) -> list[_Who]:
    """The post's statements by speaker, as far as the words of the mentions tell."""
    out: list[_Who] = []
    last: _Who | None = None
    for one in sorted(found, key=lambda f: f.cue[0] if f.cue else f.content[0][0]):
        if one.speaker is None:
            if one.follows is not None and last is not None:
                last.statements.append(one)
            continue
        who = _who(g, one.speaker)
        same = last if who is None else next((w for w in reversed(out[-_RECENT:]) if _same(w, who)), None)
        if same is None:
            same = who or _Who(set(), set(), set(), unnamed=False)
            out.append(same)
        elif who is not None:
            same.words |= who.words
            same.names |= who.names
            same.origin |= who.origin
        same.statements.append(one)
        last = same
    return out


def _who(g: Ground, span: Range) -> _Who | None:
    """What the mention's words tell; None for a pronoun."""
    parsed = g.parsed
    first, past = g.word_at(span[0]), min(g.word_at(span[1] - 1) + 1, len(g.parsed))
    if past - first == 1 and parsed.lower[first] in _PRONOUNS:
        return None
    words, names, origin = set(), set(), set()
    for w in range(first, past):
        lemma = parsed.lemma[w].lower()
        if parsed.words[w][:1].isupper() and (parsed.dep[w] == "poss" or parsed.pos[w] == "ADJ"):
            origin.add(lemma)
        elif parsed.pos[w] == "PROPN" and lemma not in _COMMON:
            names.add(lemma)
        if parsed.pos[w] in {"NOUN", "PROPN"}:
            words.add(lemma)
    return _Who(words, names, origin, bool(words & _UNNAMED))


def _same(who: _Who, other: _Who) -> bool:
    shared = who.words & other.words
    if not shared or (len(who.names) > 1 and len(other.names) > 1 and not who.names & other.names):
        return False
    if who.origin and other.origin and not who.origin & other.origin and not who.names & other.names:
        return False
    return bool(shared - _COMMON) or len(other.words) <= 2 or len(shared) > 1


def _carry(g: Ground, found: list[Found]) -> None:
    """A channel named once holds for all that this speaker says in the post, an agency's for unnamed sources too."""
    agency: tuple[str, ...] = ()
    for who in speakers(g, [one for one in found if one.nested_in is None]):
        via = tuple(dict.fromkeys(name for one in who.statements for name in one.via))
        if not via and who.unnamed:
            via = agency
        if who.unnamed and via and via[0] not in channels().social:
            agency = via
        told = next((i for i, one in enumerate(who.statements) if one.via), 0)
        for number, one in enumerate(who.statements):
            if number >= told or not _narrower(g, one, who.statements[told]):
                one.via = one.via or via
    for one in found:
        if one.voice == "hedged" and agency and one.cue and "report" in g.parsed.text[slice(*one.cue)]:
            one.via = agency


def _narrower(g: Ground, one: Found, told: Found) -> bool:
    """Only a member of the body spoke to the channel: "the army says", and then "its spokesman told state TV"."""
    if one.speaker is None or told.speaker is None:
        return False
    body, member = (_who(g, f.speaker) for f in (one, told) if f.speaker)
    return body is not None and member is not None and body.words != member.words and not body.names & member.names


def _nested(g: Ground, found: list[Found]) -> None:
    """What an agency tells of somebody's words came through the agency."""
    for one in found:
        if one.nested_in is None or one.via:
            continue
        outer = found[one.nested_in]
        if outer.speaker is None:
            continue
        first, past = g.word_at(outer.speaker[0]), g.word_at(outer.speaker[1] - 1) + 1
        name = next(known(g, first, min(past, len(g.parsed))), None)
        if name:
            one.via = (name[2],)
        elif g.parsed.lower[min(past, len(g.parsed)) - 1] in channels().kinds:
            one.via = (g.parsed.between(first, past),)
        elif outer.via:
            one.via = outer.via
