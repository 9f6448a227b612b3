"""What is internal stays inside: every class of it, every intent, both writers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intel import draft_comment, drafts
from intel.company import action_evidence
from intel.dossier import Material
from intel.draft_life import Request
from intel.llm.letters import ModelLetters
from store.records import ActionItem, FieldValue, Intent, Resolved, Tier
from tests.support import model_server as ms
from tests.support.evidence import ACME, NOW, contact, news, trend
from tests.support.models import Bench, bench

RAISED = news("Acme raised $12 million in a Series A round led by Kittiwake Partners.")
OUTAGE = news("An outage at Acme left 300 shops without bread orders for two days.")
# One word for each class of what is internal; none stands anywhere else.
CANARIES = {
    "ticket": "aardvark", "mail": "bandicoot", "call": "capybara", "quoted": "dugong",
    "notes": "echidna", "owner": "fossa", "action": "gerenuk", "other": "hoatzin",
    "wish": "indri",
}  # fmt: skip
ITEM = ActionItem(
    "a1", "acme", "negative_support", NOW, "open",
    {"summary": f"Unhappy: the {CANARIES['action']} import breaks every night."},
)  # fmt: skip
EVERY = (
    RAISED,
    OUTAGE,
    *trend(),
    contact(f"The {CANARIES['ticket']} import breaks every night, they say."),
    contact(
        f"They asked to leave over the {CANARIES['mail']} import.",
        facts={"channel": "email", "sentiment": -0.9},
    ),
    contact(
        f"They praised the {CANARIES['call']} import.",
        kind="call", facts={"channel": "call", "sentiment": 0.5},
    ),
    news(
        f"Speaker 1: the {CANARIES['quoted']} import is broken and we hate it.",
        kind="call", internal=True,
    ),
    action_evidence(ITEM),
    news(f"Acme and the {CANARIES['other']} import of Globex rose.", org_id="globex"),
    *(
        replace(one, title=CANARIES["other"], org_id="globex")
        for one in trend("globex", recent=1.0)
    ),
)  # fmt: skip
NOTE = f"Tell them that the {CANARIES['wish']} import breaks every night; mention Porto"


def fields() -> dict[str, Resolved]:
    told: dict[str, Any] = {
        "manual_notes": f"The {CANARIES['notes']} import breaks every night.",
        "owner": [{"id": "u1", "name": CANARIES["owner"].title()}],
        "renewal_date": date(2027, 2, 3),
    }
    return {
        name: Resolved(name, FieldValue(name, value, Tier.OVERRIDE, "", NOW))
        for name, value in told.items()
    }


def material() -> Material:
    return Material(ACME, fields(), EVERY, NOW)


def shown(draft: drafts.Draft) -> str:
    return f"{draft.subject}\n{draft.body}".lower()


@pytest.fixture
def table() -> Iterator[Bench]:
    """A model that repeats every canary, cited and uncited."""

    def author(payload: ms.Payload) -> Any:
        known = [one["id"] for one in payload["evidence"]][:1]
        told = [
            ms.claim(f"The {word} import breaks every night.", *cited)
            for word in CANARIES.values()
            for cited in ((), known, ("deadbeef",))
        ]
        facts = [ms.claim(one["quote"], one["id"]) for one in payload["evidence"][:1]]
        return {
            "subject": "Where things stand",
            "sentences": [*facts, *told, *map(ms.claim, ms.COURTESY)],
        }

    with bench(author) as made:
        yield made


def leaked(words: str) -> list[str]:
    return [word for word in CANARIES.values() if word in words]


@pytest.mark.parametrize("note", ["", NOTE])
@pytest.mark.parametrize("intent", list(Intent))
def test_our_own_letters_hold_no_canary(intent: Intent, note: str):
    for version in (1, 2, 3):
        draft = drafts.compose_email(material(), intent, version, None, note)
        assert isinstance(draft, drafts.Draft)
        assert leaked(shown(draft)) == []
        for day in ("3 february", "2027-02-03"):
            assert day not in shown(draft)
        asked = Request("acme", intent, 1, version, "", note)
        comment = draft_comment.as_comment(draft, asked)
        link = next(s.url for s in comment.spans if s.url.startswith("mailto:"))
        assert leaked(link) == []


@pytest.mark.parametrize("note", ["", NOTE])
@pytest.mark.parametrize("intent", list(Intent))
def test_letters_by_a_model_that_repeats_all_it_may_hold_no_canary(
    table: Bench, intent: Intent, note: str
):
    letters = ModelLetters(table.model())
    draft = drafts.compose_email(material(), intent, 1, letters, note)
    assert isinstance(draft, drafts.Draft)
    assert leaked(shown(draft)) == []
    own_wish = [CANARIES["wish"]] if note else []
    seen = leaked(table.server.seen)
    assert set(seen) <= set(own_wish), "a colleague's own words are all it is told"


def test_a_note_repeated_by_a_model_is_no_letter():
    def author(payload: ms.Payload) -> Any:
        told = [ms.claim(one["quote"], one["id"]) for one in payload["evidence"][:1]]
        echo = ms.claim("Tell them that the shop works fine.", payload["about"][0])
        return {"subject": "Plans", "sentences": [*told, echo, *_courtesies()]}

    with bench(author) as table:
        draft = drafts.compose_email(
            material(), Intent.CONGRATS_FUNDING, 1, ModelLetters(table.model()),
            "Tell them that the shop works fine.",
        )  # fmt: skip
        assert isinstance(draft, drafts.Draft)
        assert "shop works fine" not in draft.body
        assert "note" in table.server.payloads[0]


def _courtesies() -> list[Any]:
    return list(map(ms.claim, ms.COURTESY))
