"""A channel and a cue in one sentence → whether what is cued came through the channel."""

from __future__ import annotations

from onrecord.statements.attribution_ground import Found, Ground
from onrecord.statements.attribution_ground import own_subject as subject_of
from onrecord.statements.via_speakers import PRONOUNS


def of_cue(g: Ground, one: Found, start: int, cues: dict[int, Found]) -> bool:
    """The channel belongs to no clause with a subject of its own: "…, after traders posted videos on TikTok"."""
    parsed = g.parsed
    at = g.word_at(start)
    if (leads := _opens_main_clause(g, one, at, cues)) is not None:
        return leads
    for _ in range(12):
        if at == one.cue_word or parsed.head[at] == at:
            break
        other = cues.get(at)
        if other is not None and other.speaker != one.speaker and parsed.lemma[at] not in _HOLDING:
            return False  # "while the army denies it, witnesses told Lagoa Radio that …"
        at = parsed.head[at]
        if parsed.dep[at] in {"advcl", "relcl"} and at > one.cue_word:
            own = any(
                parsed.dep[k] in {"nsubj", "nsubjpass"} and parsed.lower[k] not in PRONOUNS for k in parsed.kids[at]
            )
            return not own
    other = cues.get(at)
    if other is None and at != one.cue_word and parsed.pos[at] == "VERB" and parsed.dep[one.cue_word] == "advcl":
        return _owns(g, one, at)  # "Before the army claimed it, the mayor had given an update on Telegram"
    return other is None or at == one.cue_word or other.speaker == one.speaker or _shared(g, one, other)


def _owns(g: Ground, one: Found, verb: int) -> bool:
    """The verb's subject is the speaker, or a pronoun for him."""
    who = subject_of(g.parsed, verb)
    if who is None and any(g.parsed.lower[k] in _WHEN for k in g.parsed.kids[one.cue_word] if k < one.cue_word):
        return False  # "before the army claimed it, …"
    if who is None or one.speaker is None or g.parsed.lower[who] in PRONOUNS:
        return True
    return one.speaker[0] <= g.parsed.start[who] < one.speaker[1]


_WHEN = frozenset({"before", "after", "when", "while", "as", "since", "until", "once"})
_HOLDING = frozenset({"report", "quote", "cite"})


def _shared(g: Ground, one: Found, other: Found) -> bool:
    """The cue has no subject of its own beside the other's: both speak there."""
    if other.voice == "hedged" and one.voice != "hedged":
        return False  # "a video on TikTok appears to show …, and the army says …"
    return subject_of(g.parsed, one.cue_word) is None or other.speaker is None or one.speaker is None


def _opens_main_clause(g: Ground, one: Found, channel: int, cues: dict[int, Found]) -> bool | None:
    """In "SPEAKING TO Lagoa Radio, two weeks after Leal ruled it out, Reis SAID …" it is the main verb's; None for
    sentences that open otherwise or have no cue for main verb."""
    parsed = g.parsed
    first, past = g.sentences[g.sentence_of[one.cue_word]]
    comma = next((w for w in range(first, past) if parsed.words[w] == ","), first)
    if parsed.lower[first] not in _SPEAKING or not first < channel < comma:
        return None
    main = [w for w in range(comma, past) if w in cues and parsed.dep[w] == "ROOT"]
    return parsed.dep[one.cue_word] in {"ROOT", "conj"} if main else None


_SPEAKING = frozenset({"speaking", "talking", "writing", "appearing", "interviewed", "posting"})
