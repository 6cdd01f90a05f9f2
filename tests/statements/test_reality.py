"""Reality: what is planned, threatened or possible never reads as happened."""

from __future__ import annotations

import pytest

from onrecord.model import Block, Post
from onrecord.statements import happenings
from onrecord.statements.draft import StatementDraft
from onrecord.statements.parse import parse
from onrecord.statements.reality import applied, merged

CASES = {
    "happened": """
        Drones *hit* a fuel depot in Marrow.
        Three miners were *killed* in the collapse.
        Police have *arrested* a man of 40.
        The minister *resigned* on Friday.
        Troops had already *withdrawn* when the shelling began.
        The *earthquake* destroyed two villages.
        Rescuers carried out an *evacuation* of the valley.
        After the *attack*, schools stayed shut.
        Guards were *beating* prisoners when the envoy came in.
        The army said it had *captured* Ostel.
        He is believed to have *drowned*.
        The fire began to *spread* at noon.
        The flood forced thousands to *flee*.
        A court *found* her guilty of fraud.
        The guards did not prevent the *attack*.
        Lena Voss, who *died* on Monday, led the union.
        Villagers were accused of *killing* a ranger.
        The two leaders *met* in Porto before the vote.
        He was convicted of *murder*.
        The *strike* by teachers ended on Sunday.
        The *killing* could spark riots.
        He fled after being *attacked*.
        Trucks cannot get in due to the *flooding*.
        Rebels who want peace *shelled* the town.
        The alleged *attack* took place at night.
        The envoys discussed the *attack*.
        He was cleared of *murder*.
        There is no basis for the *attack*, the envoy said.
        The camp lies far from the *fighting*.
        The premier called the *attack* an act of cowardice.
    """,
    "ongoing": """
        Russia is *shelling* the port.
        Firefighters are still *battling* the blaze.
        Thousands have been *protesting* since Monday.
        *Fighting* continues in the north.
        The two sides are *negotiating* a truce.
        People are being *evacuated* from the coast.
        The ongoing *siege* has closed the road.
        The rebels continue to *shell* the airport.
        Homes are being *searched* in Porto.
        The envoys discussed the ongoing *siege*.
        *Negotiations* are under way in Lima.
        A *rescue* is in progress off Samoa.
    """,
    "planned": """
        The minister was expected to *resign* on Friday.
        The union plans to *strike* in May.
        Kenya will *hold* its election in August.
        The *election* will be held in August.
        The court is due to *sentence* him tomorrow.
        The president is to *visit* Lima.
        The governor agreed to *step down* in June.
        The army is preparing to *withdraw* from the valley.
        Norway said it would *send* tents.
        They announced a plan to *deploy* troops.
        The planned *withdrawal* starts in June.
        The leaders are going to *meet* in Oslo.
        The talks *resume* tomorrow.
        The club vowed to *appeal*.
        The union scheduled a *strike* for May.
        Voters are calm ahead of the *election*.
        The *trial* was postponed and the *verdict* is due next week.
        Troops are set to *leave* the base.
        He will speak at the *trial*.
        The two gangs were plotting to *rob* a bank.
        Storm Ilse is expected to *make landfall* on Friday.
        The judge ordered the company to *pay*.
        The premier called an *election* for June.
    """,
    "threatened": """
        The general threatened to *bomb* the dam.
        Rebels threatened *attacks* on the pipeline.
        The group repeated its threat to *kill* the hostages.
        Brussels threatened Baku with *sanctions*.
        Under the threat of *strikes*, the firm gave in.
        The rebels are threatening to *seize* the port.
    """,
    "possible": """
        The army could *withdraw* from the town.
        Rebels may *attack* the convoy.
        If Vastia *attacks* the island, its allies will respond.
        If Vastia attacks the island, its allies will *respond*.
        Did the army *shell* the market?
        The envoy called for a *ceasefire*.
        Residents fear an *attack*.
        Doctors fear that the virus has *spread*.
        The union wants the minister to *resign*.
        The mayor urged them to *evacuate* the coast.
        There is a risk of *flooding* in the delta.
        Perhaps the bridge *collapsed* on its own.
        The two sides are discussing a *ceasefire*.
        He tried to *escape* through the roof.
        Storms are likely to *hit* the coast.
        The ministry warned that rebels might *bomb* the line.
        The city is not ready for a possible *attack*.
        Unless pay rises, nurses will *strike*.
        A *strike* could close schools.
        They demanded the *release* of the hostages.
        The law would allow police to *detain* migrants.
        Parliament considered *sanctions* against the firm.
        A proposal to *deploy* troops was read out.
        Nothing suggests that the jet was *shot down*.
        There is no evidence that the general *ordered* the *massacre*.
        The two sides are close to a *deal*.
        It is unclear whether anyone was *injured*.
        Residents were told to *evacuate*.
        The bank could be *fined*.
        An *attack* on the port cannot be ruled out.
        The army did not exclude a *coup*.
        Neighbours heard what sounded like an *explosion*.
    """,
    "not_done": """
        The army did not *attack* the hospital.
        No one was *killed*.
        There were no *casualties*.
        Police failed to *arrest* the gunman.
        Talks ended without an *agreement*.
        The parliament has yet to *ratify* the treaty.
        The envoy refused to *sign* the accord.
        The *election* was cancelled.
        Guards foiled an *attack* on the mint.
        The rebels never *reached* the capital.
        The two men cannot *meet* this week.
        The army denied that it had *attacked* the hospital.
        The company denied *bribing* officials.
        The minister will not *resign*.
        Nobody was *injured* in the crash.
        Nothing was *stolen*.
        The army would have *fired* on them.
        He avoided *arrest* for years.
        The city narrowly averted a *disaster*.
        Neither side *withdrew* its troops.
        The chancellor ruled out *sending* troops.
        A judge blocked the *deportation* of nine men.
        They agreed not to *attack* each other.
        None of the guards were *captured*.
        She was declared unfit to *stand trial*.
        There are no grounds for *talks*, the envoy said.
        There is no point in holding *talks* with the rebels.
        The rivals are far from a *truce*.
        The mayor stopped short of *resigning*.
        Police ruled out an *attack*.
    """,
}
HEADLINES = {
    "happened": """
        Russia *shells* Kherson
        Five *killed* in Marrow *blast*
        Minister *resigns* over leak
        Gunmen *abduct* nine pupils
        Quake *rocks* island
    """,
    "planned": """
        Minister to *resign* over leak
        Nurses to *strike* in May
    """,
    "possible": """
        Rebels may *attack* port, army says
        Will the minister *resign*?
    """,
}


def marked(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(line.strip(), reality) for reality, lines in table.items() for line in lines.strip().splitlines()]


def realities(line: str, block: str) -> dict[str, str]:
    """Reality by the words between stars (all of them must be triggers)."""
    text = line.replace("*", "")
    post = Post("p", text, (Block(block, 0, len(text)),))  # type: ignore[arg-type]
    found = happenings.find(next(iter(parse([post]))), [])
    wanted = line.split("*")[1::2]
    return {w: next((h.reality for h in found if w in text[h.start : h.end]), "missed") for w in wanted}


@pytest.mark.parametrize(("line", "reality"), marked(CASES))
def test_reality_in_running_text(line: str, reality: str) -> None:
    found = realities(line, "paragraph")
    assert found == dict.fromkeys(found, reality)


@pytest.mark.parametrize(("line", "reality"), marked(HEADLINES))
def test_reality_in_headlines(line: str, reality: str) -> None:
    found = realities(line, "title")
    assert found == dict.fromkeys(found, reality)


def test_what_a_denial_holds_did_not_happen() -> None:
    text = "It had attacked the hospital, a spokesman denied."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    denial = StatementDraft("attributed", ((0, text.index(",")),), act="denies")
    found = {text[h.start : h.end]: h for h in happenings.find(next(iter(parse([post]))), [denial])}
    assert (found["attacked"].reality, found["attacked"].denied) == ("not_done", True)


def test_denial_inside_the_clause_is_marked() -> None:
    text = "The firm denied bribing officials, but it fired a clerk."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    found = {text[h.start : h.end]: h.denied for h in happenings.find(next(iter(parse([post]))), [])}
    assert found["bribing"]
    assert not found["fired"]


def test_two_negations_cancel_out() -> None:
    assert applied("not_done", "not_done") == "happened"
    assert applied("not_done", "planned") == "possible"
    assert merged("not_done", "possible") == "possible"


def test_a_long_chain_of_governors_ends() -> None:
    text = "He said " + "they planned to " * 400 + "leave."
    post = Post("p", text, (Block("paragraph", 0, len(text)),))
    assert happenings.find(next(iter(parse([post]))), [])[-1].reality != "happened"
