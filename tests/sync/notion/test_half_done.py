"""After a kill, what the bot took away itself counts as taken by nobody else."""

import httpx
import pytest

from store.pages import Block, Page, text
from sync.notion.client import Notion
from tests.support.desk import Desk
from tests.support.killer import Killed, Killer


@pytest.fixture
def acme(at: Desk) -> Desk:
    at.add_row("Acme")
    at.pull()
    want(at, "a", "b", "c")
    at.push()
    return at


def want(at: Desk, *names: str) -> None:
    blocks = tuple(Block("bullet", text(name)) for name in names)
    at.want("dossier:acme", Page("Acme dossier", blocks), "acme")


def page(at: Desk) -> str:
    sent = at.store.outbox.sent("dossier:acme")
    assert sent
    return sent.notion_id


def push_until_killed(at: Desk, requests: int) -> None:
    client = httpx.Client(transport=Killer(requests, after=True))
    at.notion.close()
    at.notion = Notion(at.settings, at.watch.now, at.watch.sleep, http=client)
    with pytest.raises(Killed):
        at.push()
    at.restart()
    at.watch.go_on(400)


def test_what_was_removed_before_a_kill_comes_back_when_it_is_wanted_again(acme: Desk):
    want(acme, "a", "c")
    push_until_killed(acme, 2)
    assert acme.texts(page(acme)) == ["a", "c"]
    want(acme, "a", "b", "c", "d")
    acme.push()
    assert acme.texts(page(acme)) == ["a", "b", "c", "d"]


def test_a_person_who_removes_a_changed_text_does_not_remove_the_one_before(acme: Desk):
    want(acme, "a", "x", "c")
    push_until_killed(acme, 2)
    assert acme.texts(page(acme)) == ["a", "x", "c"]
    changed = acme.person.blocks.children.list(page(acme))["results"][1]["id"]
    acme.person.blocks.delete(changed)
    want(acme, "a", "b", "c", "d")
    acme.push()
    assert acme.texts(page(acme)) == ["a", "b", "c", "d"]


def test_what_a_person_removed_before_a_kill_stays_away(acme: Desk):
    removed = acme.person.blocks.children.list(page(acme))["results"][1]["id"]
    acme.person.blocks.delete(removed)
    want(acme, "a", "b", "x")
    push_until_killed(acme, 2)
    want(acme, "a", "b", "c", "d")
    acme.push()
    assert acme.texts(page(acme)) == ["a", "c", "d"]
