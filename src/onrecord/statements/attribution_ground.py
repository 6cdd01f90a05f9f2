"""A parsed post → what all attribution rules ask of it: quotes by word, subjects, mentions, clauses and their edges."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from onrecord.statements import quotes as quoted
from onrecord.statements.draft import Range
from onrecord.statements.parse import Parse
from onrecord.statements.quotes import Quote

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|St|Gen|Lt|Col|Sgt|Capt|Maj|Cmdr|Prof|Rev|Hon|Jr|Sr|vs|No|Inc|Corp|Co|Adm|Det|Supt|Insp|Pres|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Fla|Calif|Pa|Mass|Conn|Va|Ariz|Wis|Mich|Minn|Ill|Tenn|Wash|Ore|Md|Ala|Ga|La|Ky|Mo)|\b[A-Z]|\.[A-Za-z])\.$"
)
_TRIM = " \t\n\r,;:–—-…"
_TRIM_END = " \t\n\r,;:–—-"
_CREDIT = re.compile(
    r"\s*\((?:Image|Photo|Photograph|Picture|Pic|Credit|Getty|Reuters|AP|AFP)\b[^()]*\)$", re.IGNORECASE
)
_MENTION_MAX = 28


@dataclass(slots=True)
class Found:
    """A statement on its way: word ranges and character ranges, before merging."""

    cue: Range | None
    """Characters."""
    content: list[Range]
    speaker: Range | None
    act: str = "asserts"
    voice: str = "attributed"
    mode: str = "indirect"
    sentence: int = 0
    cue_word: int = -1
    rank: int = 1
    """0 for direct speech, 1 for clauses, 2 for weaker rules: the lower wins when two overlap."""
    via: tuple[str, ...] = ()
    standing: str = "claimed"
    standing_by: Range | None = None
    nested_in: int | None = None
    follows: Found | None = None
    """The statement whose speaker goes on here."""


@dataclass(slots=True)
class Ground:
    """A parse with its quotes."""

    parsed: Parse
    quotes: list[Quote]
    quote_of: list[int]
    """The quote of each word, -1 outside."""
    sentence_of: list[int]
    """The sentence of each word; one that begins inside a quote belongs to the one before."""
    sentences: list[Range]
    """(first word, one past the last)."""
    speech: set[int] = field(default_factory=set)
    """Numbers of quotes that are whole sentences of somebody's speech."""
    said: dict[Range, frozenset[str]] = field(default_factory=dict)
    """The words of mentions that have been asked for."""

    def in_speech(self, word: int) -> bool:
        return self.quote_of[word] in self.speech

    def word_at(self, char: int) -> int:
        """The first word that ends after `char`."""
        return bisect_left(self.parsed.end, char + 1)

    def words_in(self, span: Range) -> range:
        """The words of a character range."""
        return range(self.word_at(span[0]), min(self.word_at(span[1] - 1) + 1, len(self.parsed)))

    def chars(self, first: int, past: int) -> Range:
        return self.parsed.start[first], self.parsed.end[past - 1]


def ground(parsed: Parse) -> Ground:
    """The parse with its quotes found."""
    quotes = quoted.find(parsed.text, parsed.blocks)
    quote_of = [-1] * len(parsed)
    word = 0
    for number, quote in enumerate(quotes):
        while word < len(parsed) and parsed.start[word] < quote.start:
            word += 1
        while word < len(parsed) and parsed.start[word] < quote.end:
            quote_of[word] = number
            word += 1
    sentences = _sentences(parsed, quotes, quote_of)
    sentence_of = [number for number, (first, past) in enumerate(sentences) for _ in range(first, past)]
    return Ground(parsed, quotes, quote_of, sentence_of, sentences)


def _sentences(parsed: Parse, quotes: list[Quote], quote_of: list[int]) -> list[Range]:
    """The parser's sentences, joined where it cut inside a quote that stands within a sentence."""
    out: list[Range] = []
    for first, past in parsed.sentences:
        quote = quote_of[first]
        within = quote >= 0 and first > 0 and quote_of[first - 1] == quote
        joined = within and (_leads_in(parsed, quotes[quote]) or _only_mark(parsed, first, past))
        if out and (joined or _torn(parsed, first)):
            out[-1] = (out[-1][0], past)
        else:
            out.append((first, past))
    return out


def _leads_in(parsed: Parse, quote: Quote) -> bool:
    """Words of the same sentence stand before the quote, and no comma or colon makes it speech of its own."""
    start = parsed.blocks[quote.block].start
    before = parsed.text[max(start, quote.start - 80) : quote.start].rstrip()
    return bool(before) and before[-1] not in '.!?:,…”"’'


def _torn(parsed: Parse, first: int) -> bool:
    """The parser began a sentence in the middle of one: with a small letter, and no mark ends what stands before."""
    before = first - 1
    if before < 0 or not parsed.words[first][0].islower() or parsed.words[before][-1] in _STOPS:
        return False
    return "\n" not in parsed.text[parsed.end[before] : parsed.start[first]]


_STOPS = frozenset(".!?…:;”\"’')]–—-")


def _only_mark(parsed: Parse, first: int, past: int) -> bool:
    return all(parsed.pos[w] == "PUNCT" for w in range(first, min(past, first + 3)))


def whole_quotes(g: Ground, spans: list[Range]) -> list[Range]:
    """The spans, each drawn out to the end of a quote that it enters and to the start of one that it leaves."""
    out: list[Range] = []
    for start, end in spans:
        first, last = g.word_at(start), g.word_at(end - 1)
        if last >= len(g.parsed):
            last = len(g.parsed) - 1
        quote = g.quote_of[last]
        if quote >= 0 and g.quotes[quote].start >= start - 1 and g.quotes[quote].end > end and g.quotes[quote].closed:
            end = g.quotes[quote].end
            past = g.sentences[g.sentence_of[last]][1]
            if g.parsed.sent[past - 1] != g.parsed.sent[last] and g.sentence_of[first] == g.sentence_of[last]:
                end = max(end, (trimmed(g.parsed.text, start, g.parsed.end[past - 1]) or (start, end))[1])
        quote = g.quote_of[first]
        if quote >= 0 and g.quotes[quote].start < start and g.quotes[quote].end < end and quote not in g.speech:
            start = g.quotes[quote].start
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


class Cover:
    """Ranges → whether any of them holds a place, each question in logarithmic time."""

    def __init__(self, spans: Iterable[Range]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, place: int) -> bool:
        number = bisect_right(self._starts, place) - 1
        return number >= 0 and place < self._reach[number]


class Alike:
    """Ranges that were seen → whether one of them holds nearly the same words as another range."""

    def __init__(self, spans: Iterable[Range]) -> None:
        self._spans = sorted(spans)

    def add(self, spans: Iterable[Range]) -> None:
        """Remember more ranges."""
        for span in spans:
            insort(self._spans, span)

    def has(self, span: Range) -> bool:
        """True when the shared characters are four fifths of both together."""
        slack = (span[1] - span[0]) // 4 + 1
        at = bisect_left(self._spans, (span[0] - slack, 0))
        while at < len(self._spans) and self._spans[at][0] <= span[0] + slack:
            other = self._spans[at]
            common = min(span[1], other[1]) - max(span[0], other[0])
            if common > 0.8 * (max(span[1], other[1]) - min(span[0], other[0])):
                return True
            at += 1
        return False


def sentence_ends(text: str, low: int, high: int) -> Iterator[int]:
    """Where sentences end between two places, abbreviations aside."""
    for found in SENTENCE_END.finditer(text, low, high):
        at = found.start()
        if text[at] != "." or not _ABBREVIATED.search(text, max(low, at - 8), at + 1) or _clock_ends(text, low, at):
            yield found.end()


_GOES_ON = re.compile(
    r"\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|[A-Z]{2,4}\b|\w+ (?:[Tt]ime|Standard|Daylight))[A-Z]"
)


def _clock_ends(text: str, low: int, at: int) -> bool:
    """A sentence ends with "… at 4 p.m."; a day or a time zone would go on with it."""
    clock = at - low > 4 and text[at - 3 : at + 1] in {"a.m.", "p.m."} and text[at - 5 : at - 3].strip().isdigit()
    return clock and _GOES_ON.match(text, at + 1) is not None


def trimmed(text: str, start: int, end: int) -> Range | None:
    """The range without spaces and commas at its ends, nor a full stop at its end; None when nothing is left."""
    while start < end and text[start] in _TRIM:
        start += 1
    while start < end and text[end - 1] in _TRIM_END:
        end -= 1
    if start < end and text[end - 1] == ")":
        credit = _CREDIT.search(text, max(start, end - 60), end)
        end = credit.start() if credit else end
    if (
        start < end
        and text[end - 1] == "."
        and not text[start:end].endswith(("..", "U.S.", "U.N.", "U.K.", " a.m.", " p.m."))
    ):
        end -= 1
        while start < end and text[end - 1] in _TRIM_END:
            end -= 1
    return (start, end) if start < end else None


# -- who ---------------------------------------------------------------------------------------------------------------


def own_subject(parsed: Parse, verb: int) -> int | None:
    """The word that heads the verb's own subject: of two, the one right before it ("Two hurt in fire, police say")."""
    first: int | None = None
    for kid in parsed.kids[verb]:
        if parsed.dep[kid] in SUBJECTS and parsed.dep[kid] != "expl":
            if first is not None and kid > verb > first and parsed.words[verb - 1] == ",":
                return kid  # "Cabinet to meet on strike, says its spokesman"
            if first is not None and kid < verb and parsed.words[verb - 1] == ",":
                continue  # "Leal, his arm in a sling, said"
            if first is not None and (kid > verb or parsed.dep[kid] == "csubj" or parsed.lower[kid] in RELATIVES):
                break
            first = kid if first is None else _torn_off(parsed, kid, verb)
    return first


def _torn_off(parsed: Parse, noun: int, verb: int) -> int:
    """In "… a raid that hit Leal, the ministry says" the parser may make one of Leal and the ministry."""
    beside = [k for k in parsed.kids[noun] if parsed.dep[k] == "appos" and noun < k < verb]
    return beside[-1] if beside and below(parsed, beside[-1])[-1] + 1 == verb else noun


def serial(parsed: Parse, verb: int) -> int | None:
    """The verb before in "Lee noted the loss, called it grave", which the parser may take for what the next says."""
    if parsed.tag[verb] not in {"VBD", "VBZ", "VBP"} or parsed.words[verb - 1] != "," or verb < 3:
        return None
    left: int | None = None
    right = False
    for kid in parsed.kids[verb]:
        dep = parsed.dep[kid]
        if dep in SUBJECTS:
            return None
        if kid < verb and dep == "ccomp" and parsed.tag[kid] == parsed.tag[verb]:
            left = kid
        right = right or (kid > verb and (dep == "ccomp" or (dep == "dobj" and parsed.lemma[verb] not in _INVERTED)))
    return left if right and left is not None and own_subject(parsed, left) is not None else None


_INVERTED = frozenset(
    {"say", "add", "report", "warn", "insist", "explain", "claim", "argue", "write", "note", "announce", "confirm"}
    | {"reply", "state", "tell", "declare", "ask", "concede", "admit"}
)


def subject(parsed: Parse, verb: int) -> int | None:
    """The word that heads the verb's subject, its own or the one that it shares with a verb above."""
    at = verb
    for _ in range(6):
        found = own_subject(parsed, at)
        if found is not None and parsed.lower[found] != "what":
            return _antecedent(parsed, at, found)
        before = serial(parsed, at) if at == verb else None
        if before is not None:
            return own_subject(parsed, before)
        dep, head = parsed.dep[at], parsed.head[at]
        if dep in {"acl", "relcl"} and parsed.pos[head] in {"NOUN", "PROPN", "PRON"}:
            sender = _sender(parsed, at, head)
            if sender is None:
                return head
            at = sender
            continue
        if head == at:
            return None
        if dep == "pcomp" and parsed.lower[head] == "with":
            absolute = next((k for k in parsed.kids[head] if k < at and parsed.dep[k] == "pobj"), None)
            if absolute is not None:
                return absolute
        if (
            dep == "xcomp"
            and at == verb
            and parsed.lemma[head] not in _ITS_MEANS
            and any(parsed.dep[k] == "dobj" for k in parsed.kids[head])
        ):
            return next(k for k in parsed.kids[head] if parsed.dep[k] == "dobj")
        if dep not in {"conj", "advcl", "xcomp", "pcomp", "prep", "ccomp", "aux", "dep", "acomp", "attr"}:
            return None
        at = head
    return None


_ITS_MEANS = frozenset({"use", "take", "hold", "spend", "seize", "break", "choose", "call"})
_READS = frozenset({"read", "say", "state"})
_ITS_OWN = frozenset({"of", "from", "by", "with"})


def _sender(parsed: Parse, verb: int, noun: int) -> int | None:
    """In "sent the ministries letters urging them" and "found ways to say so", the verb whose subject it is."""
    at = parsed.head[noun]
    reads = parsed.dep[verb] == "relcl" and parsed.lemma[verb] in _READS and parsed.lemma[noun] in VENUES
    if not reads and (parsed.dep[verb] != "acl" or not (parsed.tag[verb] == "VBG" or has_to(parsed, verb))):
        return None
    if parsed.dep[noun] == "pobj":
        if parsed.lower[at] in _ITS_OWN:
            return None
        at = parsed.head[at]
        if parsed.dep[at] == "dobj":
            at = parsed.head[at]
    elif parsed.dep[noun] != "dobj":
        return None
    return at if parsed.pos[at] in {"VERB", "AUX"} else None


def _antecedent(parsed: Parse, verb: int, found: int) -> int:
    if parsed.lower[found] not in RELATIVES or parsed.dep[verb] != "relcl":
        return found
    noun = parsed.head[verb]
    sender = _sender(parsed, verb, noun)
    who = own_subject(parsed, sender) if sender is not None else None
    return noun if who is None else who


def agent(parsed: Parse, verb: int) -> int | None:
    """The word that heads the "by …" of a passive."""
    for kid in parsed.kids[verb]:
        if parsed.dep[kid] == "agent" or (parsed.dep[kid] == "prep" and parsed.lower[kid] == "by"):
            for below in parsed.kids[kid]:
                if parsed.dep[below] == "pobj":
                    return below
    return None


VENUES = frozenset(
    {"statement", "interview", "post", "tweet", "speech", "email", "letter", "conference", "video", "facebook"}
    | {"twitter", "telegram", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "report"}
    | {"briefing", "address", "message", "hearing", "debate", "memo", "filing", "article", "x", "blog", "brief"}
)


def mention(g: Ground, head: int, stop: int | None = None) -> Range | None:
    """The characters of the noun phrase headed by `head`: with appositions, without relative clauses.

    `stop` is a word (the cue) that the phrase may not hold.
    """
    parsed = g.parsed
    words = _phrase(parsed, head, stop)
    first = last = head
    low, high = words[0], words[-1]
    inside = set(words)
    while first - 1 >= low and first - 1 in inside:
        first -= 1
    while last + 1 <= high and last + 1 in inside and last - first < _MENTION_MAX:
        last += 1
    return trimmed(parsed.text, parsed.start[first], parsed.end[last])


def _phrase(parsed: Parse, head: int, stop: int | None) -> list[int]:
    out, todo = [], [head]
    while todo:
        at = todo.pop()
        out.append(at)
        for kid in parsed.kids[at]:
            if kid == stop or _outside(parsed, at, kid, head):
                continue
            todo.append(kid)
    return sorted(out)


def _outside(parsed: Parse, at: int, kid: int, head: int) -> bool:
    dep = parsed.dep[kid]
    if dep in {"relcl", "ccomp", "advcl", "parataxis"}:
        return True
    if dep == "punct" and parsed.words[kid] in '“”".!?':
        return True
    if dep == "prep" and at == head and parsed.lower[kid] in {"in", "on", "at", "during", "after", "to", "via"}:
        objects = [k for k in parsed.kids[kid] if parsed.dep[k] == "pobj"]
        return any(parsed.lower[k] in VENUES for k in objects)
    if dep == "acl" and at == head and kid > head:
        if parsed.tag[kid] == "VBD" and parsed.words[kid - 1] == ",":
            return True
        return parsed.words[kid - 1] == "," and (parsed.tag[kid] == "VBG" or parsed.lemma[kid] in {"cite", "quote"})
    return dep == "npadvmod" and kid > at


# -- clauses -----------------------------------------------------------------------------------------------------------


def below(parsed: Parse, head: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
    """The words under `head`, it included, in text order, without the subtrees of `without`."""
    out, todo = [], [head]
    while todo:
        at = todo.pop()
        if at in without:
            continue
        out.append(at)
        todo.extend(parsed.kids[at])
    return sorted(out)


def runs(parsed: Parse, words: list[int]) -> list[Range]:
    """Runs of words → trimmed character ranges; punctuation alone makes none, small gaps of punctuation are closed."""
    out: list[Range] = []
    start = 0
    for at in range(1, len(words) + 1):
        if at < len(words) and _joined(parsed, words[at - 1], words[at]):
            continue
        span = trimmed(parsed.text, parsed.start[words[start]], parsed.end[words[at - 1]])
        if span and any(parsed.pos[w] != "PUNCT" for w in words[start:at]):
            out.append(span)
        start = at
    return out


def _joined(parsed: Parse, left: int, right: int) -> bool:
    return all(parsed.pos[w] == "PUNCT" for w in range(left + 1, right))


def has_to(parsed: Parse, verb: int) -> bool:
    """The verb is an infinitive with "to"."""
    return any(parsed.lower[k] == "to" and parsed.dep[k] == "aux" for k in parsed.kids[verb])
