"""Lay a draft out as a comment for the person who asked. Pure."""

from collections.abc import Iterator

from intel import links, text
from intel.draft_life import AGAIN, CONFIRMED, DISMISSED, Request
from intel.drafts import Draft, Line, Thin
from store.pages import Comment, Span
from store.records import Evidence

# Limits of Notion: characters (UTF-16 units) in one item, items in one comment.
LONGEST_ITEM = 2000
MOST_ITEMS = 100
_QUOTE = 400
_NOTE = 300


def as_comment(draft: Draft | Thin, request: Request) -> Comment:
    """Lay out a draft, or what is missing for one, as a comment."""
    spans = _thin(draft, request) if isinstance(draft, Thin) else _draft(draft, request)
    return _comment(request, spans)


def refusal(request: Request, why: str) -> Comment:
    """Say why a letter would have broken a rule."""
    return _comment(request, [Span("No draft: ", bold=True), Span(why)])


def _comment(request: Request, spans: list[Span]) -> Comment:
    every = [*_greeting(request), *spans]
    return Comment(tuple(split(_joined(every)))[:MOST_ITEMS], request.marker)


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


def _greeting(request: Request) -> list[Span]:
    person = request.person_id
    mention = [Span("@", person=person), Span(" ")] if person else []
    return [*mention, Span(request.marker, code=True), Span("\n")]


def _thin(thin: Thin, request: Request) -> list[Span]:
    again = (
        "Then tick Request Draft again."
        if request.version == 1
        else "The version before stands as it is."
    )
    return [
        Span(f"No draft for {thin.intent}: ", bold=True),
        Span(f"there is {thin.missing}. {thin.fill} {again}"),
    ]


def _draft(draft: Draft, request: Request) -> list[Span]:
    numbers = {p.evidence_id: n for n, p in enumerate(draft.cited, start=1)}
    by = f" ({draft.note})" if draft.note else ""
    which = "Draft" if request.version == 1 else "New version of the draft"
    spans = [
        Span(f"{which} for {draft.intent}{by}. Check it, copy it, send it yourself.\n"),
        *_of_the_note(draft, request),
        Span("\nSubject: ", bold=True),
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
    spans += [*_next(draft), Span("\nClean copy\n", bold=True)]
    return [*spans, Span(draft.body)]


def _of_the_note(draft: Draft, request: Request) -> list[Span]:
    """Say what became of a person's note."""
    if not request.note:
        return []
    note = text.clip(text.clean(request.note), _NOTE)
    return [Span(f"Your note: “{note}” {' '.join(draft.heard)}\n", italic=True)]


def _next(draft: Draft) -> list[Span]:
    """Say what can be done with a draft from here."""
    address = links.mail(draft.subject, draft.body)
    opening = (
        [Span("Open it in your mail program", url=address), Span(" (no recipient set)")]
        if address
        else [Span("Too long for a link to your mail program: copy it from here")]
    )
    told = (
        f".\nIn its row of Action Items say what becomes of it: {CONFIRMED}, "
        f"{DISMISSED} or, after a Draft Note, {AGAIN}.\n"
    )
    return [Span("\n"), *opening, Span(told)]


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
