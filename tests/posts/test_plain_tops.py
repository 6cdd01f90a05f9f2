"""What stands above, between and below the posts of a plain-text page, in words of our own → posts."""

from __future__ import annotations

import pytest
from tests.posts.shapes import PARTS
from tests.posts.test_plain import first_words, page, told

BODY = [story["body"] for story in PARTS["story"]]
HEAD = [story["title"] for story in PARTS["story"]]


def post(n: int) -> str:
    return "\n\n".join([HEAD[n], *BODY[n]])


def titles(text: str) -> list[str | None]:
    return [p.title for p in page(text).posts]


def test_furniture_below_a_headline_that_stands_twice_is_the_pages_own() -> None:
    top = "Storm latest: army called in as river rises"
    text = f"""{top} | World | The Gazette

{top}

The army has been called in to fill sandbags along the river in two provinces, ministers say.

Soldiers at the river

Image: Soldiers at the river

Why you can trust the Gazette

{post(0)}

{post(6)}
"""
    assert titles(text) == [HEAD[0], HEAD[6]]


def test_a_name_below_furniture_begins_a_post_whose_time_was_lost() -> None:
    text = f"""Storm live updates: two villages cut off as river rises

14:32

{post(0)}

Key events

Show key events only

Milan Kovac

Milan Kovac

{BODY[6][0]}
"""
    assert [(when, who) for when, who, _ in told(page(text))] == [("2031-03-01T14:32", None), (None, "Milan Kovac")]


def test_buttons_in_a_row_end_posts() -> None:
    text = f"""Storm latest: two villages cut off – live

{BODY[0][0]}

{BODY[0][1]}

Share

Updated at

Key events

{BODY[6][0]}

{BODY[6][1]}
"""
    assert first_words(page(text)) == ["The road bridge", "Agriculture Minister Paulo"]


def test_a_list_of_key_events_is_no_row_of_posts() -> None:
    text = f"""Storm batters coast: live

Key updates

14:32 Bridge reopens to lorries
14:10 Minister resigns

14:32

{post(0)}

14:10

{post(6)}
"""
    assert [(when, title) for when, _, title in told(page(text))] == [
        ("2031-03-01T14:32", HEAD[0]),
        ("2031-03-01T14:10", HEAD[6]),
    ]


def test_updates_without_times_are_posts() -> None:
    updates = "\n\n".join(f"Update: {text}" for text in (BODY[12][0], BODY[12][2], BODY[7][0]))
    text = f"Blast at market\n\nNo word yet on what happened.\n\n{updates}\n"
    assert len(page(text).posts) == 4


def test_clocks_below_a_weekday_are_of_that_day() -> None:
    text = f"""How the blast unfolded:

* Thursday, 6pm: Doors open at the hall in the north of the city.

* 10.30pm: {BODY[12][0]}

* Friday, 1.10am: {BODY[6][0]}
"""
    assert [when for when, _, _ in told(page(text))] == ["2031-02-27T18:00", "2031-02-27T22:30", "2031-02-28T01:10"]


@pytest.mark.parametrize(("line", "clock"), [("11.45 a.m. (0600 GMT)", "11:45"), ("7.46 (2.46)", "07:46")])
def test_of_two_clocks_the_first_is_the_posts(line: str, clock: str) -> None:
    other = "11.20 a.m. (0535 GMT)" if "GMT" in line else "7.38 (2.38)"
    sep = "\n" if "GMT" in line else " "
    text = f"Storm live\n\n{line}{sep}{BODY[0][0]}\n\n{other}{sep}{BODY[6][0]}\n"
    times = [when for when, _, _ in told(page(text))]
    assert len(times) == 2
    assert times[0] == f"2031-03-01T{clock}"


def test_what_was_announced_far_down_leaves_the_posts_above_it() -> None:
    text = f"{post(0)}\n\n{post(6)}\n\nHere is what else you need to know:\n\n{post(17)}\n"
    assert len(page(text).posts) >= 2
    assert page(text).posts[0].start == 0


def test_a_page_cut_off_below_a_headline_ends_with_it() -> None:
    assert titles(f"Storm live updates\n\n{post(0)}\n\n{post(6)}\n\n{HEAD[13]}") == [HEAD[0], HEAD[6], HEAD[13]]


def test_a_time_at_which_the_outlet_takes_leave_is_no_post() -> None:
    text = "Storm live\n\n14:43 - That's all from the desk tonight. We'll be back at dawn.\n\n"
    text += f"14:40 - {BODY[0][0]}\n\n14:31 - {BODY[6][0]}\n"
    assert [when for when, _, _ in told(page(text))] == ["2031-03-01T14:40", "2031-03-01T14:31"]


def test_points_below_here_are_the_live_updates_are_posts() -> None:
    points = "\n\n".join(f"* {body[0]}" for body in BODY[:4])
    text = f"{BODY[5][0]}\n\n{BODY[6][0]}\n\nHere are the live updates:\n\n{points}\n"
    assert len(page(text).posts) == 4


def test_the_first_of_two_headlines_is_the_pages_where_no_other_post_has_two() -> None:
    text = f"Army called in as river rises\n\n{post(0)}\n\n{post(6)}\n\n{post(3)}\n"
    assert titles(text) == [HEAD[0], HEAD[6], HEAD[3]]


def test_whose_words_stand_above_signs_no_post() -> None:
    said = "Ana Reis, who runs the ferries, said the pier was lost.\n\nNobody can land there now.\n\n– Ana Reis"
    found = page(
        f"Storm live: army called in\n\n{post(0)}\n\nFerries stop for good after storm\n\n{said}\n\n{post(6)}\n"
    ).posts
    assert [p.author for p in found] == [None, None, None]
    assert [p.title for p in found] == [HEAD[0], "Ferries stop for good after storm", HEAD[6]]


def test_a_label_below_each_time_is_no_tail_of_the_page() -> None:
    posts = [
        f"{clock} (IST)\n\nStorm live latest\n\n{post(n)}" for clock, n in (("14:32", 0), ("14:10", 6), ("13:55", 3))
    ]
    text = "\n\n".join(
        ["Storm live: army called in as river rises", *posts, f"13:40 (IST)\n\nStorm live latest\n\n{HEAD[4]}"]
    )
    assert titles(text) == [HEAD[0], HEAD[6], HEAD[3], HEAD[4]]


def test_what_stands_below_each_name_is_a_headline_also_where_it_trails_off() -> None:
    heads = (HEAD[0], "Who closed the bridge?", "Some of you ask about the old pier...")
    text = "\n\n".join(f"By Ana Sousa\n\n{head}\n\n{BODY[n][0]}" for n, head in enumerate(heads))
    assert titles(f"Storm live updates\n\nLive updates\n\n{text}\n") == list(heads)


def test_a_first_time_with_nothing_told_above_it_opens_its_post() -> None:
    posts = [
        f"{clock} ET\n\n{HEAD[n]}\n\n{BODY[n][0]}"
        for clock, n in (("1:20 p.m.", 0), ("1:15 p.m.", 6), ("1:02 p.m.", 3))
    ]
    text = "Storm in the north\n\n54 Posts\nSort by\n" + "\n".join(posts)
    assert titles(text) == [HEAD[0], HEAD[6], HEAD[3]]


def test_a_headline_right_below_its_time_may_stand_above_a_pictures_credit() -> None:
    shown = f"14:10\n\n{HEAD[6]}\n\nAna Sousa/AFP\n\n{BODY[6][0]}"
    assert titles(f"Storm live: army called in\n\n14:32\n\n{post(0)}\n\n{shown}\n") == [HEAD[0], HEAD[6]]


def test_a_trial_live_before_its_day_is_a_live_page() -> None:
    text = f"Ferry trial live – 11 April\n\n{BODY[0][0]}\n\n{BODY[6][0]}\n\n{BODY[3][0]}\n\n{BODY[5][0]}\n"
    assert len(page(text).posts) > 1
