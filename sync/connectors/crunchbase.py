"""Brings each company's funding rounds from Crunchbase, as the API tier of facts.

A company is found by the Crunchbase address on its row; by its name only where that is
configured, and then Crunchbase must know it under the same domain. See
data.crunchbase.com/docs, API v4. Touches: the web (through the API's client),
http_cache, funding_facts, notes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from store.records import FundingFact, Org
from store.store import Store
from sync.connectors.api import Api, Json, Line, Provider
from sync.connectors.errors import Malformed
from sync.connectors.quota import Quota
from sync.connectors.turns import take_turns
from sync.source import Counts, Progress, Stopping, never, silent
from sync.web import links

NAME = "Crunchbase"
CONFIDENCE = 0.95  # people type it in, and correct it later
NameRound = Callable[[str], str]

_CARD = "raised_funding_rounds"
_CARD_SIZE = 100  # the most there is in one card
_MOST_ROUNDS = 500
_PAGES = "https://www.crunchbase.com/funding_round/"
_STALE = "crunchbase:withdrawn"  # marks facts that are dropped in the same step


@dataclass(frozen=True, slots=True)
class CrunchbaseSettings:
    """`[sync.connectors.crunchbase]`; the key is CRUNCHBASE_KEY."""

    # Where the API is.
    base_url: str = "https://api.crunchbase.com/api/v4"
    # For how many days a company's answer is remembered and not asked for again.
    keep_days: int = 7
    # Whether companies without a Crunchbase address are searched for by name.
    search_by_name: bool = False
    # The most requests in a day; 0 for no limit of ours.
    daily_quota: int = 0


class CrunchbaseSource:
    """Funding rounds as Crunchbase lists them. `name_round` spells a round our way."""

    name = "crunchbase"

    def __init__(
        self,
        settings: CrunchbaseSettings,
        api: Api,
        store: Store,
        orgs: Sequence[Org],
        name_round: NameRound,
        progress: Progress = silent,
    ) -> None:
        self._keep = timedelta(days=settings.keep_days)
        self._settings, self._api, self._store = settings, api, store
        self._orgs, self._name_round = orgs, name_round
        self._progress = progress
        self.problems: tuple[str, ...] = ()
        self.stopping: Stopping = never

    def pull(self, now: datetime) -> Counts:
        """Store each company's rounds; `problems` says what went wrong.

        Counts companies `changed`, `unchanged`, not found under a name (`unsure`),
        and those that `failed` or are `waiting`. What is remembered costs no request.
        """
        by_name = self._settings.search_by_name
        turns = take_turns(
            [org for org in self._orgs if by_name or permalink(org)],
            lambda org: self._org(org, now),
            lambda org: None,  # noqa: ARG005, nobody waits behind it: the rest is asked
            self._progress,
            self.stopping,
        )
        self.problems = turns.problems
        return turns.counts

    def _org(self, org: Org, now: datetime) -> str:
        given = permalink(org)
        place = given or self._search(org, now)
        if not place:
            return "unsure"
        found = self._entity(place, now)
        if not given and not same_site(found, org):
            return "unsure"
        cards = [*rounds_of(found), *self._rest(place, found, now)]
        facts = [fact_of(card, org, self._name_round, now) for card in cards]
        return self._put(org, [fact for fact in facts if fact is not None])

    def _entity(self, place: str, now: datetime) -> Json:
        params = {"card_ids": _CARD, "field_ids": "identifier,website_url"}
        path = f"/entities/organizations/{quote(place, safe='')}"
        return self._api.get(path, params, now, self._keep, rounds_of)

    def _rest(self, place: str, found: Json, now: datetime) -> list[Json]:
        """The rounds past the first hundred, card by card."""
        path = f"/entities/organizations/{quote(place, safe='')}/cards/{_CARD}"
        rounds: list[Json] = []
        newest = rounds_of(found)
        while len(newest) == _CARD_SIZE and len(rounds) < _MOST_ROUNDS:
            after = _text(_part(newest[-1], "identifier"), "uuid")
            if not after:
                break
            params = {"after_id": after, "limit": str(_CARD_SIZE)}
            newest = rounds_of(self._api.get(path, params, now, self._keep, rounds_of))
            rounds += newest
        return rounds

    def _search(self, org: Org, now: datetime) -> str:
        """Find a company's place by its very name, where it has a domain to check."""
        if not org.domain:
            return ""
        params = {"query": org.name, "collection_ids": "organizations", "limit": "10"}
        found = self._api.get("/autocompletes", params, now, self._keep, entities_of)
        return place_of(found, org)

    def _put(self, org: Org, facts: Sequence[FundingFact]) -> str:
        """Replace Crunchbase's word on a company, where it has changed."""
        funding = self._store.funding
        before = [f for f in funding.of(org.org_id) if f.source == NAME]
        if said(before) == said(facts):
            return "unchanged"
        with self._store.atomic():
            funding.put([replace(fact, event_id=_STALE) for fact in before])
            funding.drop_event(_STALE)
            funding.put(facts)
        return "changed"


def crunchbase_api(
    settings: CrunchbaseSettings, key: str, line: Line, store: Store
) -> Api:
    """Make the client; its key travels in the header that the API documents."""
    variable = "CRUNCHBASE_KEY"
    provider = Provider(NAME, settings.base_url, "X-cb-user-key", variable, key)
    return Api(provider, line, Quota(store.notes, "crunchbase", settings.daily_quota))


def permalink(org: Org) -> str:
    """The company's place at Crunchbase, out of its address there; "" without one."""
    parts = urlsplit(str(org.identifiers.get("crunchbase") or ""))
    steps = [step for step in parts.path.split("/") if step]
    if links.host(parts.geturl()).removeprefix("www.") != "crunchbase.com":
        return ""
    at = steps.index("organization") + 1 if "organization" in steps else len(steps)
    return steps[at] if at < len(steps) else ""


def entities_of(found: Json) -> list[Json]:
    """The suggestions of an answer; raises Malformed."""
    listed = found.get("entities")
    if not isinstance(listed, list):
        raise Malformed(NAME, "it holds no list of entities")
    return [one for one in listed if isinstance(one, dict)]


def place_of(found: Json, org: Org) -> str:
    """The one organisation among suggestions that goes by one of our names, else ""."""
    names = {name.casefold() for name in org.names}
    marks = [_part(one, "identifier") for one in entities_of(found)]
    same = [m for m in marks if _text(m, "value").casefold() in names]
    places = {_text(mark, "permalink") for mark in same}
    return places.pop() if len(places) == 1 else ""


def same_site(found: Json, org: Org) -> bool:
    """Say whether Crunchbase gives the company the domain that we know."""
    site = links.host(_text(_part(found, "properties"), "website_url"))
    return bool(site) and (site == org.domain or site.endswith(f".{org.domain}"))


def rounds_of(found: Json) -> list[Json]:
    """The funding rounds of an answer; raises Malformed."""
    cards = found.get("cards")
    cards = cards.get(_CARD, []) if isinstance(cards, dict) else None
    if not isinstance(cards, list):
        raise Malformed(NAME, f"it holds no card {_CARD}")
    return [card for card in cards if isinstance(card, dict)]


def fact_of(
    card: Json, org: Org, name_round: NameRound, now: datetime
) -> FundingFact | None:
    """Make a fact of one round; None where it has no page that could be cited."""
    place = _text(_part(card, "identifier"), "permalink")
    if not place:
        return None
    kind = _text(card, "investment_type")
    money = _part(card, "money_raised")
    return FundingFact(
        org_id=org.org_id,
        round_type=name_round(kind) or kind.replace("_", " ").capitalize(),
        announced_on=_day(card.get("announced_on")),
        source_url=f"{_PAGES}{quote(place, safe='')}",
        amount_usd=_number(money.get("value_usd")),
        investors=_names(card.get("investor_identifiers")),
        confidence=CONFIDENCE,
        created_at=now,
        amount=_number(money.get("value")),
        currency=_text(money, "currency").upper(),
        leads=_names(card.get("lead_investor_identifiers")),
        source=NAME,
        tier="api",
    )


def said(facts: Sequence[FundingFact]) -> frozenset[tuple[Any, ...]]:
    """What facts say, whenever and in whatever order it was said."""
    return frozenset(
        (
            fact.round_type,
            fact.announced_on,
            fact.source_url,
            fact.amount_usd,
            fact.amount,
            fact.currency,
            tuple(fact.investors),
            tuple(fact.leads),
        )
        for fact in facts
    )


def _names(listed: Any) -> tuple[str, ...]:
    known = listed if isinstance(listed, list) else []
    parts = [one for one in known if isinstance(one, dict)]
    return tuple(dict.fromkeys(name for one in parts if (name := _text(one, "value"))))


def _day(value: Any) -> date | None:
    """A day, written plainly or as {value, precision}."""
    text = value.get("value") if isinstance(value, dict) else value
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _number(value: Any) -> float | None:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain and value > 0 else None


def _part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = found.get(name)
    return part if isinstance(part, dict) else {}


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""
