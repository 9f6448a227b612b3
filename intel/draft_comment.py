"""Lay a draft out as a comment for the person who asked. Pure."""

from collections.abc import Iterator

from intel import links, text
from intel.drafts import Draft, Line, Thin
from store.pages import Comment, Span
from store.records import Evidence, Org, Tick

# Limits of Notion: characters (UTF-16 units) in one item, items in one comment.
LONGEST_ITEM = 2000
MOST_ITEMS = 100
_QUOTE = 400


def marker(org: Org, tick: Tick) -> str:
    """Give the short text by which a tick's comment is found again."""
    return f"draft {org.org_id} #{tick.number}"


def as_comment(draft: Draft | Thin, org: Org, tick: Tick) -> Comment:
    """Lay out a draft, or what is missing for one, as a comment."""
    spans = _thin(draft) if isinstance(draft, Thin) else _draft(draft)
    key = marker(org, tick)
    every = [*_greeting(tick, key), *spans]
    return Comment(tuple(split(_joined(every)))[:MOST_ITEMS], key)


def split(spans: list[Span]) -> Iterator[Span]:
    """Split long texts into items that Notion takes, never inside a character."""
    for span in spans:
        rest = span.text
        while _units(rest) > LONGEST_ITEM:
            head = rest[:LONGEST_ITEM]
            while _units(head) > LONGEST_ITEM:
                head = head[:-1]
            yield _like(span, head)
            rest = rest[len(head) :]
        yield _like(span, rest)


def _greeting(tick: Tick, key: str) -> list[Span]:
    person = [Span("@", person=tick.person_id), Span(" ")] if tick.person_id else []
    return [*person, Span(key, code=True), Span("\n")]


def _thin(thin: Thin) -> list[Span]:
    return [
        Span(f"No draft for {thin.intent}: ", bold=True),
        Span(f"there is {thin.missing}. {thin.fill} Then tick Request Draft again."),
    ]


def _draft(draft: Draft) -> list[Span]:
    numbers = {p.evidence_id: n for n, p in enumerate(draft.cited, start=1)}
    note = f" ({draft.note})" if draft.note else ""
    told = f"Draft for {draft.intent}{note}. Check it, copy it, send it yourself.\n\n"
    spans = [
        Span(told),
        Span("Subject: ", bold=True),
        Span(f"{draft.subject}\n\n"),
    ]
    for paragraph in draft.paragraphs:
        for line in paragraph:
            spans += _marked(line, numbers)
        spans.append(Span("\n\n"))
    spans += [
        Span("Evidence", bold=True),
        Span(" (sentences without a number state no fact)\n"),
    ]
    for piece in draft.cited:
        spans += _source(piece, numbers[piece.evidence_id])
    return [*spans, Span("\nClean copy\n", bold=True), Span(draft.body)]


def _marked(line: Line, numbers: dict[str, int]) -> list[Span]:
    marks = "".join(f"[{numbers[one]}]" for one in line.evidence_ids)
    spans = [Span(line.text)]
    if marks:
        spans += [Span(" "), Span(marks, color="blue")]
    return [*spans, Span(" ")]


def _source(piece: Evidence, number: int) -> list[Span]:
    note = " (internal: not quoted to the customer)" if piece.internal else ""
    return [
        Span(f"[{number}] {links.quoted(piece, _QUOTE)} "),
        Span(links.label(piece), url=links.landing(piece, piece.quote)),
        Span(f"{note}\n"),
    ]


def _joined(spans: list[Span]) -> list[Span]:
    """Join neighbours of one style, so that the comment has few items."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and not span.person and _like(last, "") == _like(span, ""):
            joined[-1] = _like(last, last.text + span.text)
        else:
            joined.append(span)
    return joined


def _like(span: Span, words: str) -> Span:
    return Span(
        words, span.url, span.bold, span.italic, span.code, span.color, span.person
    )


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def summary(draft: Draft | Thin) -> str:
    """Say in one line what came of a request, for logs and action items."""
    if isinstance(draft, Thin):
        return f"No draft for {draft.intent}: {draft.missing}."
    return f"Draft for {draft.intent}: {text.clip(draft.subject, 120)}"
