"""What is left of live pages where somebody copied their text, in words of our own → posts."""

from __future__ import annotations

from tests.posts.test_plain import first_words, page, told


def test_seconds_since_1970_are_a_post_s_time_where_it_prints_no_other() -> None:
    text = """Floods: live updates
1930230000
Bridge reopens
The bridge at Tete has reopened to cars.
1930229400
Power is back
Power is back in the hills around Moatize.
"""
    assert [(t and t[:16], title) for t, _, title in told(page(text))] == [
        ("2031-03-02T15:00", "Bridge reopens"),
        ("2031-03-02T14:50", "Power is back"),
    ]


def test_seconds_since_1970_are_furniture_where_names_and_times_close_posts() -> None:
    text = """1930230000
Bridge reopens
The bridge at Tete has reopened to cars.
Ana Sousa1 March 2031 14:32
1930229400
Power is back
Power is back in the hills around Moatize.
Ana Sousa1 March 2031 14:10
"""
    assert [(t and t[11:16], a, title) for t, a, title in told(page(text))] == [
        ("14:32", "Ana Sousa", "Bridge reopens"),
        ("14:10", "Ana Sousa", "Power is back"),
    ]


def test_a_clock_may_hold_a_blank() -> None:
    text = """15: 12
The bridge at Tete has reopened to cars, the mayor says.
15: 02
Power is back in the hills around Moatize.
14:58
The school at Tete stays shut until Monday.
"""
    assert [t and t[11:16] for t, _, _ in told(page(text))] == ["15:12", "15:02", "14:58"]


def test_two_clocks_in_brackets_lead_a_headline() -> None:
    text = """What we know of the talks
(4:30 p.m. ET, 11:30 p.m. local) The truce
The truce calls for both sides to stop firing at midnight.
(3:10 p.m. ET, 10:10 p.m. local) Crossing shut
The crossing at Miro is shut to lorries, drivers say.
[Midnight] The port has been closed for the night, its master says.
"""
    assert [(t and t[11:16], title) for t, _, title in told(page(text))] == [
        ("16:30", "The truce"),
        ("15:10", "Crossing shut"),
        ("00:00", None),
    ]


def test_capitals_behind_a_time_are_no_name_where_others_lead_headlines() -> None:
    text = """22:58 Hospitals in the hills run out of beds

The hospitals in the hills have no beds left, doctors say.

22:52 City Hall Briefing

The city hall briefing has begun in Tete.

22:40 Crowds at the gates

Crowds wait at the gates of the port.
"""
    assert [(a, title) for _, a, title in told(page(text))] == [
        (None, "Hospitals in the hills run out of beds"),
        (None, "City Hall Briefing"),
        (None, "Crowds at the gates"),
    ]


def test_what_stands_above_follow_all_updates_here_is_the_pages_own() -> None:
    text = """Dam: live updates
Mar 1, 2031 8:55 AM IST
The dam at Tete holds, and engineers will look at it again today.
Follow all the updates here:
Mar 1, 2031 8:55 AM IST
Lorries turned back
Lorries have been turned back at the bridge.
Mar 1, 2031 8:26 AM IST
What did the engineers say?
Mar 1, 2031 8:05 AM IST
Police at the gate
Police stand at the gate of the works.
"""
    assert [title for _, _, title in told(page(text))] == [
        "Lorries turned back",
        "What did the engineers say?",
        "Police at the gate",
    ]


def test_a_bare_updated_ends_the_post_that_was_changed() -> None:
    text = """Storm over three provinces – as it happened

What we learned, Tuesday 1 March

That’s it for today, thanks for reading. Here is what happened:

Two ferries have been lost, and the search goes on.

Updated

The villagers of Miro have arrived in Tete, and their mayor says that they are well.

Updated

Court hears the harbour master

The harbour master told the court in Beira that he had warned the ships.

Schools to open

Schools will open on Monday, the ministry says.
"""
    assert first_words(page(text)) == ["What we learned,", "The villagers of", "Court hears the", "Schools to open"]


def test_an_item_of_a_list_is_no_headline() -> None:
    text = """Summary of the night
Here is what we know:
- The president is back in the capital and speaks to the nation at noon
- Soldiers have left the bridge and the station
Reaction in the towns
Crowds came out in the towns of the north, reporters say.
Trains run again
Trains run again between Tete and Beira, the railway says.
"""
    assert first_words(page(text)) == ["Summary of the", "Reaction in the", "Trains run again"]


def test_a_caption_printed_twice_is_no_post() -> None:
    text = """Bridge reopens
Lorries cross the bridge at Tete on Monday afternoon
Lorries cross the bridge at Tete on Monday afternoon. Photograph: Jo Park/Horn Press
The bridge at Tete has reopened to lorries and cars.
Power is back
Power is back in the hills around Moatize.
School stays shut
The school at Tete stays shut until Monday.
"""
    assert first_words(page(text)) == ["Bridge reopens Lorries", "Power is back", "School stays shut"]


def test_names_behind_the_last_full_stop_sign_the_posts_of_a_day() -> None:
    text = """March 1, 2031

Ministers will visit the flooded towns in the south on Saturday, their office says. The towns have no power. Ana Sousa

February 28, 2031

Residents were allowed to go home on Friday morning, and found that half the homes were gone. Jo Park

February 27, 2031

The storm came ashore in the night, forecasters say.
"""
    assert [a for _, a, _ in told(page(text))] == ["Ana Sousa", "Jo Park", None]


def test_drawn_bullets_part_posts_also_where_paragraphs_stand_between() -> None:
    text = """Talks: live updates
The third week of the talks has begun, and many towns wait for news of them.
🔘 An adviser to the president has said that a meeting could take place soon in the capital of a third country.
The foreign minister of that country spoke of the meeting too.
🔘 The finance minister said in an interview that the state has lost access to half of its gold reserves abroad.
He did not say where they are kept.
🔘 The mayor of Miro has been taken away by armed men, local officials say, and nobody knows where he is.
"""
    assert first_words(page(text))[-3:] == ["🔘 An adviser", "🔘 The finance", "🔘 The mayor"]


def test_on_a_short_live_page_every_paragraph_may_be_a_post() -> None:
    text = """Elections: live updates

Ana Sousa, the governor of Tete, has cast her vote at a school in the old town.

At least twelve people were hurt when a wall fell on a queue in Beira, doctors say.

The National Election Commission has sent more ballot papers to three districts in the north.

Carlos Dhlakama, who leads the opposition, says he will not accept a count by hand.
"""
    assert first_words(page(text)) == [
        "Ana Sousa, the",
        "At least twelve",
        "The National Election",
        "Carlos Dhlakama, who",
    ]


def test_clock_and_author_to_which_the_text_is_glued() -> None:
    text = """Markets: live updates
Shares fall in Tete
10:30 , Ana SousaShares fell by two per cent in the first hour, as traders fear for the harvest.
Bank holds its rate
09:52 , Jo ParkThe central bank has held its rate for the third month running, it says.
Oil is cheaper
08:40 , Ana SousaThe price of oil fell by a dollar.
"""
    assert [(t and t[11:16], a, title) for t, a, title in told(page(text))] == [
        ("10:30", "Ana Sousa", "Shares fall in Tete"),
        ("09:52", "Jo Park", "Bank holds its rate"),
        ("08:40", "Ana Sousa", "Oil is cheaper"),
    ]


def test_a_numbered_label_opens_the_post_below_it() -> None:
    text = """  1. Mourners gather in Betapublished at 11:49 British Summer Time

    Mourners have gathered on the square in Beta since the morning.

  2. Analysis

    A picture of two rivalspublished at 11:43 British Summer Time

    Ana Sousa
    Horn editor

    The picture of the two is one of the day.

  3. What is the glass coach?published at 11:40 British Summer Time

    The glass coach was built for the last king.
"""
    assert first_words(page(text)) == ["1. Mourners gather", "2. Analysis A", "3. What is"]


def test_buttons_close_the_posts_of_a_page_without_times() -> None:
    text = """Summit: live updates

What is on today?

Leaders meet in the morning in the old fort, and dine there at night.

Share

Updated at

The host has written that the fort was a deliberate choice.

Share

Ministers quarrel over fish

Two ministers have quarrelled over fish, and the talks are put off until noon.

Share
"""
    assert first_words(page(text)) == ["What is on", "The host has", "Ministers quarrel over"]


def test_the_original_story_stands_below_the_updates() -> None:
    text = """KEY POINTS

• The vote was lost by two
• The speaker has gone home

Update: 4:07 p.m. EST

The last day of the hearing has begun.

Update 3:15 p.m. EST

The senator said that he would not vote with his party.

Original story

After two weeks of speeches the hearing ends on Wednesday.
"""
    assert first_words(page(text)) == ["Update: 4:07 p.m.", "Update 3:15 p.m.", "Original story After"]


def test_above_a_lone_update_stands_the_page_s_own() -> None:
    text = """LOCAL

UPDATED: Governor signs the order as residents go home

Gazette staff

Update 6:15 a.m. Saturday

The lake fell by a foot in the night, as pumps took pressure off the dam.

Original story

The governor signed an order late on Friday for the towns below the dam.
"""
    assert first_words(page(text)) == ["Update 6:15 a.m.", "Original story The"]
