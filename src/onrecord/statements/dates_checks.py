"""A match of a form → is it really a time expression here? Words that are names, verbs, counts or scores are turned away."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.statements.dates_forms import lexicon
from onrecord.statements.parse import Parse

_STRONG = frozenset({"in", "since", "until", "till", "during", "by", "after", "before", "through", "throughout", "late",
                     "early", "mid", "back", "circa", "mid-", "year"})  # fmt: skip
_WEAK = frozenset({"from", "to", "and", "between", "of", "about", "around", "for", "on", "or", "than"})
_OWNERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "'s", "’s", "s", "this", "that", "any"})
_UNIT_BEFORE = frozenset({"for", "in", "within", "over", "than", "of", "after", "about", "half", "nearly", "almost", "every",
                          "lasted", "took", "least", "around", "last", "take", "just", "only", "under", "before"})  # fmt: skip
_DAY_WORDS = frozenset({*lexicon().sets["weekday"], "yesterday", "tomorrow", "today"})
_EDGES = frozenset({"beginning", "end", "start", "middle", "month", "week", "days", "half", "close"})
_LEANING = frozenset({"ago", "later", "earlier", "after", "before", "on", "prior", "from", "since", "hence", "afterwards",
                      "following"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class At:
    """A match as checks see it: words `first` up to (not including) `last`."""

    parsed: Parse
    first: int
    last: int

    @property
    def word(self) -> str:
        return self.parsed.words[self.first]

    def before(self, back: int = 1) -> str:
        """The lower-case word before, in the same sentence; empty at its start."""
        at = self.first - back
        return self.parsed.lower[at] if at >= 0 and self.parsed.sent[at] == self.parsed.sent[self.first] else ""

    def after(self, on: int = 0) -> str:
        at = self.last + on
        inside = at < len(self.parsed) and self.parsed.sent[at] == self.parsed.sent[self.first]
        return self.parsed.lower[at] if inside else ""

    def next_pos(self) -> str:
        return self.parsed.pos[self.last] if self.after() else ""

    def capitals(self) -> bool:
        """The sentence is in capitals throughout."""
        low, high = self.parsed.sentences[self.parsed.sent[self.first]]
        return all(w.isupper() for w in self.parsed.words[low:high] if w.isalpha()) and high - low > 2


def holds(check: str, at: At) -> bool:
    """The test that `data/dates.toml` names."""
    return _CHECKS[check](at)


def _words(name: str) -> frozenset[str]:
    return lexicon().words[name]


def _name_around(at: At) -> bool:
    """It stands inside a name: the Sunday Times, Bloody Sunday, the Mail on Sunday."""
    follows = at.after() in _words("not_before") and at.parsed.words[at.last][0].isupper() and not at.capitals()
    return follows or at.before() in _words("not_after") or f"{at.before(2)} {at.before()}" in _words("not_after")


def _weekday(at: At) -> bool:
    return not _name_around(at)


def _today(at: At) -> bool:
    """USA Today and Russia Today are papers."""
    return not (at.word[0].isupper() and at.before() in {"usa", "russia", "india"})


def _short_weekday(at: At) -> bool:
    return at.word[0].isupper() and at.before() in {"on", "last", "next", "this", "by", "since", "until"}


def _month(at: At) -> bool:
    low = at.parsed.lower[at.first].rstrip(".")
    if _name_around(at):
        return False
    if low not in _words("doubtful_months"):
        return True
    if not at.word[0].isupper():
        return False
    prepared = at.before() in _words("before_time")
    if at.before() == "of" and at.before(2) in _EDGES:
        return True
    if low in ("may", "march", "mar") or len(low) == 3:
        weak = {"and", "to", "for", "on", "about", "around", "of", "from"}
        usual = prepared and not (at.capitals() and at.before() in weak) and at.after() not in {"be", "have", "not"}
        return usual and (at.capitals() or at.parsed.tag[at.first] != "MD")
    return prepared or at.next_pos() != "PROPN"


def _year(at: At) -> bool:
    value = int(at.word) if at.word.isdecimal() and len(at.word) == 4 else 0
    if not value or at.after() in _words("counted") or at.after() in {"%", "per", "percent"}:
        return False
    before = at.before()
    if before in _STRONG:
        return True
    if not 1900 <= value <= 2069:
        return False
    if before == "(":
        return at.after() in {")", ",", "-", "–"}
    if before in _WEAK or before == ",":
        if before == ",":
            return at.before(2)[-4:].isdecimal()
        return at.next_pos() != "NUM" and (_next_tag(at) != "NNS" or at.after() in _words("dated"))
    return _year_of_noun(at, before)


def _next_tag(at: At) -> str:
    return at.parsed.tag[at.last] if at.after() else ""


def _year_of_noun(at: At, before: str) -> bool:
    """The 2024 election, Moscow's 2014 annexation, the disputed 2020 vote; not Mirage 2000 jets."""
    if at.after() in _words("dated"):
        return True
    owner = not before or before in _OWNERS or at.parsed.pos[at.first - 1] in {"ADJ", "PRON", "DET"}
    if not before:
        return at.next_pos() in {"AUX", "VERB", "NOUN", "PROPN", "PUNCT"} and at.after() not in {".", ")"}
    return owner and at.next_pos() in {"NOUN", "PROPN", "ADJ"}


def _season(at: At) -> bool:
    before = at.before() if at.last - at.first == 1 else at.parsed.lower[at.first]
    name = at.parsed.words[at.last - 1]
    if not at.capitals() and name[0].isupper() and at.first != at.parsed.sentences[at.parsed.sent[at.first]][0]:
        return False
    if at.parsed.pos[at.last - 1] not in {"NOUN", "PROPN"}:
        return False
    if name.lower() in ("spring", "fall", "springtime"):
        usual = {"the", "in", "by", "since", "until", "early", "late", "mid", "next", "last", "this", "during", "each"}
        return before in usual and at.after() not in {"of", "from", "in"} and at.parsed.tag[at.last - 1] == "NN"
    return True


def _quarter(at: At) -> bool:
    text = at.parsed.between(at.first, at.last).lower()
    return "quarter" in text or text[-1].isdecimal() or text[0] in "qh"


def _unit(at: At) -> bool:
    low = at.parsed.lower[at.last - 1]
    words = at.parsed.lower[at.first : at.last]
    if low in ("second", "minute", "hour") and "this" not in words and "next" not in words and "past" not in words:
        return False
    if "past" in words or "previous" in words or (at.after() == "of" and "this" not in words):
        return False
    return not (low == "day" and "next" in words) and not (low == "second")


def _the_unit(at: At) -> bool:
    return at.parsed.lower[at.first] != "the" or at.before() in {"during", "throughout"}


def _part(at: At) -> bool:
    low = at.parsed.lower[at.last - 1]
    name = at.parsed.words[at.last - 1]
    before = at.before() if at.parsed.lower[at.first] not in ("the", "early", "late") else at.parsed.lower[at.first]
    if low.endswith("s") and low != "hours":
        return False
    if at.before().rstrip(",") in _DAY_WORDS or (at.after() in {"of", "on"} and before in {"the", "early", "late", ""}):
        return True
    if before in {"good", "every", "each", "one", "per", "first", "opening", "same", "another", "wedding"}:
        return False
    if not at.capitals() and name[0].isupper() and at.first != at.parsed.sentences[at.parsed.sent[at.first]][0]:
        return False
    if before in {"at", "by"} and low in {"night", "midday", "lunchtime"}:
        return True
    if at.next_pos() in {"NOUN", "PROPN"} and at.parsed.dep[at.last - 1] in {"compound", "amod", "nmod"}:
        return low != "night" or before in {"the", "a"}
    return before in {"the", "early", "late"} and at.before() in {
        "in",
        "during",
        "through",
        "throughout",
        "into",
        "on",
        "",
    }


def _at(at: At) -> bool:
    return at.before() in {"at", "before", "after", "since", "until", "by", "around", "near", "from", "till"}


def _duration(at: At) -> bool:
    words = at.parsed.lower[at.first : at.last]
    after = at.after()
    if after in {"old", "-", "olds"} or words[-1] == "old" or at.before() in {"aged", "$", "£", "€"}:
        return False
    if _in_terms(at):
        return False
    if words[-1] in {"second", "min"} and words[0] != "one":
        return False
    if words[0] in {"a", "an", "one"} and len(words) == 2:
        return _one_unit(at, words[0], after)
    return True


def _one_unit(at: At, article: str, after: str) -> bool:
    """`a day` is often a rate (100 a day), `one day` often no length at all."""
    if after in _LEANING:
        return True
    if article == "one":
        return at.before() in _UNIT_BEFORE
    return at.before() in _UNIT_BEFORE and at.next_pos() not in {"NOUN"}


def _in_terms(at: At) -> bool:
    """Years in prison are a figure, no time expression."""
    low = max(0, at.first - 5)
    near = at.parsed.lower[low : at.first] + at.parsed.lower[at.last : at.last + 5]
    return not _words("terms").isdisjoint(near)


def _for(at: At) -> bool:
    return (
        at.before() in {"for", "within", "after", "in"} and at.after() not in {"to", "old"}
    ) or at.after() in _LEANING - {"on", "from"}


def _clock(at: At) -> bool:
    text = at.parsed.between(at.first, at.last)
    if len(text) > 5 and text[-1].isalpha():
        return True
    after = at.after()
    if after in {"%", "per", "percent", "points", "million", "billion", "m", "bn", "km", "pct", "metres", "times"}:
        return False
    if at.before() in {"$", "£", "€", "by"} and "." in text:
        return False
    prepared = at.before() in _words("before_clock") or (f"{at.before()}" in {"(", "["} and ":" in text)
    if ":" in text:
        return (
            prepared
            or after in _words("after_clock")
            or (len(text) == 5 and at.before() not in {"won", "beat", "lost"})
        )
    return (prepared and at.next_pos() not in {"NOUN", "NUM", "SYM"}) or after in _words("after_clock")


def _military(at: At) -> bool:
    """At 1200 on 19 March; in capitals, at 1430."""
    year_like = 1800 <= int(at.word) <= 2059 if at.word.isdecimal() else True
    return at.before() in {"at", "about", "around", "by"} and (
        at.after() in {"on", "today", "yesterday"} or (not year_like and at.capitals())
    )


def _adverb(at: At) -> bool:
    return at.parsed.pos[at.first] == "ADV"


def _now(at: At) -> bool:
    return at.before() not in {"until"} or at.first == at.last - 1


def _vague(at: At) -> bool:
    words = at.parsed.lower[at.first : at.last]
    if words == ["soon"] and (at.before() == "as" or at.after() == "as"):
        return False
    if words[0] == "shortly" and at.after() in {"after", "before"}:
        return False
    if words == ["soon"] and at.after() in {"after"}:
        return False
    if words in (["one", "day"], ["some", "day"], ["someday"]):
        return future(at.parsed, at.first)
    return True


def _at_the_time(at: At) -> bool:
    return at.after() != "of"


def _later(at: At) -> bool:
    leaning = at.before() in {
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "minutes",
        "day",
        "week",
        "month",
        "year",
        "hour",
    }
    return not leaning and at.after() in {"", ".", ",", "”", '"', "’"} and tense(at.parsed, at.first) == "future"


_CHECKS: dict[str, Callable[[At], bool]] = {
    "weekday": _weekday, "short_weekday": _short_weekday, "month": _month, "year": _year, "season": _season,
    "quarter": _quarter, "unit": _unit, "the_unit": _the_unit, "part": _part, "at": _at, "duration": _duration, "for": _for, "clock": _clock,
    "adverb": _adverb, "today": _today, "military": _military, "now": _now, "vague": _vague, "at_the_time": _at_the_time, "later": _later,
}  # fmt: skip


# -- tense ---------------------------------------------------------------------------------------------------------------


def tense(parsed: Parse, word: int) -> str | None:
    """past, present or future of the clause that a word stands in; None where no verb governs it."""
    return _governed(parsed, word)[0]


def _governed(parsed: Parse, word: int) -> tuple[str | None, int | None]:
    """(tense, the verb that gives it)."""
    at = word
    for _ in range(24):
        if parsed.pos[at] in ("VERB", "AUX"):
            found = _tense_of(parsed, at)
            if found:
                return found, at
        if parsed.head[at] == at:
            break
        at = parsed.head[at]
    return _by_words(parsed, word), None


def told(parsed: Parse, word: int, end: int) -> str | None:
    """The tense that a date at a word (up to character `end`) stands in. The tense of the clause says little of a date that
    only qualifies a noun (the 6 August incursion), and the present is a time-table with few verbs (talks resume on Monday)."""
    found, verb = _governed(parsed, word)
    after = bisect_left(parsed.start, end)
    noun = next((k for k in range(after, min(after + 3, len(parsed))) if parsed.lower[k] in _words("ahead")), None)
    if noun is not None and found != "past" and parsed.sent[noun] == parsed.sent[word]:
        return "future"
    if found == "present":
        timetable = verb is not None and parsed.lemma[verb].lower() in _words("scheduled")
        return "future" if timetable and not parsed.words[verb].isupper() else "present"  # type: ignore[index]
    return found


def future(parsed: Parse, word: int) -> bool:
    """The clause of the word tells what is still to come."""
    return tense(parsed, word) == "future"


def _tense_of(parsed: Parse, verb: int) -> str | None:
    """The tense of a finite verb group; None for participles and infinitives that lean on a higher verb."""
    helpers = [k for k in parsed.kids[verb] if parsed.dep[k] in ("aux", "auxpass")]
    low = {parsed.lower[k] for k in helpers}
    if low & _words("future"):
        return "future"
    if "to" in low:
        return _infinitive(parsed, verb)
    if low & _words("modal"):
        past = low & {"have", "'ve", "’ve"}
        return "past" if past else "future"
    if any(parsed.tag[k] in ("VBD", "VBZ", "VBP") for k in helpers):
        return _helped(parsed, verb, helpers, low)
    tag = parsed.tag[verb]
    if tag == "VBD" or (tag == "VBN" and parsed.dep[verb] in ("ROOT", "acl", "relcl")):
        return "past"
    if tag in ("VBZ", "VBP"):
        return "present"
    return None


def _helped(parsed: Parse, verb: int, helpers: list[int], low: set[str]) -> str:
    if low & {"have", "has", "had", "'ve", "’ve", "was", "were", "did"}:
        return "past"
    if parsed.lemma[verb] in ("go", "expect", "schedule", "plan", "set", "slate") or parsed.tag[verb] == "VBG":
        return "future" if parsed.lemma[verb] != "go" or parsed.tag[verb] == "VBG" else "past"
    return "past" if any(parsed.tag[k] == "VBD" for k in helpers) else "present"


def _infinitive(parsed: Parse, verb: int) -> str | None:
    """`agreed to meet` looks ahead, `came to visit` does not; `X to visit London` (a headline) does."""
    head = parsed.head[verb]
    passive = any(parsed.dep[k] == "auxpass" for k in parsed.kids[verb])
    if head == verb or (parsed.pos[head] in ("NOUN", "PROPN") and (passive or parsed.lemma[head] in _words("planned"))):
        return "future"
    return "future" if parsed.lemma[head] in _words("planning") else None


def _by_words(parsed: Parse, word: int) -> str | None:
    """By the helping words in the sentence, where the tree gives nothing (headlines, capitals)."""
    low, high = parsed.sentences[parsed.sent[word]]
    near = parsed.lower[max(low, word - 12) : min(high, word + 8)]
    if not _words("future").isdisjoint(near):
        return "future"
    return "past" if any(t == "VBD" for t in parsed.tag[low:high]) else None
