"""Says whom each new article is about, and cuts what is evidence into snippets.

Touches: the store.
"""

from collections import Counter
from collections.abc import Sequence

from bot.app import App
from bot.jobs import knowing
from bot.jobs.knowing import Knowledge
from bot.report import Progress, Report, counted
from intel import evidence, identity
from intel.identity import Context, Matcher
from store.records import Event, EventLink, Org, Relation

NOT_US = "a person said Not us"
_OWN = "published by the company"
_AT_ONCE = 200


def link(app: App, orgs: Sequence[Org], progress: Progress) -> Report:
    """Judge every event nobody has judged yet; anew where what is known has changed.

    Texts of a company's own teach the words of its trade; what that may change is
    judged a second time. What is known is gathered of all companies, whatever the
    share: an article of one company's feed may be about another.
    """
    store, now = app.store, app.clock()
    if app.share.only is not None and not store.events.unlinked(1, app.share.mine):
        return Report()  # a single company's task: others look after what is known
    judged = _judge_all(app, orgs, knowing.refresh(store, orgs, now), progress)
    told = {one.org_id for links in judged.values() for one in links if is_own(one)}
    own = [org for org in orgs if org.org_id in told]
    if knowing.learn_trade(store, own, now):
        judged |= _judge_all(app, orgs, knowing.refresh(store, orgs, now), progress)
    counts = Counter(one.relation.value for links in judged.values() for one in links)
    return Report({word: counts[word] for word in ("about", "mention", "namesake")})


def is_own(link: EventLink) -> bool:
    """Say whether an event was linked because the company published it. Pure."""
    return link.reason.startswith(_OWN)


def _judge_all(
    app: App, orgs: Sequence[Org], knowledge: Knowledge, progress: Progress
) -> dict[str, list[EventLink]]:
    matcher = identity.candidates(orgs)
    judged: dict[str, list[EventLink]] = {}
    while not app.halts():
        events = app.store.events.unlinked(_AT_ONCE, app.share.mine)
        if not events:
            break
        for event in counted(events, progress, _title, app.halts):
            links = _links_of(app, event, matcher, knowledge)
            app.store.events.link(event.event_id, links, app.clock())
            if event.kind not in evidence.INSIDE:
                judged[event.event_id] = links
    return judged


def _links_of(
    app: App, event: Event, matcher: Matcher, knowledge: Knowledge
) -> list[EventLink]:
    """Judge an event from outside; what its bringer said of one from inside stands."""
    before = app.store.events.links_of(event.event_id)
    if event.kind in evidence.INSIDE:
        return before
    links = judge(event, matcher, knowledge)
    return links if event.raw_text else standing(before, links)


def standing(before: list[EventLink], now: list[EventLink]) -> list[EventLink]:
    """What holds of an event whose text was dropped after its time. Pure.

    What was said of it when it could be read; a person's word goes before.
    """
    spoken = {one.org_id: one for one in now if one.reason == NOT_US}
    return [spoken.get(one.org_id, one) for one in before] or now


def judge(event: Event, matcher: Matcher, knowledge: Knowledge) -> list[EventLink]:
    """Say what an event has to do with each company it may name. Pure.

    What a company itself published is about it, and what a person said is not about
    it is about a namesake. Mentions and namesakes are kept with their reason, so that
    `cip explain` can show them.
    """
    found = list(matcher.find(event.title, event.raw_text, event.url))
    given = event.extracted.get("feed_org")
    found += [o for o in matcher.orgs if o.org_id == given and o not in found]
    links = [_link(event, org, knowledge) for org in found]
    kept = [one for one in links if one.relation is not Relation.NONE]
    return sorted(kept, key=lambda one: (-one.score, one.org_id))


def _link(event: Event, org: Org, knowledge: Knowledge) -> EventLink:
    relation, reason, score = _verdict(event, org, knowledge)
    return EventLink(event.event_id, org.org_id, relation, reason, score)


def _verdict(
    event: Event, org: Org, knowledge: Knowledge
) -> tuple[Relation, str, float]:
    if event.story_id and (org.org_id, event.story_id) in knowledge.not_us:
        return Relation.NAMESAKE, NOT_US, 0.0
    if knowing.own_text(event, org):
        return Relation.ABOUT, f"{_OWN} itself", 1.0
    context = knowledge.contexts.get(org.org_id, Context())
    said = (event.title, event.raw_text, event.url, event.source)
    found = identity.relate(org, *said, context)
    return found.relation, found.reason, found.score


def cut(app: App, progress: Progress) -> Report:
    """Cut the events that are about somebody into snippets."""
    total = 0
    while not app.halts():
        events = app.store.events.uncut(_AT_ONCE, app.share.mine)
        if not events:
            break
        for event in counted(events, progress, _title, app.halts):
            snippets = evidence.cut(event)
            app.store.events.keep_snippets(event.event_id, snippets, app.clock())
            total += len(snippets)
    return Report({"snippets": total})


def _title(event: Event) -> str:
    return event.title
