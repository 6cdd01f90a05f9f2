"""A post's statements → the channels that their words came through."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from onrecord.statements.attribution_ground import Found, Ground, mention
from onrecord.statements.attribution_ground import own_subject as subject_of
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.sides import of as sides_of
from onrecord.statements.via_carry import ASIDE
from onrecord.statements.via_clauses import of_cue
from onrecord.statements.via_credits import credit
from onrecord.statements.via_frames import framed, read_out, referred, spoken_to, staff, unframe
from onrecord.statements.via_leads import Hit, hits
from onrecord.statements.via_names import channels, in_phrase, listed
from onrecord.statements.via_said import occasions
from onrecord.statements.via_sources import outlet_in, pass_on
from onrecord.statements.via_speakers import speakers, who_of

_MOST = 20
"""So many channels of one sentence are looked at."""
_SEEN = re.compile(
    r"\b(?:seen|obtained|reviewed|viewed|published|shared|released|posted|aired|carried|run|distributed"
    r"|collected|broadcast|relayed)\b"
)
_SOURCE = re.compile(
    r"^(?:as )?(?:according to|reported by|quoted by|cited by|citing)\b"
    r"|^(?:in|via|on) (?:a|an|his|her|its|their|another|two|several) (?:[\w-]+ ){0,3}(?:tweets?|posts?|statements?"
    r"|interviews?|messages?|videos?|letters?|speech|address|briefing|conference|reports?)(?: on \w+)?,?$",
    re.IGNORECASE,
)


def mark(g: Ground, found: list[Found]) -> None:
    """Set `via` of statements: channels named beside the cue, and those of the same speaker elsewhere in the post."""
    unframe(g, found)
    named = _Named(g)
    noted = occasions(g, found, named.within)
    if not found:
        return
    named.cues = {one.cue_word: one for one in found if one.cue_word >= 0 and one.nested_in is None}
    for one in named.cues.values():
        named.by_sentence.setdefault(one.sentence, []).append(one)
    for one in found:
        outlet = pass_on(g, one, named.last_before) or _refers(g, one) or read_out(g, one)
        outlet = outlet or framed(g, one) or spoken_to(g, one)
        _cut(g, one)
        _cut_tail(g, one, named)
        one.via = tuple(dict.fromkeys([*([outlet] if outlet else one.via), *_beside(g, one, named)]))
    _carry(g, found, noted)
    _nested(g, found)
    credit(g, found)
    for one in found:
        if (
            one.via
            and one.speaker is not None
            and (own := outlet_in(g, one.speaker)) in one.via
            and not staff(g, one.speaker)
        ):
            one.via = tuple(name for name in one.via if name != own)  # nobody speaks through himself


def _refers(g: Ground, one: Found) -> str | None:
    """The outlet that refers to somebody for what it reports: these speak."""
    outlet = outlet_in(g, one.speaker) if one.speaker is not None and one.voice == "attributed" else None
    who = referred(g, one) if outlet else None
    if who is None:
        return None
    one.speaker = who
    return outlet


def _cut(g: Ground, one: Found) -> None:
    """Content ends before "according to Lagoa Radio", where the statement has a speaker of its own."""
    if len(one.content) > 1 and one.speaker is not None:
        kept = [span for span in one.content if not _SOURCE.match(g.parsed.text[slice(*span)])]
        one.content = kept or one.content


_TAIL = re.compile(
    r"(?:[”\"’'],?\s+(?:(?:in|to) (?:a|an|his|her|its|their) [^,.;:“”\"]{0,50})?(?:on|via|to|with|by)"
    r"|\s+in (?:a|an|his|her|its|their|another) (?:[a-z]+ ){0,2}(?:post|message|video|update|thread)"
    r" (?:posted )?(?:on|to|via)"
    r"|,?\s+(?:in|during) (?:a|an|his|her|its|their|another) [^,.;:“”\"]{0,50}(?:on|to|with|by|via))"
    r" (?:the |a |his |her |its |their )?(?:[a-z-]+ ){0,4}$"
)


def _cut_tail(g: Ground, one: Found, named: _Named) -> None:
    """Content ends before "… in a post on X", "… in an interview with Lagoa Radio": so it was said."""
    start, end = one.content[-1]
    if one.cue_word < 0 or one.voice == "hedged":
        return
    if one.cue and one.cue[1] <= start and one.mode != "direct":
        plain = _PLAIN_TAIL.search(g.parsed.text, max(start, end - 60), end)
        if plain is not None and plain.start() - start > 3:
            one.content = [*one.content[:-1], (start, plain.start())]
            return
    for hit in named.within(g.sentence_of[one.cue_word]):
        behind = start < hit.start < end and _AS_NAMED.fullmatch(g.parsed.text, hit.end, max(end, hit.end)) is not None
        if behind and (source := _BY_OUTLET.search(g.parsed.text, max(start, hit.start - 40), hit.start)):
            one.content = [*one.content[:-1], (start, source.start())]
            return
        if behind and (tail := _TAIL.search(g.parsed.text, max(start, hit.start - 90), hit.start)):
            quoted = g.parsed.text[tail.start()] in "”\"’'"
            cut = tail.start() + quoted
            if cut - start > 3:
                one.content = [*one.content[:-1], (start, cut)]
            return


_AS_NAMED = re.compile(
    r"[^\w\s]?|(?: (?:messaging|video|social|media|sharing|network))* (?:app|platform|network|site|channel)"
)
"""What may stand between the name of a channel and the end: "the Telegram messaging app"."""
_BY_OUTLET = re.compile(
    r",\s+(?:as )?(?:(?:quoted|cited|reported|carried|relayed|published)(?: \w+ing)? by|per|via) (?:the )?$"
)
_PLAIN_TAIL = re.compile(
    r"\s+(?:in|on|via|through) (?:a|an|its|his|her|their|the) (?:(?!and\b)[a-z]+ )?(?:statement|website|web site|site"
    r"|press release|news release|blog|homepage|memo)"
    r"(?: (?:today|yesterday|on (?:mon|tues|wednes|thurs|fri|satur|sun)day))?$",
    re.IGNORECASE,
)


class _Named:
    """The channels of a post's sentences, looked for once each."""

    def __init__(self, g: Ground) -> None:
        self._g = g
        self._hits: dict[int, list[Hit]] = {}
        self._outlets: list[tuple[int, str]] | None = None
        self.cues: dict[int, Found] = {}
        """The statements by their cue words."""
        self.by_sentence: dict[int, list[Found]] = {}

    def within(self, sentence: int) -> list[Hit]:
        if sentence not in self._hits:
            first, past = self._g.sentences[sentence]
            low, high = self._g.parsed.start[first], self._g.parsed.end[past - 1]
            self._hits[sentence] = list(islice(hits(self._g.parsed, low, high), _MOST))
        return self._hits[sentence]

    def last_before(self, at: int) -> str | None:
        """The outlet that the post names last before a place: "the newspaper"."""
        if self._outlets is None:
            self._outlets = sorted(self._all())
        i = bisect_left(self._outlets, (at, ""))
        return self._outlets[i - 1][1] if i else None

    def told_there(self, hit: Hit, one: Found) -> bool:
        """The channel stands in the words of another statement: "may have been given to the press"."""
        near = (o for o in self.by_sentence.get(one.sentence, ()) if o is not one and o.voice == "attributed")
        return any(
            a <= hit.start < b and not a <= self._g.parsed.start[one.cue_word] < b for o in near for a, b in o.content
        )

    def full(self, name: str, at: int) -> str:
        """The Lagoa Post for "the Post", where that has been named; "Norvian state TV" for "state TV"."""
        if name[:1].islower() and (told := _whose(self._g.parsed.text, name)) is not None:
            return told
        if " " in name or name not in channels().outlet:
            return name
        outlets = self._outlets if self._outlets is not None else sorted(self._all())
        self._outlets = outlets
        return next((full for start, full in reversed(outlets) if start < at and full.endswith(" " + name)), name)

    def _all(self) -> Iterator[tuple[int, str]]:
        text, social = self._g.parsed.text, channels().social
        for word, start in zip(self._g.parsed.words, self._g.parsed.start, strict=True):
            if word[:1].isupper() and (found := listed(text, start)) and found[1] not in social:
                yield start, found[1]
        for sentence in range(len(self._g.sentences)):
            for hit in self.within(sentence):
                if hit.name and hit.name not in social and hit.name[:1].isupper():
                    yield hit.start, hit.name


def _whose(text: str, kind: str) -> str | None:
    """The same kind of media with its country, where the post has that: "Norvian state TV"."""
    for found in re.finditer(rf"\b([A-Z]\w+) {re.escape(kind)}\b", text) if " " in kind else ():
        known = sides_of(found[1])
        if known is not None and known.kind in {"demonym", "people"}:
            return found.group()
    return None


def _beside(g: Ground, one: Found, named: _Named) -> Iterator[str]:
    """Channels named in the cue's sentence, outside the content and the speaker."""
    if one.voice == "hedged":
        yield from _shown(g, one)
    if one.cue_word < 0 or one.voice == "hedged" or one.nested_in is not None or _asked(g, one):
        return
    for hit in named.within(g.sentence_of[one.cue_word]):
        if any(a < hit.end and hit.start < b for a, b in one.content) or named.told_there(hit, one):
            continue
        name = named.full(hit.name, hit.start) if hit.name else named.last_before(hit.start)
        if name is None:
            continue
        if one.speaker is not None and hit.start < one.speaker[1] and one.speaker[0] < hit.end:
            if _SEEN.search(g.parsed.text, one.speaker[0], hit.start) or _aside(g, one.speaker, hit.start):
                yield name
            continue
        if hit.apart or of_cue(g, one, hit.start, named.cues):
            yield name
    if (shown := _interviewed(g, one)) is not None:
        yield shown
    if _tweets(g.parsed, one.cue_word):
        yield "Twitter"
    yield from _account(g, one)


def _interviewed(g: Ground, one: Found) -> str | None:
    """ "A channel shows TALKS WITH DOCTORS WHO SAY …": the outlet."""
    parsed = g.parsed
    noun = parsed.head[one.cue_word]
    if parsed.dep[one.cue_word] != "relcl" or parsed.dep[noun] not in {"pobj", "conj"}:
        return None
    noun = parsed.head[noun] if parsed.dep[noun] == "conj" else noun
    talk = parsed.head[parsed.head[noun]]
    if parsed.lower[parsed.head[noun]] not in {"with", "of"} or parsed.lemma[talk] not in _TALKS:
        return None
    who = subject_of(parsed, parsed.head[talk])
    span = mention(g, who) if who is not None else None
    return outlet_in(g, span) if span is not None else None


_TALKS = frozenset({"interview", "footage", "video", "testimony", "recording"})


def _asked(g: Ground, one: Found) -> bool:
    """A question that nobody is named for: "she said on Lagoa Radio WHEN ASKED whether …"."""
    return one.speaker is None and one.act == "asks" and g.parsed.tag[one.cue_word] == "VBN"


def _tweets(parsed: Parse, cue: int) -> bool:
    """The cue is "tweeted", or tells what a tweet does: "posted a tweet claiming that …"."""
    at = cue
    for _ in range(3):
        if parsed.lemma[at] in {"tweet", "retweet"}:
            return True
        if parsed.tag[at] != "VBG" or parsed.head[at] == at:
            return False
        at = parsed.head[at]
    return False


def _aside(g: Ground, speaker: Range, at: int) -> bool:
    """ "Reis, ON SOCIAL MEDIA, says"."""
    before = g.parsed.text[speaker[0] : at]
    return _ASIDE.search(before) is not None


_ASIDE = re.compile(
    r"(?:,\s+(?:\w+ing\s+)?(?:on|in|to|via)|\s(?:speaking|talking|who spoke|who talked|speaking anonymously)"
    r" (?:\w+ly )?(?:to|with)|\s(?:quoted|cited|interviewed|contacted|reached) (?:by|in))\s+(?:\w+\s+){0,3}$"
)


def _account(g: Ground, one: Found) -> Iterator[str]:
    """The platform of a speaker that is a channel there: "the Lagoa Telegram channel said"."""
    if one.speaker is None:
        return
    text = g.parsed.text
    if _TWEET.search(text, *one.speaker):
        yield "Twitter"
    if _ON_SOCIAL.search(text, *one.speaker):
        yield "social media"
    for word in g.words_in(one.speaker):
        found = listed(text, g.parsed.start[word]) if g.parsed.words[word][:1].isupper() else None
        on = found and text[max(0, g.parsed.start[word] - 3) : g.parsed.start[word]] == "on "
        if found and found[1] in channels().social and (on or _is_channel(text, found[0])):
            yield found[1]


_TWEET = re.compile(r"\b(?:re)?tweets?\b", re.IGNORECASE)
_ON_SOCIAL = re.compile(
    r"\b(?:on|across|over|in) social (?:media|networks?)\b|\bsocial[ -]media (?!giant|firm|compan)", re.IGNORECASE
)
_POSTS = re.compile(
    r"\b(?:videos?|footage|images?|photos?|photographs?|pictures?|clips?|posts?|messages?|reports?|recordings?|audio"
    r"|rumou?rs|accounts)(?: [a-z-]+){0,4}? (?:on|to|across|via|over) (?:the )?(?P<on>social media|social networks)?",
    re.IGNORECASE,
)


def _shown(g: Ground, one: Found) -> Iterator[str]:
    """ "Footage shared ON TELEGRAM appeared to show …"."""
    if one.cue is None:
        return
    low = g.parsed.start[g.sentences[g.sentence_of[g.word_at(one.cue[0])]][0]]
    for found in _POSTS.finditer(g.parsed.text, max(low, one.cue[0] - 90), one.cue[0]):
        name = None if found["on"] else listed(g.parsed.text, found.end())
        if found["on"] or (name and name[1] in channels().social):
            yield "social media" if found["on"] else (name or (0, ""))[1]
            return


def _is_channel(text: str, end: int) -> bool:
    return bool(
        re.match(
            r"\s+(?:channel|account|page|group|post|feed|user|handle|profile|thread|message)", text[end : end + 12]
        )
    )


# -- the same speaker elsewhere in the post ----------------------------------------------------------------------------


_APART = 4
"""What is said more sentences behind the last words of a post on a platform was said elsewhere."""


def _carry(g: Ground, found: list[Found], noted: list[Found]) -> None:
    """A channel named once holds for all that this speaker says in the post, an agency's for unnamed sources too."""
    agency = _reporting(g, found)
    posted = channels().social | {"social media", "online"}
    for who in speakers(g, [*(one for one in found if one.nested_in is None), *noted]):
        via = next((one.via for one in who.statements if one.via), ())
        if not via and who.unnamed and not who.origin:
            via = agency
        if who.unnamed and via and via[0] not in channels().social:
            agency = via
        told = next((i for i, one in enumerate(who.statements) if one.via), 0)
        reached = who.statements[told].sentence if who.statements else 0
        for number, one in enumerate(who.statements):
            if number != told and (one.act == "declines" or _own_occasion(g, one)):
                continue  # what one did not say was said to nobody
            if number > told and via and via[0] in posted and one.sentence - reached > _APART and not one.via:
                continue
            reached = one.sentence if number >= told else reached
            via = one.via or via
            if one.via or not via or (via[0] not in posted and one.speaker and outlet_in(g, one.speaker)):
                continue
            if number >= told or _just_before(g, one, who.statements[told]):
                one.via = via
    agencies = {name for one in found for name in one.via if name not in posted}
    said = (one for one in found if one.voice == "attributed" and one.cue_word >= 0)
    reports = {one.sentence: one for one in said if g.parsed.lemma[one.cue_word] in {"report", "write"}}
    for one in found:
        if one.voice == "hedged" and not one.via and one.cue and "report" in g.parsed.text[slice(*one.cue)]:
            one.via = _reported_next(g, one, reports) or (agency if agencies == set(agency) else ())


def _reporting(g: Ground, found: list[Found]) -> tuple[str, ...]:
    """The agency that the post opens with: "Reuters reports that …"."""
    first = min(found, key=lambda one: one.content[0][0])
    if first.speaker is None or first.voice != "attributed" or first.cue_word < 0 or first.sentence > 1:
        return ()
    name = outlet_in(g, first.speaker) if g.parsed.lemma[first.cue_word] == "report" else None
    return (name,) if name and name in channels().names.values() else ()


def _reported_next(g: Ground, one: Found, reports: dict[int, Found]) -> tuple[str, ...]:
    """ "The office has reportedly sent a letter." – "…, Lagoa Radio REPORTS": the same report."""
    other = reports.get(one.sentence + 1)
    name = outlet_in(g, other.speaker) if other is not None and other.speaker is not None else None
    return (name,) if name else ()


def _just_before(g: Ground, one: Found, told: Found) -> bool:
    """What a sentence sums up and the next one quotes was told to the same channel; what stands farther up was not."""
    if _later(g, told) or _narrower(g, one, told) or one.cue_word < 0 or told.cue_word < 0 or _quoted_there(g, told):
        return False
    if g.parsed.dep[one.cue_word] == "relcl" and g.parsed.lower[one.cue_word - 1] in {"has", "have", "earlier"}:
        return False  # "the governor, who has urged them to leave"
    opens = told.cue_word
    if one.mode == "indirect" and told.cue and told.content[0][0] < told.cue[0]:
        opens = g.word_at(told.content[0][0])
    return g.sentence_of[opens] - g.sentence_of[one.cue_word] <= 1


def _later(g: Ground, told: Found) -> bool:
    """He told it to the channel at another time: "he LATER told Lagoa Radio"."""
    if told.cue_word < 0:
        return False
    near = g.parsed.lower[max(0, told.cue_word - 3) : told.cue_word]
    first = g.sentences[g.sentence_of[told.cue_word]][0]
    return bool(_TIMES & {*near, g.parsed.lower[first]})


_TIMES = frozenset({"later", "earlier", "previously", "afterwards", "then", "subsequently"})


def _quoted_there(g: Ground, told: Found) -> bool:
    """An agency "quoted him AS SAYING" these words, and no others before them."""
    return g.parsed.lemma[told.cue_word] == "say" and g.parsed.lower[told.cue_word - 1] == "as"


_OCCASION = re.compile(
    r"\b(?:(?:during|at|in|after) (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}(?:meeting|conference|briefing|rally"
    r"|summit|speech|address|debate|hearing|sermon|ceremony|visit|statement|letter|trial|inquest)"
    r"|(?:told|telling|to) (?:the )?(?:reporters|journalists|parliament|mps|lawmakers|senators|congress|court)"
    r"|(?:a|one|two|three|four|several|\d+) (?:hours?|days?|weeks?|months?|years?) (?:after|before)"
    r"|(?:later|earlier|previously|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|last (?:week|month"
    r"|year|night)|yesterday)"
    r"(?= (?:said|announced|acknowledged|admitted|declared|called|warned|told|confirmed|denied)\b|,? the\b))",
    re.IGNORECASE,
)


_ANSWERING = frozenset({"testify", "reply", "respond", "answer"})


def _own_occasion(g: Ground, one: Found) -> bool:
    """The words say that it was said elsewhere or at another time: "told reporters", "later announced"."""
    if one.cue_word < 0:
        return False
    place = one.cue[0] if one.cue else 0
    if g.parsed.lemma[one.cue_word] in _ANSWERING or ASIDE.search(g.parsed.text, max(0, place - 60), place):
        return True  # "he testified"; "an affair, which he denied": told as what is known
    first, past = g.sentences[g.sentence_of[one.cue_word]]
    low, high = g.parsed.start[first], g.parsed.end[past - 1]
    return any(
        not any(a <= found.start() < b for a, b in one.content)
        for found in _OCCASION.finditer(
            g.parsed.text, max(low, g.parsed.start[one.cue_word] - 120), min(high, g.parsed.start[one.cue_word] + 120)
        )
    )


def _narrower(g: Ground, one: Found, told: Found) -> bool:
    """Only a member of the body spoke to the channel: "the army says", and then "its spokesman told state TV"."""
    if one.speaker is None or told.speaker is None:
        return False
    body, member = (who_of(g, f.speaker) for f in (one, told) if f.speaker)
    if body is None or member is None or body.names & member.names:
        return False
    return bool(member.words - body.words)


def _beyond(one: Found, outer: Found) -> bool:
    """It takes up words of the other, and was said elsewhere: "told Radio Sul of a coup, which the army DENIES"."""
    return one.cue is not None and not any(a <= one.cue[0] < b for a, b in outer.content)


def _nested(g: Ground, found: list[Found]) -> None:
    """What an agency tells of somebody's words came through the agency."""
    for one in found:
        if one.nested_in is None or one.via:
            continue
        outer = found[one.nested_in]
        if outer.speaker is None or _beyond(one, outer):
            continue
        words = g.parsed.text[slice(*outer.speaker)]
        name = outlet_in(g, outer.speaker) or next(in_phrase(words), None)
        if name:
            one.via = (name,)
        elif outer.via:
            one.via = outer.via
