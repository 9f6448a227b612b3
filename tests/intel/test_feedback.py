"""What people say of single claims, and what follows."""

from dataclasses import replace
from datetime import date

import pytest

from intel import claims, dossier, feedback
from store.records import Claim, Said
from tests.support.evidence import ACME, NOW, contact, news

DAY = date(2026, 11, 20)
RAISED = news("Acme raised $12 million in a Series A round.", event_id="e1",
              title="Acme raises $12 million")  # fmt: skip
ALSO = news("Acme has 40 shops in the north of England.", event_id="e1",
            story_id=RAISED.story_id, title="Acme raises $12 million")  # fmt: skip
OPENED = news("Acme opened a plant in Porto with 90 staff.")
TICKET = contact("[open] Labels fail: The queue drops all jobs.")
EVIDENCE = (RAISED, OPENED, TICKET)


def written(*refused, evidence=EVIDENCE, history=()):
    told = dossier.Material(
        ACME, {}, evidence, NOW, refused=refused, history=history
    )  # fmt: skip
    return dossier.write(told)


def claim_of(words: str) -> Claim:
    return next(c for c in written().claims if words in c.text)


def refuse(words: str, verdict: Said) -> feedback.Refusal:
    return feedback.refuse(claim_of(words), verdict, DAY)


def texts(made) -> str:
    return "\n".join(claim.text for claim in made.claims)


@pytest.mark.parametrize(
    "pasted",
    [
        "Acme opened a plant in Porto with 90 staff.",
        "Acme opened a plant in Porto with 90 staff. The Ledger — 2026-11-19",
        "acme opened a plant in Porto with",
        "Acme opened plant in Porto, 90 staff",
    ],
)
def test_a_claim_is_found_by_what_was_pasted(pasted: str):
    found = feedback.find(pasted, written().claims)
    assert found is not None
    assert "Porto" in found.text


@pytest.mark.parametrize("pasted", ["", "Porto", "This is all wrong!"])
def test_what_names_no_claim_finds_none(pasted: str):
    assert feedback.find(pasted, written().claims) is None


def test_what_is_wrong_is_not_said_again_in_any_section():
    made = written(refuse("raised $12 million", Said.WRONG))
    assert "raised $12 million" not in texts(made)
    assert "Porto" in texts(made)
    why = {(r.rule, r.detail) for r in made.removed}
    assert why == {(feedback.PEOPLE, "a person said “Wrong” of it on 2026-11-20")}
    assert "3 left out because a person said so" in made.page.blocks[2].text


def test_not_us_and_stale_take_the_whole_article():
    for verdict in (Said.NOT_US, Said.STALE):
        refusal = feedback.refuse(claim_of("raised $12 million"), verdict, DAY)
        made = written(refusal, evidence=(RAISED, ALSO, OPENED))
        assert "12 million" not in texts(made)
        assert "40 shops" not in texts(made)
        assert "Porto" in texts(made)


def test_a_refused_ticket_is_told_nowhere():
    made = written(refuse("The queue drops", Said.STALE))
    assert "queue" not in texts(made)


def test_what_changed_says_that_a_person_refused_it():
    first = written()
    history = (replace(first.as_record("acme"), approved_at=NOW),)
    for verdict in Said:
        made = written(refuse("raised $12 million", verdict), history=history)
        reasons = {c.text: why for c, why in made.changes.withdrawn}
        why = next(w for t, w in reasons.items() if t.startswith("Acme raised"))
        assert why == f"a person said “{verdict.value}” of it on 2026-11-20"


def test_taken_back_it_is_said_again():
    assert texts(written()) == texts(written(*()))
    assert (
        claims.fact(claim_of("raised"))
        == "Acme raised $12 million in a Series A round."
    )
