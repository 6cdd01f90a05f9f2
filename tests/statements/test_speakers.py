"""Who a page's speakers are: names, sides, pronouns and offices, with the whole page in view."""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.model import Block, Place, Post, Setting, Span, Speaker
from onrecord.statements import mentions, sides, speakers
from onrecord.statements.draft import Draft, StatementDraft
from onrecord.statements.parse import parse

UNDATED = Setting()


def resolve(
    *posts: tuple[str, list[str]], setting: Setting = UNDATED, places: dict[str, str] | None = None
) -> list[Speaker]:
    """The speakers of a page, given each post's text and the words that name its speakers, in text order."""
    page = []
    for number, (text, wanted) in enumerate(posts):
        at, statements = 0, []
        for words in wanted:
            start = next(m.start() for m in re.finditer(rf"\b{re.escape(words)}(?!\w)", text) if m.start() >= at)
            at = start + len(words)
            statements.append(StatementDraft("attributed", ((0, 1),), speaker=(start, at)))
        post = Post(str(number), text, (Block("paragraph", 0, len(text)),))
        found = mentions.find(next(iter(parse([post]))), statements)
        page.append((post, Draft(tuple(statements), tuple(found))))
    where = [
        [_place(post, name, code) for name, code in (places or {}).items() if name in post.text] for post, _ in page
    ]
    return [s for row in speakers.resolve(page, setting, where) for s in row if s]


def _place(post: Post, name: str, code: str) -> Place:
    start = post.text.index(name)
    return Place(Span(post.id, start, start + len(name), name), name, code, "city")


def named(
    *posts: tuple[str, list[str]], setting: Setting = UNDATED, places: dict[str, str] | None = None
) -> list[tuple[str, str | None]]:
    return [(s.name, s.side) for s in resolve(*posts, setting=setting, places=places)]


def test_a_surname_finds_its_full_name_anywhere_on_the_page() -> None:
    newer = ("“It is over,” Mr Reis said.", ["Mr Reis"])
    older: tuple[str, list[str]] = ("Peruvian foreign minister Tomas Reis flew home.", [])
    assert named(newer, older) == [("Tomas Reis", "Peru")]


def test_spellings_of_one_name_are_one_person() -> None:
    text = "Ukrainian mayor Andriy Kovalenkyy spoke. Kovalenky said so."
    assert named((text, ["Kovalenky"]))[0][0] == "Andriy Kovalenkyy"


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Ana Reis came with Tomas Reis. Ms Reis said yes. Mr Reis said no."
    assert [name for name, _ in named((text, ["Ms Reis", "Mr Reis"]))] == ["Ana Reis", "Tomas Reis"]


def test_an_office_finds_its_holder() -> None:
    text = "Chad’s president has called a vote. “We are ready,” President Idi Sarr said."
    assert named((text, ["Chad’s president", "President Idi Sarr"])) == [("Idi Sarr", "Chad")] * 2


def test_a_role_in_one_paragraph_and_its_name_in_the_next() -> None:
    text = (
        "President Idi Sarr of Chad met his army chief, who told him it was over.\n"
        "Oumar Deby, chief of Chad’s general staff, told the president so."
    )
    assert (
        named((text, ["his army chief", "Oumar Deby, chief of Chad’s general staff"])) == [("Oumar Deby", "Chad")] * 2
    )


def test_other_offices_and_former_holders_are_not_meant() -> None:
    text = "Foreign minister Ana Reis and former defence minister Tomas Lobo met in Lima. The defence minister said so."
    assert named((text, ["The defence minister"]))[0][0] not in {"Ana Reis", "Tomas Lobo"}


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ana Reis, the mayor, met Tomas Lobo. “We agree,” she said.", "she", "Ana Reis"),
        ("Ana Reis, the mayor, met Tomas Lobo. “We agree,” he said.", "he", "Tomas Lobo"),
        ("Peru’s health ministry closed schools. It said the wave was rising.", "It", "Peruvian health ministry"),
        ("Chad expelled a diplomat it claimed was a spy.", "it", "Chadian government"),
        ("Two officials met Ana Reis. They said talks went on.", "They", "unnamed: two officials"),
    ],
)
def test_pronouns_agree(text: str, pronoun: str, name: str) -> None:
    assert named((text, [pronoun]))[0][0] == name


def test_the_last_speaker_goes_on_over_those_spoken_of() -> None:
    text = "Tomas Lobo, the mayor, said Jorge Nunes had looked at the bridge. “I trust him,” he added."
    assert {name for name, _ in named((text, ["Tomas Lobo, the mayor", "he"]))} == {"Tomas Lobo"}


def test_a_pronoun_never_looks_into_another_post() -> None:
    assert named(("Mayor Ana Reis spoke.", []), ("“It is over,” she said.", ["she"]))[0][0] == "unnamed: someone"


def test_the_ministry_is_the_one_named_before() -> None:
    text = "Chad’s defence ministry met Peru’s health ministry. The defence ministry said so."
    assert named((text, ["The defence ministry"]))[0][1] == "Chad"


def test_a_place_speaks_for_its_government() -> None:
    text = "Lima has protested, Britain said."
    assert named((text, ["Lima", "Britain"])) == [("Peruvian government", "Peru"), ("UK government", "UK")]


def test_unnamed_sources_keep_their_words_and_side() -> None:
    text = "A Peruvian source close to the talks said no. The Peruvian source said why. A resident of Lima said so."
    assert named((text, ["A Peruvian source close to the talks", "The Peruvian source", "A resident of Lima"])) == [
        ("unnamed: a Peruvian source close to the talks", "Peru"),
        ("unnamed: a Peruvian source close to the talks", "Peru"),
        ("unnamed: a resident of Lima", None),
    ]


def test_a_source_named_later() -> None:
    text = "A watchdog asked for it. The watchdog, the Lagoa Rights Centre, was angry."
    assert named((text, ["A watchdog"]))[0][0] == "Lagoa Rights Centre"


def test_an_office_is_named_behind_where_and_when_it_spoke() -> None:
    text = (
        "A Chadian minister says it is untrue. Speaking to reporters in Lagoa, Deputy Prime Minister Ana Reis said so."
    )
    assert named((text, ["A Chadian minister", "Deputy Prime Minister Ana Reis"])) == [("Ana Reis", "Chad")] * 2
    text = "A Chadian governor wants it closed. Jo Park had left when, in a panic, Ana Reis said so."
    assert named((text, ["A Chadian governor", "Ana Reis"]))[0] == ("unnamed: a Chadian governor", "Chad")


def test_local_officials_are_of_the_place() -> None:
    text = "Planes of Chad bombed Lagoa, local officials said. The governor of Lagoa, Ana Reis, said so too."
    found = named((text, ["local officials", "The governor of Lagoa, Ana Reis"]), places={"Lagoa": "PE"})
    assert [side for _, side in found] == ["Peru", "Peru"]


def test_a_firm_speaks_for_itself_and_so_do_its_people() -> None:
    text = "Brightwell Ltd bought it. Brightwell’s chief executive Mia Holm said so. The company said more."
    assert named((text, ["Brightwell’s chief executive Mia Holm", "The company"])) == [
        ("Mia Holm", "Brightwell Ltd"),
        ("Brightwell Ltd", "Brightwell Ltd"),
    ]


def test_the_statement_is_whose_it_was() -> None:
    text = "Chad’s foreign ministry said it would answer. “We will act,” the statement added."
    assert named((text, ["Chad’s foreign ministry", "the statement"]))[1] == ("Chadian foreign ministry", "Chad")


def test_known_leaders_only_from_their_first_year() -> None:
    text = "“It is over,” Putin said."
    known = Setting(published=datetime(2024, 1, 1, tzinfo=UTC))
    unknown = Setting(published=datetime(1980, 1, 1, tzinfo=UTC))
    assert named((text, ["Putin"]), setting=known) == [("Vladimir Putin", "Russia")]
    assert named((text, ["Putin"]), setting=unknown)[0][0] == "Putin"


def test_the_page_wins_over_known_leaders() -> None:
    text = "Peruvian singer Lena Putin came. Putin said she was tired."
    assert named((text, ["Peruvian singer Lena Putin", "Putin"]))[1][0] == "Lena Putin"


def test_hedged_and_own_voice_have_no_speaker_and_continuing_ones_keep_theirs() -> None:
    text = "Mayor Ana Reis said so."
    post = Post("1", text, (Block("paragraph", 0, len(text)),))
    told = StatementDraft("attributed", ((20, 22),), speaker=(0, 14))
    statements = (told, StatementDraft("hedged", ((20, 22),)), StatementDraft("attributed", ((20, 22),), continues=0))
    found = mentions.find(next(iter(parse([post]))), statements)
    first, hedged, goes_on = speakers.resolve([(post, Draft(statements, tuple(found)))], Setting())[0]
    assert first == goes_on
    assert hedged is None
    assert first is not None
    assert first.span is not None
    assert (first.kind, first.span.text) == ("person", "Mayor Ana Reis")


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        ("Peruvian drones hit a depot.", "Peruvian drones", ("Peruvian drones", "Peru")),
        ("The rebels of Hamas left.", "Hamas", ("Hamas", "Hamas")),
        ("Mayor Ana Reis left. Reis fell.", "Reis", ("Ana Reis", None)),
        ("The bridge fell.", "The bridge", ("bridge", None)),
    ],
)
def test_parties_of_happenings(text: str, words: str, party: tuple[str, str | None]) -> None:
    post = Post("1", text, (Block("paragraph", 0, len(text)),))
    draft = Draft(mentions=tuple(mentions.find(next(iter(parse([post]))), [])))
    start = text.rindex(words)
    assert speakers.party(post, (start, start + len(words)), draft, []) == party


def test_names_of_sides() -> None:
    assert [sides.government(s) for s in ("Finland", "UK", "EU")] == ["Finnish government", "UK government", "EU"]
    assert sides.of("U.S.") == sides.of("United States")
    assert sides.of("us") is None
    assert sides.fold("Zelenskyy") == sides.fold("Zelensky")


def test_gold_pages_keep_their_speakers(shared: Path) -> None:
    """Names and sides of the hand-made statements, with their own speaker spans."""
    sys.path.insert(0, str(shared / "score"))
    try:
        import score_pages  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    right, asked = [0, 0], [0, 0]
    for file in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))
        page = score_pages.Page((shared / "pages" / gold["file"]).read_text("utf-8"))
        for item, speaker in _spoken(gold, page):
            asked[0] += 1
            right[0] += score_pages.same_name(item["speaker_name"], speaker.name)
            if item["speaker_side"]:
                asked[1] += 1
                right[1] += score_pages.same_side(item["speaker_side"], speaker.side)
    assert right[0] >= 0.92 * asked[0]
    assert right[1] >= 0.92 * asked[1]


def _spoken(gold: dict, page: object) -> list[tuple[dict, Speaker]]:  # type: ignore[type-arg]
    """The page's statements with speakers, each with ours."""
    lines, starts = page.lines, page.starts  # type: ignore[attr-defined]
    posts = []
    for number, told in enumerate(gold["posts"]):
        first, last = min(told["lines"]), max(told["lines"])
        start = starts[first - 1]
        text = page.text[start : starts[last - 1] + len(lines[last - 1])]  # type: ignore[attr-defined]
        blocks = tuple(
            Block("paragraph", starts[n - 1] - start, starts[n - 1] - start + len(lines[n - 1])) for n in told["lines"]
        )
        posts.append((told["id"], Post(str(number), text, blocks, start=start)))
    drafts, items = [], []
    for (number, post), parsed in zip(posts, parse([post for _, post in posts]), strict=True):
        mine = [s for s in gold["statements"] if s["post"] == number and s["speaker"]]
        mine.sort(key=lambda s: page.absolute(s["content"][0]))  # type: ignore[attr-defined]
        statements = tuple(_draft(s, post.start or 0, page) for s in mine)
        drafts.append((post, Draft(statements, tuple(mentions.find(parsed, statements)))))
        items.append(mine)
    found = speakers.resolve(drafts, Setting(outlet=gold["outlet"]))
    return [(s, who) for mine, row in zip(items, found, strict=True) for s, who in zip(mine, row, strict=True) if who]


def _draft(item: dict, start: int, page: object) -> StatementDraft:  # type: ignore[type-arg]
    spans = [tuple(at - start for at in page.absolute(s)) for s in item["content"]]  # type: ignore[attr-defined]
    a, b = page.absolute(item["speaker"])  # type: ignore[attr-defined]
    return StatementDraft("attributed", tuple(spans), speaker=(a - start, b - start), mode=item["mode"])


@pytest.mark.parametrize(
    ("text", "speaker", "wanted"),
    [
        (
            "Tarn Docks, which runs the quays of Chad, shut. Ana Reis, the company’s chief executive, said so.",
            "Ana Reis, the company’s chief executive",
            ("Ana Reis", "Tarn Docks"),
        ),
        (
            "The Pampa Forces shelled a town, the army of Chad said. The group’s spokesman, Tom Lobo, denied it.",
            "The group’s spokesman, Tom Lobo",
            ("Tom Lobo", "Pampa Forces"),
        ),
        (
            "The Pampa Forces shelled a town of Chad. The rebels said why.",
            "The rebels",
            ("Pampa Forces", "Pampa Forces"),
        ),
        (
            "The African Union’s mission left. Its head, the former Ghanaian judge Kofi Mensah, said so.",
            "Its head, the former Ghanaian judge Kofi Mensah",
            ("Kofi Mensah", "African Union"),
        ),
        (
            "In Kenya, Ana Reis, of the People’s Dawn, said so.",
            "Ana Reis, of the People’s Dawn",
            ("Ana Reis", "People’s Dawn"),
        ),
        (
            "Tom Lobo, general secretary of the Allied Bakers’ Union, said so in London.",
            "Tom Lobo, general secretary of the Allied Bakers’ Union",
            ("Tom Lobo", "Allied Bakers’ Union"),
        ),
        (
            "The British minister left. Her Conservative rival, Tom Lobo, said why.",
            "Her Conservative rival, Tom Lobo",
            ("Tom Lobo", "Conservatives"),
        ),
        (
            "Ana Reis, the leader of Uganda’s Dawn Platform, said so.",
            "Ana Reis, the leader of Uganda’s Dawn Platform",
            ("Ana Reis", "Dawn Platform"),
        ),
        (
            "Soldiers of Chad calling themselves the Council of Honour said so.",
            "Soldiers of Chad calling themselves the Council of Honour",
            ("Council of Honour", "Council of Honour"),
        ),
        (
            "The commission declared Ana Reis, a lawyer, winner. Tom Lobo lost. The president-elect said so.",
            "The president-elect",
            ("Ana Reis", None),
        ),
        (
            "Allies of the ousted Prime Minister Ana Reis said so.",
            "Allies of the ousted Prime Minister Ana Reis",
            ("unnamed: Allies of the ousted Prime Minister Ana Reis", None),
        ),
        (
            "A lawyer of opposition leader Ana Reis said so.",
            "A lawyer of opposition leader Ana Reis",
            ("unnamed: a lawyer of opposition leader Ana Reis", None),
        ),
        (
            "The head of the port guard General Ana Reis said so.",
            "The head of the port guard General Ana Reis",
            ("Ana Reis", None),
        ),
        ("The Tarn Valley Police held a man in the UK. The force said so.", "The force", ("Tarn Valley Police", "UK")),
    ],
)
def test_whose_people_speak(text: str, speaker: str, wanted: tuple[str, str | None]) -> None:
    assert named((text, [speaker])) == [wanted]


def test_who_serves_the_public_speaks_for_no_country() -> None:
    text = "In Chad a hospital spokeswoman, Ana Reis, said so. His public defender, Tom Lobo, agreed."
    found = named((text, ["a hospital spokeswoman, Ana Reis", "His public defender, Tom Lobo"]))
    assert [side for _, side in found] == [None, None]


def test_a_bare_role_at_a_headlines_start_is_the_pages_one_body_of_that_role() -> None:
    found = resolve(
        ("Operator concedes that a gate was opened.", ["Operator"]),
        ("The mayor accused the operator Lagoa Kraft of lying. The company said it was sorry.", ["The company"]),
    )
    assert [(s.name, s.side) for s in found] == [("Lagoa Kraft", "Lagoa Kraft")] * 2
    two = resolve(
        ("Operator concedes that a gate was opened.", ["Operator"]),
        ("The mayor met the operator Lagoa Kraft. She rang the operator Onda Ports.", []),
    )
    assert two[0].name == "unnamed: Operator"


def test_a_namesake_with_another_office_is_not_the_leader() -> None:
    minister, pilot = resolve(
        (
            "Lagoa's defence minister Pedro Sánchez said no. The pilot's father, Evgeny Putin, said so.",
            ["Lagoa's defence minister Pedro Sánchez", "The pilot's father, Evgeny Putin"],
        ),
        setting=Setting(published=datetime(2025, 5, 1, tzinfo=UTC)),
    )
    assert minister.side != "Spain"
    assert (pilot.name, pilot.side) == ("Evgeny Putin", None)


def test_a_leader_is_not_a_relative_of_that_name() -> None:
    found = resolve(
        ("President Putin said no.", ["President Putin"]),
        ("President Putin said yes. She is the daughter of Evgeny Putin, a cousin.", ["President Putin"]),
        ("Putin said that he would go.", ["Putin"]),
        setting=Setting(published=datetime(2025, 5, 1, tzinfo=UTC)),
    )
    assert [s.name for s in found] == ["Vladimir Putin"] * 3


def test_a_part_of_a_leaders_own_state_is_that_states() -> None:
    found = resolve(
        ("Tom Lobo, director of Trump's Economic Council, said Chad was bad. Chad is far. Lobo left.",
         ["Tom Lobo, director of Trump's Economic Council"]),
        setting=Setting(published=datetime(2025, 5, 1, tzinfo=UTC)),
    )  # fmt: skip
    assert (found[0].name, found[0].side) == ("Tom Lobo", "US")


def test_a_spokesman_speaks_for_the_body_named_last() -> None:
    found = resolve(
        (
            "The US state department said no. “Yes,” spokesperson Dana Lobo said. Iran was not asked.",
            ["spokesperson Dana Lobo"],
        ),
        (
            "Onda Maritime cut its price. “Yes,” chief executive Marit Lobo said. France was not asked.",
            ["chief executive Marit Lobo"],
        ),
        (
            "The Dawn Front met. Its work is done, said Ali Reis, a spokesman for the group.",
            ["Ali Reis, a spokesman for the group"],
        ),
    )
    assert [s.side for s in found] == ["US", "Onda Maritime", "Dawn Front"]


def test_unions_are_called_by_their_members() -> None:
    found = resolve(
        (
            "The Chad National Union of Teachers said no. Its head, Ana Reis, said yes.",
            ["The Chad National Union of Teachers", "Its head, Ana Reis"],
        )
    )
    assert [s.side for s in found] == ["Chad National Union of Teachers"] * 2


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A school in Ohio opened. Mr Johnson said so.", "Mr Johnson"),
        ("Parents in Ohio are glad. Ms Harris said so.", "Ms Harris"),
        ("Police in Lahore held two men. Mr Abbas said so.", "Mr Abbas"),
        ("A bakery in Munich burned. Mr Scholz said so.", "Mr Scholz"),
        ("Floods hit a market in Pakistan. Khan said so.", "Khan"),
        ("The bus in India fell. Mr Singh said so.", "Mr Singh"),
        ("The storm hit Porto. Costa said so.", "Costa"),
        ("Shops in Lagos were looted. Mr Ahmed said so.", "Mr Ahmed"),
        ("A ferry sank off Iloilo. Ms May said so.", "Ms May"),
        ("The band came to Austin. Vance said so.", "Vance"),
    ],
)
def test_a_surname_alone_is_no_leaders(text: str, who: str) -> None:
    where = {"Ohio": "US", "Lahore": "PK", "Munich": "DE", "Porto": "PT", "Lagos": "NG", "Iloilo": "PH", "Austin": "US"}
    known = Setting(published=datetime(2022, 1, 1, tzinfo=UTC))
    assert named((text, [who]), setting=known, places=where) == [(who.rsplit(maxsplit=1)[-1], None)]


@pytest.mark.parametrize(
    ("text", "who", "name"),
    [
        ("Prime Minister Johnson said so. Mr Johnson said more.", "Mr Johnson", "Boris Johnson"),
        ("Germany will send it. Scholz said so.", "Scholz", "Olaf Scholz"),
        ("Pakistan’s prime minister spoke. Khan said so.", "Khan", "Imran Khan"),
        ("The White House agreed. Harris said so.", "Harris", "Kamala Harris"),
        ("Palestinian leader Abbas left. Mr Abbas said so.", "Mr Abbas", "Mahmoud Abbas"),
    ],
)
def test_a_surname_is_a_leaders_where_the_page_bears_it_out(text: str, who: str, name: str) -> None:
    known = Setting(published=datetime(2022, 1, 1, tzinfo=UTC))
    assert named((text, [who]), setting=known)[0][0] == name


def test_another_of_that_name_on_the_page_is_meant() -> None:
    text = "The UK baker Dan Johnson came."
    known = Setting(published=datetime(2022, 1, 1, tzinfo=UTC))
    assert named((text, []), ("Johnson said so.", ["Johnson"]), setting=known)[0][0] == "Dan Johnson"


@pytest.mark.parametrize(
    ("text", "who", "side"),
    [
        (
            "Iran fired twice. Ann Dole, chief of the Joint Chiefs of Staff, said so.",
            "Ann Dole, chief of the Joint Chiefs of Staff",
            "US",
        ),
        ("Seoul, South Korea, is calm. The Joint Chiefs of Staff said so.", "The Joint Chiefs of Staff", "South Korea"),
        ("Russia hit a town. The defence secretary, Dan Boyle, said so.", "The defence secretary, Dan Boyle", "UK"),
        ("India is calm. Defence Secretary Raj Rao said so.", "Defence Secretary Raj Rao", "India"),
        ("Turkey is calm, the EU minister, Omer Ay, said.", "the EU minister, Omer Ay", "Turkey"),
        ("Chad is calm. Libyan rebels said so.", "Libyan rebels", "Libyan rebels"),
        (
            "It is over, a spokesman for the rebels in Chad said.",
            "a spokesman for the rebels in Chad",
            "Chadian rebels",
        ),
        ("Iraq is calm. A militia commander said so.", "A militia commander", None),
        ("Ukraine is calm. The separatists said so.", "The separatists", None),
        ("Ukraine is calm. Celik said so.", "Celik", None),
    ],
)
def test_nobody_has_the_side_of_whom_he_stands_against(text: str, who: str, side: str | None) -> None:
    assert named((text, [who]))[0][1] == side


def test_letters_in_brackets_are_the_bodys_not_the_holders() -> None:
    text = "The chairman of the Nilo Salvation Council (NSC) said so. He said more. The NSC is new."
    found = named((text, ["The chairman of the Nilo Salvation Council (NSC)", "He"]))
    assert [name.lower().endswith("nilo salvation council (nsc)") for name, _ in found] == [True, True]
    assert {side for _, side in found} == {"Nilo Salvation Council"}


def test_a_judge_without_a_name_is_he() -> None:
    assert named(("The presiding judge sits down. He says so.", ["He"]))[0][0] == "unnamed: the presiding judge"


def test_a_ministry_of_two_things_is_one_and_meant_later() -> None:
    text = "Dutch experts came. The Ministry of Security and Justice said so. The Ministry said more."
    found = named((text, ["The Ministry of Security and Justice", "The Ministry"]))
    assert [name for name, _ in found] == ["Ministry of Security and Justice"] * 2


def test_a_stamp_in_brackets_is_nobody() -> None:
    text = "[Updated at 8:41 a.m. ET, 2:41 p.m. in Chad] Chadian rebels said so."
    assert named((text, ["ET, 2:41 p.m. in Chad] Chadian rebels"])) == [("unnamed: Chadian rebels", "Chadian rebels")]


def test_the_agency_is_the_one_named_last() -> None:
    text = "Reuters said Libya was calm. The agency said more."
    assert named((text, ["Reuters", "The agency"]))[1][0] == "Reuters"


def test_a_commissions_chairman_speaks_for_its_country() -> None:
    text = "In Kenya, Harvest Commission chairman Otho Brandl said so."
    assert named((text, ["Harvest Commission chairman Otho Brandl"])) == [("Otho Brandl", "Kenya")]
