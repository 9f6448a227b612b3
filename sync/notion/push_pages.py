"""Makes pages, and refreshes them in place by the smallest difference.

Touches: Notion, the store's outbox.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from store import ids, pages
from store.pages import Block, Page
from store.records import Sent, Wanted
from sync.notion import blocks, files, nodes, plan, portions, wire
from sync.notion.blocks import Live
from sync.notion.client import Notion
from sync.notion.errors import NotShared, UnknownOutcome, Validation
from sync.notion.guard import plain
from sync.notion.match import Attempt, is_peoples
from sync.notion.plan import Append, Delete, Level, LevelPlan, Path, Update
from sync.notion.work import Work

Json = dict[str, Any]
Made = dict[Path, tuple[str, Block]]
Shown = dict[str, str]
Portion = tuple[Block, ...]
_ROUNDS = 100  # looks at one page; each goes three levels deeper or a table further


def push_page(work: Work, item: Wanted) -> None:
    """Show a page: make it, or change what differs."""
    body = pages.from_json("page", item.body)
    assert isinstance(body, Page), "the outbox keeps pages under their kind"
    wanted = blocks.prepared(body.blocks)
    parent = parent_of(work, item, body)
    sent = known(work, item, parent)
    if work.settled(item) and sent is None:
        sent = _lost(work, item, body, parent)
    if sent is None:
        asked = portions.portions(wanted)
        sent = _create(work, item, body, parent, asked)
        whole = bool(sent.blocks) and tuple(chain.from_iterable(asked)) == wanted
        if len(asked) > 1 or not whole:
            work.store.outbox.progress(sent)
        sent = _append_rest(work, sent, asked[1:])
        if whole:
            work.done(item, replace(sent, wanted_hash=item.wanted_hash))
            return
    _refresh(work, item, body, sent)


def parent_of(work: Work, item: Wanted, body: Page) -> str:
    """Say under which page a page belongs; raises RowGone."""
    if body.parent == "root":
        return work.settings.parent
    return work.row_of(item.org_id).page_id


def known(work: Work, item: Wanted, parent: str) -> Sent | None:
    """What we sent before, unless the company has got another row since."""
    sent = work.store.outbox.sent(item.key)
    if sent is None or sent.properties.get("parent") not in {None, plain(parent)}:
        return None
    work.notion.guard.know(pages=[sent.notion_id])
    return sent


def look(work: Work, item: Wanted, body: Page, sent: Sent) -> LevelPlan:
    """Read what is needed of a page, and plan the difference."""
    had = item.attempt or {}
    attempt = Attempt(
        frozenset(had.get("hashes", ())),
        frozenset(had.get("changed", ())),
        frozenset(had.get("below", ())),
    )
    wanted = blocks.prepared(body.blocks)
    before = nodes.from_json(sent.blocks)
    known = _Known(work.notion, attempt, nodes.by_id(before))
    level = Level(sent.notion_id, wanted, before)
    return _level(known, level, has_children=True)


def face(body: Page, parent: str) -> dict[str, str]:
    """Hash what a page shows besides its blocks."""
    return {
        "title": ids.value_hash(body.title),
        "icon": ids.value_hash(body.icon),
        "parent": plain(parent),
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """Where a page is read, and what is remembered of its blocks, by id."""

    notion: Notion
    attempt: Attempt
    nodes: Mapping[str, nodes.Node]


def _level(known: _Known, level: Level, *, has_children: bool) -> LevelPlan:
    live = _read(known.notion, level.parent_id) if has_children else []
    todo = plan.plan_level(level, live, known.attempt)
    full = [block for block in todo.deletes if block.has_children]
    foreign = frozenset(b.id for b in full if _holds_foreign(known, b.id))
    todo = plan.keep(todo, foreign)
    slots = tuple(
        replace(
            slot,
            inside=_level(
                known,
                plan.inside_of(slot, at, level),
                has_children=bool(slot.live and slot.live.has_children),
            ),
        )
        if slot.goes_inside
        else slot
        for at, slot in enumerate(todo.slots)
    )
    return replace(todo, slots=slots)


def _read(notion: Notion, block_id: str) -> list[Live]:
    return [
        blocks.live(data, notion.bot_id)
        for data in notion.children(block_id)
        if not data.get("in_trash")
    ]


def _holds_foreign(known: _Known, block_id: str) -> bool:
    """Tell whether people wrote anything inside a block."""
    return any(
        is_peoples(block, known.nodes.get(block.id), known.attempt)
        or (block.has_children and _holds_foreign(known, block.id))
        for block in _read(known.notion, block_id)
    )


def _lost(work: Work, item: Wanted, body: Page, parent: str) -> Sent | None:
    """Look for a page whose making got no answer, among its parent's children."""
    taken = {sent.notion_id for sent in work.store.outbox.all_sent()}
    for block in work.notion.children(parent):
        mine = (block.get("created_by") or {}).get("id") == work.notion.bot_id
        titled = (block.get("child_page") or {}).get("title") == body.title
        if mine and titled and block["id"] not in taken and not block.get("in_trash"):
            return _adopted(work, item, str(block["id"]), body, parent)
    return None


def find(notion: Notion, parent: str, title: str) -> str:
    """Find the page of the bot's of that title below a page; "" where there is none."""
    for block in notion.children(parent):
        mine = (block.get("created_by") or {}).get("id") == notion.bot_id
        titled = (block.get("child_page") or {}).get("title") == title
        if mine and titled and not block.get("in_trash"):
            return str(block["id"])
    return ""


def adopt(work: Work, item: Wanted, page_id: str) -> None:
    """Take over a page of the bot's that this store does not know.

    Every block on it that only the bot has written counts as sent by us.
    """
    body = pages.from_json("page", item.body)
    assert isinstance(body, Page), "the outbox keeps pages under their kind"
    _adopted(work, item, page_id, body, parent_of(work, item, body))
    hashes = sorted(set(_own_hashes(work.notion, page_id)))
    work.begin(item, creates=body.title, hashes=hashes)


def _own_hashes(notion: Notion, block_id: str) -> Iterator[str]:
    for block in _read(notion, block_id):
        if block.by_bot and block.edited_by_bot:
            yield block.shown
        if block.has_children:
            yield from _own_hashes(notion, block.id)


def _adopted(work: Work, item: Wanted, page_id: str, body: Page, parent: str) -> Sent:
    page = work.notion.page(page_id)
    work.notion.guard.know(pages=[page_id])
    url = str(page.get("url") or "")
    sent = Sent(item.key, page_id, url, "", face(body, parent), (), work.now)
    work.store.outbox.progress(sent)
    return sent


def _create(
    work: Work, item: Wanted, body: Page, parent: str, asked: Sequence[Portion]
) -> Sent:
    """Make a page with the first portion of its blocks; the caller records it."""
    first = asked[0] if asked else ()
    uploads = _uploads(work, chain.from_iterable(asked))
    children = [blocks.to_notion(block, uploads) for block in first]
    new = nodes.as_sent(first, children)
    request: Json = {
        "parent": {"type": "page_id", "page_id": parent},
        "properties": {"title": wire.write("title", body.title)},
        "children": children,
    }
    if body.icon:
        request["icon"] = {"type": "emoji", "emoji": body.icon}
    more = nodes.as_nodes(chain.from_iterable(asked[1:]))
    work.begin(item, creates=body.title, hashes=nodes.shown_by((*new, *more)))
    try:
        with _showing(work, uploads):
            page = work.notion.create_page(request)
    except UnknownOutcome as error:
        if not error.resource_id:
            raise
        return _adopted(work, item, error.resource_id, body, parent)
    _attach(work, first)
    return Sent(
        item.key,
        str(page["id"]),
        str(page.get("url") or ""),
        "",
        face(body, parent),
        nodes.to_json(new),
        work.now,
    )


def _append_rest(work: Work, sent: Sent, more: Sequence[Portion]) -> Sent:
    """Add what did not fit into the request that made the page."""
    if not sent.blocks:
        return sent
    uploads = _uploads(work, chain.from_iterable(more))
    for portion in more:
        request = [blocks.to_notion(block, uploads) for block in portion]
        with _showing(work, uploads):
            made = work.notion.append(sent.notion_id, request, {"type": "end"})
        _attach(work, portion)
        new = _with_ids(nodes.as_sent(portion, request), made)
        sent = replace(sent, blocks=(*sent.blocks, *nodes.to_json(new)))
        work.store.outbox.progress(sent)
    return sent


def _refresh(work: Work, item: Wanted, body: Page, sent: Sent) -> None:
    """Bring a page up to date; deep or long ones take several looks."""
    wanted = blocks.prepared(body.blocks)
    shown = {**sent.properties, **face(body, sent.properties.get("parent", ""))}
    for _ in range(_ROUNDS):
        todo = look(work, item, body, sent)
        actions = plan.whole(todo)
        uploads = _uploads(work, _written(actions))
        if actions or shown != sent.properties:
            sent = replace(sent, blocks=nodes.to_json(plan.nodes_before(todo)))
            work.store.outbox.progress(sent)
            work.begin(item, **plan.attempt_of(todo))
        if shown != sent.properties:
            _retitle(work, body, sent)
        with _showing(work, uploads):
            made, seen = _carry_out(work.notion, actions, uploads)
        _attach(work, _written(actions))
        after = nodes.to_json(plan.nodes_after(todo, made, seen))
        sent = replace(sent, blocks=after, properties=shown, sent_at=work.now)
        work.store.outbox.progress(sent)
        if _complete(sent, wanted):
            break
    work.done(item, replace(sent, wanted_hash=item.wanted_hash))


def _retitle(work: Work, body: Page, sent: Sent) -> None:
    icon = {"type": "emoji", "emoji": body.icon} if body.icon else None
    request: Json = {"properties": {"title": wire.write("title", body.title)}}
    if sent.properties.get("icon") != ids.value_hash(body.icon):
        request["icon"] = icon
    work.notion.update_page(sent.notion_id, request)


def _carry_out(
    notion: Notion, actions: Iterable[plan.Action], uploads: Mapping[str, str]
) -> tuple[Made, Shown]:
    """Write; gives back what was made, and how the changed blocks show now."""
    made: Made = {}
    shown: Shown = {}
    for action in actions:
        match action:
            case Update():
                body = blocks.update_of(action.block, uploads)
                changed = notion.update_block(action.block_id, body)
                shown[action.block_id] = blocks.live(changed, notion.bot_id).shown
            case Delete():
                notion.delete_block(action.block_id)
            case Append():
                made |= _append(notion, action, uploads)
    return made, shown


def _append(notion: Notion, action: Append, uploads: Mapping[str, str]) -> Made:
    made: Made = {}
    after = action.after
    paths = iter(action.paths)
    for portion in portions.portions(action.blocks):
        request = [blocks.to_notion(block, uploads) for block in portion]
        new = notion.append(action.parent_id, request, position(after))
        for block, shown in zip(portion, new, strict=True):
            made[next(paths)] = (str(shown["id"]), block)
        after = str(new[-1]["id"])
    return made


def position(after: str | None) -> Json:
    """Say where blocks are added: at the end, the start, or after a sibling."""
    if after is None:
        return {"type": "end"}
    if not after:
        return {"type": "start"}
    return {"type": "after_block", "after_block": {"id": after}}


def _complete(sent: Sent, wanted: Sequence[Block]) -> bool:
    """Whether everything wanted is written, at every level."""
    return nodes.tree(nodes.from_json(sent.blocks)) == nodes.tree(
        nodes.as_nodes(wanted)
    )


def _with_ids(new: Sequence[nodes.Node], made: Sequence[Json]) -> list[nodes.Node]:
    return [
        replace(node, id=str(shown["id"]))
        for node, shown in zip(new, made, strict=True)
    ]


def _written(actions: Iterable[plan.Action]) -> list[Block]:
    found: list[Block] = []
    for action in actions:
        if isinstance(action, Update):
            found.append(action.block)
        elif isinstance(action, Append):
            found += action.blocks
    return found


def _named(wanted: Iterable[Block]) -> set[str]:
    return {
        name
        for block in wanted
        for name in {block.asset, *_named(block.children)}
        if name
    }


def _uploads(work: Work, wanted: Iterable[Block]) -> dict[str, str]:
    return {name: files.ensure(work, name) for name in sorted(_named(wanted))}


@contextmanager
def _showing(work: Work, uploads: Iterable[str]) -> Iterator[None]:
    """Forget the files of a refused write: the next try sends them anew."""
    try:
        yield
    except (Validation, NotShared):
        for name in uploads:
            files.forget(work, name)
        raise


def _attach(work: Work, wanted: Iterable[Block]) -> None:
    for name in sorted(_named(wanted)):
        files.attached(work, name)
