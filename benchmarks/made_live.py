"""A seed → the paragraphs of posts of a made-up live page, as varied as those of a real one.

A cast of people, bodies and places comes again, some often and most seldom, as on real pages; everything is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_SYLLABLES = "bor den fal gar hes kor lim mar nor pel ras sol tam ulv ver zan dro kis".split()  # noqa: SIM905
_FIRST = ("Ana", "Jo", "Rosa", "Paul", "Elena", "Marco", "Ines", "Viktor", "Samira", "Daniel", "Ruth", "Omar")
_OFFICES = ("mayor of {place}", "interior minister", "governor of {region}", "fire chief", "army spokesman",
            "police commissioner", "opposition leader", "head of the water board", "foreign minister",
            "hospital director", "union leader", "coordinator of the relief agency")  # fmt: skip
_BODIES = ("the water board", "the fire brigade", "the interior ministry", "the army", "police", "the power company",
           "the relief agency", "the weather service", "the health ministry", "the coast guard", "the rail operator",
           "the regional council", "the central bank", "the farmers’ union", "the prosecutor’s office")  # fmt: skip
_THINGS = ("bridge", "depot", "hospital", "school", "market", "station", "warehouse", "bakery", "harbour", "refinery",
           "library", "mill", "tunnel", "barracks", "dam", "factory", "stadium", "chapel", "quarry", "airfield",
           "bus", "ferry", "power line", "pumping station", "grain store", "apartment block", "clinic")  # fmt: skip
_HIT = ("destroyed", "damaged", "closed", "evacuated", "flooded", "cut off", "searched", "reopened", "shelled",
        "set on fire", "looted", "guarded by soldiers", "left without power")  # fmt: skip
_DOES = ("arrived in", "left", "withdrew from", "marched through", "are surrounding", "entered", "were sent to",
         "are expected in", "fled from", "returned to", "are stuck near")  # fmt: skip
_GROUPS = ("soldiers", "protesters", "volunteers", "families", "striking drivers", "rescue workers", "students",
           "rebel fighters", "engineers", "farmers", "police officers", "aid lorries")  # fmt: skip
_DAYS = ("on Monday", "on Tuesday", "overnight", "on Friday evening", "this morning", "late on Sunday", "yesterday",
         "on 3 March", "last week", "at about 14:30", "since dawn", "two days ago")  # fmt: skip
_TALKS = ("a ceasefire", "new sanctions", "the budget", "food aid", "the exchange of prisoners", "fuel prices",
          "the repair of the dykes", "an early election", "border controls", "the wage dispute")  # fmt: skip
_DEMANDS = ("resign", "open the road", "publish the figures", "accept the offer", "call off the strike", "pay damages",
            "allow observers in", "return to the talks", "release those held", "ask for help from abroad")  # fmt: skip
_PLAIN = ("Nobody knows yet how long the repairs will take.", "The mood in the town is calm but tired.",
          "More rain is forecast for the coming days.", "We will bring you more on this as we get it.",
          "Many of those who stayed are elderly.", "The figures have changed several times today.",
          "It is the third such case this year.", "Phone lines were down for hours.")  # fmt: skip
_SENTENCES = (
    "{who}, the {office}, said {n} people had been {harm} when the {thing} in {place} was {hit} {day}.",
    "At least {n} people were {harm} {day} near the {thing} of {place}, according to {body}.",
    "“{Body_said},” {who} told reporters in {place}.",
    "{Body} said that {n} {group} {does} {place} {day}.",
    "{Body} denied that the {thing} in {place} had been {hit}.",
    "The {thing} in {place} was {hit} {day}, {surname} said, adding that {m} people were still missing.",
    "{who} called on {body} to {demand} by Friday.",
    "About {n} {group} {does} {place} {day}.",
    "Two officials, who asked not to be named, said the talks about {talks} would go on in {place}.",
    "{who} met {who2} in {place} {day} to discuss {talks}.",
    "It was not immediately possible to verify the claim by {body} that {m} {group} {does} {place}.",
    "{Body} reportedly arrested {m} {group} after clashes at the {thing}.",
    "The {office} accused {body} of having hidden the true number of people {harm} in {place}.",
    "“I have never seen anything like it,” said {who}, who lives beside the {thing}.",
    "{surname} said he would not {demand} unless {body} agreed to talk about {talks}.",
    "Residents of {place} said the {thing} had been {hit} {day}.",
    "A court in {place} sentenced {m} {group} to {n} months in prison over the fire at the {thing}.",
    "{Body} has delivered {n} tonnes of food to {place}, where the {thing} was {hit} {day}.",
    "{who} will travel to {place} {day}, the {office} told local radio.",
    "In {place}, {n} homes are without water, and {body} expects the {thing} to stay closed.",
    "The death toll in {region} has risen to {n}, {body} said.",
    "Asked about {talks}, {surname} declined to comment.",
    "Her office said the decision to {demand} had been taken {day}.",
    "They warned that the {thing} near {place} could be {hit} within hours.",
    "{Body} plans to send {m} {group} to {region} if the situation gets worse.",
)
_SAID = ("we asked for help {day}, and nobody came", "there are still {m} people inside the {thing}",
         "the {thing} will be open again within {m} days", "we will not {demand}",
         "{n} {group} {does} {place} without a fight", "this is the worst flood that {region} has seen",
         "our teams are working day and night at the {thing}", "{body} must {demand}")  # fmt: skip
_DETAILS = ("near {street} Street", "beside the {kind} {thing}", "after {m} hours", "in the district of {rare}",
            "according to a {kind} witness", "as {kind} shops opened", "with help from {stranger}",
            "despite a warning from {stranger}", "for the {m}th time", "where {stranger} works", "under {kind} skies",
            "on the road to {rare}", "at a cost of {n} million crowns", "in front of the {rare} {thing}")  # fmt: skip
_KINDS = ("wooden", "old", "northern", "private", "Catholic", "nervous", "retired", "cheap", "half-built", "foreign",
          "young", "muddy", "famous", "empty", "steel", "rented", "temporary", "crowded", "orange")  # fmt: skip
_HARM = ("killed", "injured", "wounded", "rescued", "displaced", "killed or wounded")


class Words:
    """One page's people and places, and what may be said of them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.places = [self._name() for _ in range(150)]
        self.regions = [f"{self._name()} region" for _ in range(8)]
        self.people = [self._person() for _ in range(300)]
        self.offices = {who: _OFFICES[n % len(_OFFICES)].format(place=self.places[n % 150], region=self.regions[n % 8])
                        for n, who in enumerate(self.people)}  # fmt: skip

    def posts(self, count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(title, paragraphs) of so many posts."""
        for _ in range(count):
            title = self._sentence("{Body} on {talks} after the {thing} in {place} was {hit}")
            yield title, tuple(self._paragraph() for _ in range(self.chance.randint(2, 5)))

    def _name(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=3)).capitalize()

    def _person(self) -> str:
        return f"{self.chance.choice(_FIRST)} {self._name()}"

    def _often(self, known: Sequence[str]) -> str:
        """One of these, the first by far the most often."""
        return known[int(len(known) ** self.chance.random()) - 1]

    def _paragraph(self) -> str:
        said = [self._sentence(self.chance.choice(_SENTENCES)) for _ in range(self.chance.randint(1, 2))]
        return " ".join(said + [self.chance.choice(_PLAIN)] * (self.chance.random() < 0.2))

    def _sentence(self, form: str) -> str:
        some = self.chance.choice
        who, body = self._often(self.people), self._often(_BODIES)
        form = form[:-1] + f" {some(_DETAILS)}." if form.endswith(".") and self.chance.random() < 0.7 else form
        given = {
            "who": who, "who2": self._often(self.people), "surname": who.split()[1], "office": self.offices[who],
            "body": body, "Body": body[0].upper() + body[1:], "thing": some(_THINGS), "hit": some(_HIT),
            "place": self._often(self.places), "region": some(self.regions), "n": self.chance.randint(3, 900),
            "m": self.chance.randint(2, 40), "group": some(_GROUPS), "does": some(_DOES), "day": some(_DAYS),
            "talks": some(_TALKS), "demand": some(_DEMANDS), "harm": some(_HARM),
            "street": self._name(), "rare": self._name(), "stranger": self._person(), "kind": some(_KINDS),
        }  # fmt: skip
        said = some(_SAID).format(**given)
        return form.format(**given, Body_said=said[0].upper() + said[1:])
