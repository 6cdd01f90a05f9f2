from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.statements.said import drafts, said


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # where the cue stands
        ("Ministers said on Monday that the dam would hold.", "Ministers", ["the dam would hold"]),
        ("The dam will hold, the governor has said.", "the governor", ["The dam will hold"]),
        ("The floods, officials said, had killed 40 people.", "officials", ["The floods", "had killed 40 people"]),
        ("But the dam held, said Ana Duarte.", "Ana Duarte", ["the dam held"]),
        ("Dam will hold, says governor", "governor", ["Dam will hold"]),
        ("Governor: dam will hold", "Governor", ["dam will hold"]),
        ("OFFICIALS SAY DAM WILL HOLD", "OFFICIALS", ["DAM WILL HOLD"]),
        ("THE GOVERNOR SAID THE DAM WOULD HOLD.", "THE GOVERNOR", ["THE DAM WOULD HOLD"]),
        # where its words end
        (
            "Crews say the road is open but fog and ice have shut the pier.",
            "Crews",
            ["the road is open but fog and ice have shut the pier"],
        ),
        (
            "The mayor said the men had raided the farm, freed nine horses, then left.",
            "The mayor",
            ["the men had raided the farm, freed nine horses, then left"],
        ),
        (
            "Police say he broke a window, took the keys and drove off.",
            "Police",
            ["he broke a window, took the keys and drove off"],
        ),
        # who, and to whom
        ("Ana Duarte, the governor, told Radio Lume that the dam held.", "Ana Duarte, the governor", ["the dam held"]),
        ("Okello, who fled in May, said the camp was full.", "Okello", ["the camp was full"]),
        ("Two sources familiar with the plan said it was dead.", "Two sources familiar with the plan", ["it was dead"]),
        ("The minister was quoted as saying that the strike was over.", "The minister", ["the strike was over"]),
        ("The crew was told by the pilots that both engines had failed.", "the pilots", ["both engines had failed"]),
        # according to
        ("According to the mayor, the pumps had failed.", "the mayor", ["the pumps had failed"]),
        ("According to the mayor, Rui Leal, the pumps failed.", "the mayor, Rui Leal", ["the pumps failed"]),
        ("The pumps failed, according to the water board.", "the water board", ["The pumps failed"]),
        # infinitives, objects, nouns
        ("The union vowed to continue the strike.", "The union", ["to continue the strike"]),
        ("Lima urged residents to leave the valley.", "Lima", ["residents to leave the valley"]),
        ("The union called for talks to be reopened.", "The union", ["talks to be reopened"]),
        ("The clerk accused the mayor of taking bribes.", "The clerk", ["the mayor of taking bribes"]),
        ("The bishop described the raid as a disgrace.", "The bishop", ["the raid as a disgrace"]),
        ("The board repeated its claim that the vote was fair.", "The board", ["the vote was fair"]),
        ("Doctors issued a warning to parents that the syrup was unsafe.", "Doctors", ["the syrup was unsafe"]),
        # naming: the name may stand first, or be one noun with the thing
        ("Leal described as “absurd” the claim that he had fled.", "Leal", ["“absurd” the claim that he had fled"]),
        ("The club called his exit ‘desertion’.", "The club", ["his exit ‘desertion’"]),
        # what the parser is easily wrong about
        (
            "Guards reported two quakes, including one that broke a pane.",
            "Guards",
            ["two quakes, including one that broke a pane"],
        ),
        (
            "In a video posted late on Sunday, the navy reported a leak near the pier.",
            "the navy",
            ["a leak near the pier"],
        ),
        ("Captain Rui Leal said so far, nine boats were lost.", "Captain Rui Leal", ["so far, nine boats were lost"]),
        ("The strike ended and moved nobody, she continues.", "she", ["The strike ended and moved nobody"]),
        (
            "Results relayed by the Lume Herald newspaper show Leal winning 48% of the vote.",
            "the Lume Herald newspaper",
            ["Leal winning 48% of the vote"],
        ),
        (
            "The envoy said the talks had failed, sidestepping remarks by his host.",
            "The envoy",
            ["the talks had failed"],
        ),
        ("Leal said he had read his remarks, aired by Radio Lume on Friday.", "Leal", ["he had read his remarks"]),
        ("The board confirmed that one crew had left, without naming it.", "The board", ["one crew had left"]),
        ("Officials blamed the fire on “careless campers”.", "Officials", ["the fire on “careless campers”"]),
        (
            "The navy says efforts to raise the ferry are going well.",
            "The navy",
            ["efforts to raise the ferry are going well"],
        ),
        ("Lume blamed Norvian shelling for the fire.", "Lume", ["Norvian shelling for the fire"]),
        ("The coroner said: 94 dead in Lume, 71 in Sul.", "The coroner", ["94 dead in Lume, 71 in Sul"]),
        ("Leal asked for a delay until May.", "Leal", ["a delay until May"]),
        ("Leal likened the mayor to a king.", "Leal", ["the mayor to a king"]),
        ("Ana Duarte told the hearing she was “minded” to act.", "Ana Duarte", ["she was “minded” to act"]),
    ],
)
def test_reported_speech(text: str, speaker: str, content: list[str]) -> None:
    found = said(text)
    assert [(s.speaker, s.content) for s in found] == [(speaker, content)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("“The dam will hold,” said Ana Duarte, the governor.", "Ana Duarte, the governor", ["The dam will hold"]),
        ("“The dam will hold”, the governor insisted.", "the governor", ["The dam will hold"]),
        ("‘The dam will hold,’ she said.", "she", ["The dam will hold"]),
        (
            "“We are back,” the clerk, who asked not to be named, told a radio station.",
            "the clerk",
            ["We are back"],
        ),
        (
            "“We saw three men,” a nurse, who declined to be identified for fear of the militia, said.",
            "a nurse",
            ["We saw three men"],
        ),
        ('She said: "The dam will hold."', "She", ["The dam will hold."]),
        ("''The dam will hold,'' Mr. Leal said.", "Mr. Leal", ["The dam will hold"]),
        ("«The dam will hold», the mayor said.", "the mayor", ["The dam will hold"]),
        ("„The dam will hold“, said the mayor.", "the mayor", ["The dam will hold"]),
        ("“I saw it,” Okello said, “and I ran. It was loud.”", "Okello", ["I saw it", "and I ran. It was loud."]),
        ("“I ran,” Okello said. “It was loud.”", "Okello", ["I ran", "It was loud."]),
        ("“I ran,” Okello said.\n“It was loud.”", "Okello", ["I ran", "It was loud."]),
        ("Okello said: “I ran.\n“It was loud.”", "Okello", ["I ran.", "It was loud."]),
    ],
)
def test_direct_speech(text: str, speaker: str, content: list[str]) -> None:
    found = said(text)
    assert [(s.speaker, s.content, s.draft.mode) for s in found] == [(speaker, content, "direct")]


def test_two_speakers_in_one_paragraph_stay_apart() -> None:
    found = said("“We will stay,” Duarte said. Her rival disagreed. “We must go now,” said Leal.")
    assert [(s.speaker, s.content) for s in found if s.draft.mode == "direct"] == [
        ("Duarte", ["We will stay"]),
        ("Leal", ["We must go now"]),
    ]


def test_a_speaker_who_goes_on_gets_a_second_statement() -> None:
    found = said("Duarte said the dam had held, adding that repairs would take a year.")
    assert [(s.speaker, s.cue, s.content) for s in found] == [
        ("Duarte", "said", ["the dam had held"]),
        ("Duarte", "adding", ["repairs would take a year"]),
    ]


def test_a_second_verb_is_the_speakers_own() -> None:
    found = said("Leal has said that the road is safe and urged drivers to use it.")
    assert [(s.speaker, s.content) for s in found] == [("Leal", ["the road is safe"]), ("Leal", ["drivers to use it"])]


def test_quoted_words_inside_a_paraphrase_make_it_mixed() -> None:
    (one,) = said("Duarte said the dam was “as safe as a house” after repairs.")
    assert (one.draft.mode, one.content) == ("mixed", ["the dam was “as safe as a house” after repairs"])


def test_a_quote_of_several_sentences_inside_a_clause_stays_whole() -> None:
    (one,) = said("Duarte said that her neighbours “were tired. They were cold” when help came.")
    assert one.content == ["her neighbours “were tired. They were cold” when help came"]


def test_speech_inside_speech_is_nested() -> None:
    found = said("“The president has said that the talks will resume,” Okello added.")
    assert [(s.speaker, s.draft.nested_in) for s in found] == [("Okello", None), ("The president", 0)]


def test_what_the_writer_adds_at_the_end_is_not_said() -> None:
    (one,) = said("Duarte said it belonged to the Leal family, who left the valley in May after a flood.")
    assert one.content == ["it belonged to the Leal family"]


def test_refusal_to_comment_has_what_was_asked_as_content() -> None:
    (one,) = said("Asked whether the dam was safe, the governor declined to comment.")
    assert (one.speaker, one.draft.act, one.content) == ("the governor", "declines", ["whether the dam was safe"])


def test_a_denial_after_the_noun() -> None:
    found = said("The clerk said the mayor took bribes, an accusation denied by city hall.")
    assert ("city hall", "denies", ["an accusation"]) in [(s.speaker, s.draft.act, s.content) for s in found]


@pytest.mark.parametrize(
    "text",
    [
        "Video showed the ferry leaving the pier.",
        "The storm threatens to close the port, which lies on the coast.",
        "We reported earlier on the closure of the port.",
        "The film, “Harbour of the Lost,” opens on Friday.",
        "The ferry left the pier at noon.",
        "The bank would sell the site rather than order a halt.",
        "Leal faces charges of forging deeds.",
    ],
)
def test_no_source_no_statement(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The ministry denied that troops had fired.", "denies"),
        ("Leal refused to sign the deal.", "declines"),
        ("The company said it would not raise wages.", "declines"),
        ("The general ordered his men to withdraw.", "orders"),
        ("The union demanded that wages be raised.", "asks"),
        ("“Where is the mayor?” Okello asked.", "asks"),
        ("The council announced it will rebuild the school.", "promises"),
        ("The king pledged to visit the camp.", "promises"),
        ("Leal warned that the river could rise.", "warns"),
        ("The regime said any raid would be met with retaliation.", "warns"),
        ("The farmer said the river had risen.", "asserts"),
    ],
)
def test_act(text: str, act: str) -> None:
    assert [s.draft.act for s in said(text)] == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Leal believes the road is lost.", "thinks"),
        ("The club hopes to win the cup.", "wants"),
        ("The club plans to sell the ground.", "plans"),
    ],
)
def test_thoughts_have_acts_of_their_own(text: str, act: str) -> None:
    assert [d.act for d in drafts(text)] == [act]


def test_transcripts_and_interviews() -> None:
    text = "Q: When did you leave the valley?\nA: We left it in May with the cows.\nQ: Who helped you then?"
    assert [(s.speaker, s.content[0][:4]) for s in said(text)] == [("Q", "When"), ("A", "We l"), ("Q", "Who ")]


def test_a_line_with_a_colon_is_no_speech_by_itself() -> None:
    assert said("Full report: Storm closes the northern ports") == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["“", "”", '"', "'", "‘", " said", " Duarte", " he was late", ".", ",", "\n", "\u200b", "😀"]),
        max_size=25,
    )
)
def test_spans_always_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces) or "x"
    for draft in drafts(text):
        for start, end in (*draft.content, draft.cue or (0, 1), draft.speaker or (0, 1)):
            assert 0 <= start < end <= len(text)
        assert draft.nested_in is None or draft.nested_in >= 0


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("GENEVA (AP) — Cases rose sharply, officials said.", "officials", ["Cases rose sharply"]),
        ("NAIROBI — Police said the march was peaceful.", "Police", ["the march was peaceful"]),
        ("LIMA, 3 May (Reuters) - Leal said on Friday he had closed the mine.", "Leal", ["he had closed the mine"]),
    ],
)
def test_datelines_and_days_are_not_said(text: str, speaker: str, content: list[str]) -> None:
    assert [(s.speaker, s.content) for s in said(text)] == [(speaker, content)]


@pytest.mark.parametrize("text", ["Blast kills three – officials", "Blast kills three: officials"])
def test_headlines_that_end_with_their_source(text: str) -> None:
    assert [(s.speaker, s.content) for s in said(text)] == [("officials", ["Blast kills three"])]


def test_an_outlet_that_reports_what_others_said() -> None:
    found = said("Rescuers said 12 miners had been found alive, state media reported.")
    assert [(s.speaker, s.draft.nested_in, s.draft.via) for s in found] == [("Rescuers", None, ("state media",))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The union puts turnout at one in 10.", [("The union", "turnout at one in 10", "asserts")]),
        ("A count by the province gives 201 dead.", [("A count by the province", "201 dead", "asserts")]),
        ("It measured the quake at 6.8; others put it at 7.", [
            ("It", "the quake at 6.8", "asserts"), ("others", "it at 7", "asserts")]),
        ("The water rose and the bank has put the damage at $5m. A nurse said it was cold.", [
            ("the bank", "the damage at $5m", "asserts"), ("A nurse", "it was cold", "asserts")]),
        ("Gov. Stone ordered flags lowered across Ohio and promised $25 from a fund.", [
            ("Gov. Stone", "flags lowered across Ohio", "orders"), ("Gov. Stone", "$25 from a fund", "promises")]),
        ("His lawyer, Ana Bond, said he would plead not guilty and urged calm.", [
            ("His lawyer, Ana Bond", "he would plead not guilty", "asserts"),
            ("His lawyer, Ana Bond", "calm", "asks")]),
        ("Lima said two planes would land, while Chile pledged $3 million.", [
            ("Lima", "two planes would land", "asserts"), ("Chile", "$3 million", "promises")]),
        ("Ms Marsh ruled out a law to end the strike, telling MPs that it would fail.", [
            ("Ms Marsh", "a law to end the strike", "declines"), ("Ms Marsh", "it would fail", "asserts")]),
        ("Police denied shelling a clinic in Nur, where medics say 29 people died.", [
            ("Police", "shelling a clinic in Nur", "denies"), ("medics", "29 people died", "asserts")]),
        ("She spoke up. In a statement she said:\nI have asked both sides to return.\nIt rained.", [
            ("she", "I have asked both sides to return.", "asserts")]),
        ("The army called the accusation “a lie told over graves”.", [
            ("The army", "the accusation “a lie told over graves”", "denies")]),
        ("“We will not sit with them,” the chief said.", [("the chief", "We will not sit with them", "declines")]),
        ("Army admits leaving base near Kosti\nIt rained.", [("Army", "leaving base near Kosti", "asserts")]),
        ("One of them, who asked not to be named, said it held.", [("One of them", "it held", "asserts")]),
        ("The talks may move, after neither side confirmed that it would attend.", []),
        ("Leal has not yet asked for help.", []),
    ],
)  # fmt: skip
def test_who_says_what_and_does_what_by_saying_it(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [(s.speaker, " … ".join(s.content), s.draft.act) for s in said(text)] == wanted


def test_a_short_relative_clause_at_the_end_is_said_too() -> None:
    (one,) = said("Duarte says that neighbours bring water to the Leal family, who sleep in a gym.")
    assert one.content == ["neighbours bring water to the Leal family, who sleep in a gym"]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Peru reported 40 cases on Thursday, bringing the total to 90, data from its health ministry showed.",
            "its health ministry",
            "Peru reported 40 cases on Thursday, bringing the total to 90",
        ),
        (
            "Exports fell by a tenth in May, official figures showed.",
            "official figures",
            "Exports fell by a tenth in May",
        ),
        ("Peru reported 40 cases on Thursday.", "Peru", "40 cases on Thursday"),
        ("Officials indicated that the bridge would open.", "Officials", "the bridge would open"),
        ("She told of a secret deal with the bank, which Duarte denies.", "Duarte", "a secret deal with the bank"),
        ("Leaked papers outline how the firm cut jobs.", "Leaked papers", "how the firm cut jobs"),
    ],
)
def test_numbers_put_out_and_denials_below(text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in [(s.speaker, " … ".join(s.content)) for s in said(text)]


def test_a_person_of_the_post_ends_its_headline() -> None:
    text = "No second toll road - Duarte\nTransport minister Ana Duarte spoke to drivers."
    assert ["No second toll road"] in [s.content for s in said(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A second crew fell behind responding to the fire.",
        "The bodies were discovered by two walkers.",
        "A warrant charges the man with theft.",
        "Engineers were at the dam to determine whether it is safe.",
        "The union raised the issue of rent.",
        "The winner’s rivals congratulated him.",
        "The board announced the new figures.",
        "Radio Lume aired footage showing two boats under water.",
        "The truce promises the first quiet week of the year.",
    ],
)
def test_no_words_are_given(text: str) -> None:
    assert [(s.speaker, s.content) for s in said(text)] == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Asked whether she had met the banker, Okello said: “No.”", "denies"),
        ("Leal replied: “No, of course not.”", "denies"),
        ("Leal said reports that he had met the banker in March were not true.", "denies"),
        ("The mayor did not deny that the vault had been opened.", "declines"),
        ("Leal said reports that he had met the banker were true.", "asserts"),
    ],
)
def test_denials_that_are_none_and_answers_that_are(text: str, act: str) -> None:
    assert [one.draft.act for one in said(text)][-1] == act


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Police are looking into claims made by Ana Reis that ballots were lost.", "Ana Reis", "ballots were lost"),
        ("A medic in the port who spoke by phone said nine had drowned.", "A medic in the port", "nine had drowned"),
        ("Leal warned that the well was dry, Lagoa Radio reported.", "Leal", "the well was dry"),
        ("There are reports from residents that the well is dry.", "residents", "the well is dry"),
    ],
)
def test_whose_words_they_are(text: str, speaker: str, content: str) -> None:
    assert (speaker, [content]) in [(one.speaker, one.content) for one in said(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("No cause for a second vote in Norvia, Lomar says", "Lomar", "No cause for a second vote in Norvia"),
        ("Board says two lifts out of use", "Board", "two lifts out of use"),
        ("Ferry fares ‘far too high’: islanders’ association", "islanders’ association", "Ferry fares ‘far too high’"),
    ],
)
def test_headlines_without_a_verb_of_their_own(text: str, speaker: str, content: str) -> None:
    assert (speaker, [content]) in [(one.speaker, one.content) for one in said(text)]
