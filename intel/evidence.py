"""Turn events, contacts, values and funding into citable evidence. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from intel import sentences, text
from intel.sentences import Sentence
from store import ids
from store.records import Event, EventLink, Evidence, Interaction, Kind, Snippet

LONGEST = 600
_MOST_SENTENCES = 4
_ROOMY = 240
_SHORTEST = 15
# What was said inside the house: linked by who brought it, and never told outside.
INSIDE = frozenset({Kind.SUPPORT, Kind.CALL})
_CHANNELS: Mapping[str, str] = {"zendesk": "Zendesk", "email": "E-mail", "call": "Call"}


def cut(event: Event) -> tuple[Snippet, ...]:
    """Cut an event's text into spans of one to four sentences, 600 characters at most.

    Page furniture is left out; a span never reaches across it.
    """
    return tuple(
        Snippet(
            ids.snippet_id(event.event_id, start, end, words),
            event.event_id,
            start,
            end,
            words,
        )
        for start, end in _spans(event.raw_text)
        if len((words := event.raw_text[start:end]).strip()) >= _SHORTEST
    )


def as_evidence(snippet: Snippet, event: Event, link: EventLink) -> Evidence:
    """Make a snippet citable for the org that `link` ties it to.

    The evidence id is the snippet's, so that a search answers with evidence ids.
    """
    return Evidence(
        evidence_id=snippet.snippet_id,
        org_id=link.org_id,
        kind=str(event.kind),
        source=text.clean(event.source),
        title=text.clean(event.title),
        quote=text.clean_lines(snippet.text),
        dated=event.published_at,
        url=web_address(_cited_address(event)),
        internal=event.kind in INSIDE,
        story_id=event.story_id or event.event_id,
        event_id=event.event_id,
        fetched_at=event.ingested_at,
        facts=_event_facts(snippet, event, link),
    )


def contact_id(interaction_id: str, summary: str) -> str:
    """Name a contact as evidence: other words make other evidence."""
    return ids.digest("contact", interaction_id, text.clean(summary))


def interaction_evidence(contact: Interaction) -> Evidence:
    """Make a contact with a customer citable; it stays internal."""
    summary = text.clean(contact.summary)
    source = _CHANNELS.get(contact.channel, contact.channel.title())
    return Evidence(
        evidence_id=contact_id(contact.interaction_id, contact.summary),
        org_id=contact.org_id,
        kind=str(Kind.CALL if contact.channel == "call" else Kind.SUPPORT),
        source=source,
        title=f"{source} contact",
        quote=summary,
        dated=contact.occurred_at,
        url=web_address(contact.raw_url),
        internal=True,
        story_id=contact.interaction_id,
        facts={"channel": contact.channel, "sentiment": contact.sentiment},
    )


def _cited_address(event: Event) -> str:
    """The address where the words were read, without tracking.

    Any other address that a page calls its own is one where nobody has seen them.
    """
    ours, canonical = urlsplit(event.url), urlsplit(event.canonical_url)
    same = (ours.netloc, ours.path) == (canonical.netloc, canonical.path)
    return event.canonical_url if same else event.url


def web_address(url: str) -> str:
    """Give an address back if it is http(s) and short enough for Notion, else ""."""
    fits = url.startswith(("https://", "http://")) and len(url) <= 2000
    return url if fits and not any(c.isspace() for c in url) else ""


def day(evidence: Evidence) -> date | None:
    """Give the day the source itself would print, in its own zone."""
    printed = evidence.facts.get("day")
    if isinstance(printed, str) and printed:
        return date.fromisoformat(printed)
    return evidence.dated.date() if evidence.dated else None


def words_of(evidence: Evidence) -> str:
    """Give all the words that a claim may rest on: headline and quote."""
    if evidence.title in evidence.quote:
        return evidence.quote
    return f"{evidence.title}\n{evidence.quote}"


def is_outside(piece: Evidence) -> bool:
    """Tell what outlets and pages said: a call stays the house's though released."""
    return bool(piece.event_id) and not piece.internal and piece.kind not in INSIDE


def newest_first(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort by date, newest first, undated last; ties by id."""
    floor = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(pieces, key=lambda piece: piece.evidence_id)
    return tuple(sorted(ordered, key=lambda p: p.dated or floor, reverse=True))


def _spans(raw: str) -> Iterator[tuple[int, int]]:
    group: list[Sentence] = []
    for sentence in sentences.split(raw):
        furniture = sentences.is_boilerplate(sentence.text)
        if group and (furniture or not _fits(group, sentence)):
            yield group[0].start, group[-1].end
            group = []
        if furniture:
            continue
        if sentence.end - sentence.start > LONGEST:
            yield sentence.start, _word_end(raw, sentence.start, sentence.end)
        else:
            group.append(sentence)
    if group:
        yield group[0].start, group[-1].end


def _fits(group: list[Sentence], sentence: Sentence) -> bool:
    length = sentence.end - group[0].start
    if len(group) >= _MOST_SENTENCES or length > LONGEST:
        return False
    filled = group[-1].end - group[0].start
    return sentence.line == group[-1].line or filled < _ROOMY


def _word_end(raw: str, start: int, end: int) -> int:
    window = raw[start : min(end, start + LONGEST)]
    return start + (window.rfind(" ") if " " in window else len(window))


def _event_facts(snippet: Snippet, event: Event, link: EventLink) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "start": snippet.start,
        "relation": str(link.relation),
        "language": event.extracted.get("language") or text.language(event.raw_text),
    }
    if event.published_at:
        zone = _zone(str(event.extracted.get("published_zone") or ""))
        facts["day"] = event.published_at.astimezone(zone).date().isoformat()
    return facts


def _zone(name: str) -> timezone | ZoneInfo:
    """Read an offset such as +02:00, or a zone's name; UTC where it is neither."""
    try:
        offset = datetime.strptime(name, "%z").utcoffset() if name else None
        return timezone(offset or timedelta())
    except ValueError:
        pass
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
