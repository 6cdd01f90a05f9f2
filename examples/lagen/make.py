"""Writes the captures of the example story: three outlets in three shapes → files beside this one.

The story, its outlets, agencies, companies and people are invented; only the geography is real. Run it after a change:

    python examples/lagen/make.py
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOTE = "An invented story for trying out On Record: nothing of this happened, and nobody named here exists."


@dataclass(frozen=True)
class Post:
    """One post of an example page."""

    id: str
    time: str
    author: str
    title: str
    text: tuple[str, ...]
    updated: str | None = None
    key: bool = False
    caption: str | None = None


# -- The Mjøsa Herald: HTML with JSON-LD, three captures -----------------------------------------------------------------

HERALD_MORNING = [
    Post(
        "hh-105",
        "2026-05-18T11:20:00+02:00",
        "Ragna Thorsby",
        "Police raise toll to four",
        (
            "At least four people have been killed in the flood in Gudbrandsdalen, the Innlandet police district said.",
            "Seven people are still missing, most of them in Ringebu, police chief Torunn Moberg told a news conference.",
            "“We are searching house by house, and we fear that we will find more,” Moberg said.",
        ),
        key=True,
    ),
    Post(
        "hh-104",
        "2026-05-18T10:35:00+02:00",
        "Ragna Thorsby",
        "Rail tunnel at Fåvang collapsed",
        (
            "The railway tunnel at Fåvang has collapsed, according to a post on Telegram that claims to come from a track worker.",
        ),
    ),
    Post(
        "hh-103",
        "2026-05-18T09:50:00+02:00",
        "Eivind Skar",
        "Mayor accuses dam operator",
        (
            "The mayor of Ringebu, Sigrid Aasen, has accused the operator Laagen Kraft of opening a gate of the Harpefoss dam overnight without warning the valley.",
            "“Nobody here got a call. The water was simply there,” she said.",
            "Her account could not be independently verified.",
        ),
    ),
    Post(
        "hh-102",
        "2026-05-18T08:55:00+02:00",
        "Eivind Skar",
        "Helicopters over Vinstra",
        (
            "Two helicopters have lifted 38 people from roofs in Vinstra since daybreak, the Joint Rescue Centre told Scandia Wire.",
            "Roads into the town are closed.",
        ),
        caption="A rescue helicopter above Vinstra on Monday morning",
    ),
    Post(
        "hh-101",
        "2026-05-18T08:30:00+02:00",
        "Eivind Skar",
        "River bursts its banks",
        (
            "The river Lågen burst its banks overnight after two days of rain on melting snow.",
            "Two people have been killed in Ringebu, police said.",
            "A camper van has reportedly been swept away near Otta.",
        ),
        key=True,
    ),
]

HERALD_EVENING = [
    Post(
        "hh-108",
        "2026-05-18T19:40:00+02:00",
        "Ragna Thorsby",
        "Operator concedes that a gate was opened",
        (
            "Laagen Kraft has acknowledged that one gate of the Harpefoss dam was opened at 3.10am, hours before the valley was warned.",
            "“We got this wrong this morning, and I am sorry,” chief executive Marit Lunde-Holm said in a statement.",
        ),
        key=True,
    ),
    Post(
        "hh-107",
        "2026-05-18T17:05:00+02:00",
        "Ragna Thorsby",
        "How full was the reservoir?",
        (
            "The reservoir at Harpefoss was 96 per cent full at midnight, the Norwegian Water Directorate said.",
            "Laagen Kraft said it had been 82 per cent full.",
        ),
    ),
    Post(
        "hh-106",
        "2026-05-18T16:45:00+02:00",
        "Ragna Thorsby",
        "Police correct toll to three",
        (
            "Three people were killed in the flood in Gudbrandsdalen, not four, the Innlandet police district said: one of the dead had been counted twice.",
            "Five people are still missing.",
        ),
    ),
    # Edited without a word: the seven missing became six. The post on the tunnel (hh-104) is gone.
    Post(
        "hh-105",
        "2026-05-18T11:20:00+02:00",
        "Ragna Thorsby",
        "Police raise toll to four",
        (
            "At least four people have been killed in the flood in Gudbrandsdalen, the Innlandet police district said.",
            "Six people are still missing, most of them in Ringebu, police chief Torunn Moberg told a news conference.",
            "“We are searching house by house, and we fear that we will find more,” Moberg said.",
        ),
        key=True,
    ),
    *HERALD_MORNING[2:],
]

HERALD_NIGHT = [
    Post(
        "hh-109",
        "2026-05-18T21:15:00+02:00",
        "Ragna Thorsby",
        "Prime minister to visit",
        (
            "Prime minister Astrid Vangen will visit Lillehammer on Tuesday, her office said.",
            "The Hunderfossen dam could overflow if the rain returns, the Norwegian Water Directorate warned.",
        ),
    ),
    *HERALD_EVENING,
]


def herald(posts: list[Post], modified: str) -> str:
    """A live page with JSON-LD and elements that carry the same ids."""
    address = "https://mjosaherald.example/live/gudbrandsdalen-flood"
    linked = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "@id": address,
        "url": address,
        "headline": "Gudbrandsdalen flood: live",
        "publisher": {"@type": "Organization", "name": "The Mjøsa Herald"},
        "coverageStartTime": "2026-05-18T08:30:00+02:00",
        "dateModified": modified,
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "@id": f"{address}#{post.id}",
                "headline": post.title,
                "datePublished": post.time,
                "author": {"@type": "Person", "name": post.author},
                "articleBody": "\n".join(post.text),
            }
            for post in posts
        ],
    }
    items = "\n".join(herald_post(post) for post in posts)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Gudbrandsdalen flood: live | The Mjøsa Herald</title>
<link rel="canonical" href="{address}">
<meta property="og:site_name" content="The Mjøsa Herald">
<!-- {NOTE} -->
<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script>
</head>
<body>
<header><nav><a href="/">The Mjøsa Herald</a> <a href="/subscribe">Subscribe</a></nav></header>
<main>
<h1>Gudbrandsdalen flood: live</h1>
<p class="standfirst">{NOTE}</p>
{items}
</main>
<footer><p>Download our app</p></footer>
</body>
</html>
"""


def herald_post(post: Post) -> str:
    """One post as an article element."""
    figure = f"<figure><figcaption>{html.escape(post.caption)}</figcaption></figure>\n" if post.caption else ""
    body = "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in post.text)
    flag = ' data-key="true"' if post.key else ""
    return f"""<article id="{post.id}"{flag}>
<header><time datetime="{post.time}">{post.time[11:16]}</time> <span class="author">{post.author}</span></header>
<h2>{html.escape(post.title, quote=False)}</h2>
{figure}{body}
</article>"""


# -- Fjordline News: HTML without JSON-LD ------------------------------------------------------------------------------

FJORDLINE = [
    Post(
        "u7",
        "2026-05-18T20:10:00+02:00",
        "Jonas Ekre",
        "Laagen Kraft admits opening gate",
        (
            "Laagen Kraft has admitted opening a gate at the Harpefoss dam in the early hours of Monday.",
            "The company had denied it all day.",
        ),
    ),
    Post(
        "u6",
        "2026-05-18T17:30:00+02:00",
        "Jonas Ekre",
        "Toll corrected",
        ("The flood in Gudbrandsdalen killed three people, according to police, who had earlier spoken of four.",),
    ),
    Post(
        "u5",
        "2026-05-18T15:10:00+02:00",
        "Line Brekke",
        "Evacuations",
        (
            "About 850 people have been evacuated from Ringebu and Vinstra, the county governor, Per Olav Hauge, said.",
            "The Red Cross plans to open a second shelter in Lillehammer tonight.",
        ),
    ),
    Post(
        "u4",
        "2026-05-18T12:40:00+02:00",
        "Line Brekke",
        "“No gate was opened”",
        (
            "Laagen Kraft has denied that it opened a gate at the Harpefoss dam before the flood.",
            "“No gate was opened before six in the morning,” said Henrik Dalby, a spokesman for the operator.",
        ),
    ),
    Post(
        "u3",
        "2026-05-18T11:45:00+02:00",
        "Line Brekke",
        "Four dead, police say",
        ("At least four people have been killed by the flood, according to the Innlandet police district.",),
    ),
    Post(
        "u2",
        "2026-05-18T09:20:00+02:00",
        "Line Brekke",
        "Rescued from roofs",
        (
            "Two helicopters have lifted 38 people from roofs in Vinstra since daybreak, the Joint Rescue Centre told Scandia Wire.",
        ),
    ),
    Post(
        "u1",
        "2026-05-18T07:50:00+02:00",
        "Line Brekke",
        "Bridge gone at Frya",
        ("A road bridge at Frya in Ringebu collapsed at 6.40am, our reporter at the scene saw.",),
    ),
]


def fjordline(posts: list[Post]) -> str:
    """A live page without metadata: only repeated elements with an id, a time and a body."""
    items = "\n".join(
        f"""<section class="entry" id="{post.id}">
<p class="meta"><time datetime="{post.time}">{post.time[11:16]}</time> · By {post.author}</p>
<h3>{html.escape(post.title, quote=False)}</h3>
{"".join(f"<p>{html.escape(line, quote=False)}</p>" for line in post.text)}
</section>"""
        for post in posts
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Flood in Gudbrandsdalen as it happened - Fjordline News</title>
<meta property="og:site_name" content="Fjordline News">
<link rel="canonical" href="https://fjordline.example/flood-live">
<!-- {NOTE} -->
</head>
<body>
<div class="menu">Home News Weather</div>
<h1>Flood in Gudbrandsdalen as it happened</h1>
<div class="stream">
{items}
</div>
<div class="foot">Sign up for our newsletter</div>
</body>
</html>
"""


# -- Dovre Radio: plain text ---------------------------------------------------------------------------------------------

DOVRE = """Flood in Gudbrandsdalen: our reporters follow the rescue in the valley. An invented story for trying out On Record: nothing of this happened, and nobody named here exists.
Monday 18 May 2026 20:30, Norway
Harpefoss: company gives way
The energy company Laagen Kraft conceded this evening that it had opened a gate of the Harpefoss dam at 3.10am on Monday.
The mayor of Ringebu, Sigrid Aasen, said the admission came “twelve hours and three lives too late”.
Kari Nymoen18 May 2026 20:05
Water falls at Otta
The river has begun to fall at Otta, the Norwegian Water Directorate said. It expects the level at Lillehammer to peak on Tuesday morning.
Kari Nymoen18 May 2026 18:20
Shelter in the school
Some 600 people were evacuated from Ringebu this morning, according to the municipality. Many of them are in the school at Fåvang.
“I left with my dog and my phone,” said Ola Brenden, a farmer.
Kari Nymoen18 May 2026 13:15
Dam gate in dispute
Laagen Kraft has rejected the accusation that it opened a gate at Harpefoss overnight. The mayor of Ringebu, Sigrid Aasen, insists that it did.
Per Aune18 May 2026 12:55
Bridge collapses
A bridge at Frya in Ringebu collapsed early this morning, the Norwegian Public Roads Administration said. Nobody was hurt.
Per Aune18 May 2026 08:10
"""

LIST = """path,outlet,published,page,tz,url,seen_at
herald-1.html,,,,,,2026-05-18T11:30:00+02:00
herald-2.html,,,,,,2026-05-18T19:45:00+02:00
herald-3.html,,,,,,2026-05-18T21:20:00+02:00
fjordline.html,,,,,,2026-05-18T20:30:00+02:00
dovre-radio.txt,Dovre Radio,2026-05-18,dovre-radio/flood,Europe/Oslo,,2026-05-18T20:31:00+02:00
"""


def main() -> None:
    """Write all files of the story."""
    files = {
        "herald-1.html": herald(HERALD_MORNING, "2026-05-18T11:20:00+02:00"),
        "herald-2.html": herald(HERALD_EVENING, "2026-05-18T19:40:00+02:00"),
        "herald-3.html": herald(HERALD_NIGHT, "2026-05-18T21:15:00+02:00"),
        "fjordline.html": fjordline(FJORDLINE),
        "dovre-radio.txt": DOVRE,
        "pages.csv": LIST,
    }
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
