from hypothesis import given, settings
from hypothesis import strategies as st

from store.pages import Block, Span, text
from sync.notion import plan
from sync.notion.blocks import Live
from sync.notion.match import Attempt
from sync.notion.nodes import MARK
from sync.notion.plan import Append, Delete, Level, Update
from tests.support.paper import Paper, remembered


def bullets(*texts: str) -> tuple[Block, ...]:
    return tuple(Block("bullet", text(t)) for t in texts)


def paragraphs(*texts: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", text(t)) for t in texts)


def test_an_unchanged_page_needs_nothing() -> None:
    paper = Paper()
    sent = paper.show(bullets("a", "b"))
    assert plan.whole(paper.planned(bullets("a", "b"), remembered(sent))) == []


def test_a_changed_word_is_one_update() -> None:
    paper = Paper()
    sent = paper.show(bullets("first claim", "second claim", "third claim"))
    wanted = bullets("first claim", "second claim, changed", "third claim")
    todo = plan.whole(paper.planned(wanted, sent))
    assert [type(action) for action in todo] == [Update]
    assert todo[0].before == "second claim"  # type: ignore[union-attr]


def test_a_new_block_lands_before_its_follower_and_after_a_persons_note() -> None:
    paper = Paper()
    sent = paper.show(bullets("one", "three"))
    paper.person_adds("one", "my note on one")
    paper.show(bullets("one", "two", "three"), sent)
    assert paper.texts() == ["one", "my note on one", "two", "three"]


def test_a_new_last_block_goes_before_what_people_wrote_at_the_end() -> None:
    paper = Paper()
    sent = paper.show(bullets("one"))
    paper.person_adds("one", "our notes")
    paper.show(bullets("one", "two"), sent)
    assert paper.texts() == ["one", "two", "our notes"]


def test_a_persons_edit_is_kept_and_the_new_version_marked_after_it() -> None:
    paper = Paper()
    sent = paper.show(bullets("usage is up", "news"))
    paper.person_edits("usage is up", "usage is way up, says Ann")
    sent = paper.show(bullets("usage is down", "news"), remembered(sent))
    assert paper.texts() == [
        "usage is way up, says Ann",
        MARK + "usage is down",
        "news",
    ]
    sent = paper.show(bullets("usage is flat", "news"), remembered(sent))
    assert paper.texts() == [
        "usage is way up, says Ann",
        MARK + "usage is flat",
        "news",
    ]
    assert plan.whole(paper.planned(bullets("usage is flat", "news"), sent)) == []


def test_the_mark_goes_when_the_persons_block_goes() -> None:
    paper = Paper()
    sent = paper.show(bullets("old"))
    paper.person_edits("old", "old, edited")
    sent = paper.show(bullets("new"), sent)
    paper.person_removes("old, edited")
    paper.show(bullets("new"), remembered(sent))
    assert paper.texts() == ["new"]


def test_an_edit_stays_without_company_where_nothing_newer_is_known() -> None:
    paper = Paper()
    sent = paper.show(bullets("claim", "other"))
    paper.person_edits("claim", "claim, corrected")
    sent = paper.show(bullets("claim", "other, changed"), sent)
    assert paper.texts() == ["claim, corrected", "other, changed"]
    paper.show(bullets("other, changed"), sent)
    assert paper.texts() == ["claim, corrected", "other, changed"]


def test_what_a_person_removed_stays_away_until_it_changes() -> None:
    paper = Paper()
    sent = paper.show(bullets("a", "b", "c"))
    paper.person_removes("b")
    sent = paper.show(bullets("a", "b", "c, changed"), sent)
    assert paper.texts() == ["a", "c, changed"]
    sent = paper.show(bullets("a", "b", "c"), remembered(sent))
    assert paper.texts() == ["a", "c"]
    paper.show(bullets("a", "b, news", "c"), sent)
    assert paper.texts() == ["a", "b, news", "c"]


def test_blocks_of_one_kind_are_reused_rather_than_created() -> None:
    paper = Paper()
    sent = paper.show(bullets("one", "two", "three"))
    before = paper.created
    paper.show(bullets("uno", "dos", "tres"), sent)
    assert (paper.texts(), paper.created) == (["uno", "dos", "tres"], before)


def test_a_move_costs_one_block() -> None:
    paper = Paper()
    sent = paper.show((*bullets("a", "b", "c"), *paragraphs("end")))
    todo = plan.whole(
        paper.planned((*bullets("c", "a", "b"), *paragraphs("end")), sent)
    )
    assert [type(action) for action in todo] == [Delete, Append]
    assert len(todo[1].blocks) == 1  # type: ignore[union-attr]


def test_children_are_read_only_where_they_changed() -> None:
    def claim(name: str, evidence: str) -> Block:
        return Block("toggle", text(name), paragraphs(evidence))

    paper = Paper()
    sent = paper.show((claim("a", "x"), claim("b", "y")))
    paper.reads = 0
    paper.show((claim("a", "x"), claim("b", "z")), remembered(sent))
    assert paper.reads == 2
    assert paper.leaf("b").children[0].block.text == "z"
    assert paper.leaf("a").children[0].block.text == "x"


def test_blocks_without_recorded_ids_are_recognised_in_order() -> None:
    paper = Paper()
    paper.show(bullets("a", "b", "a"))
    sent = plan.as_nodes(bullets("a", "b", "a"))
    paper.person_edits("b", "b, edited")
    paper.show(bullets("a", "b", "c"), sent)
    assert paper.texts() == ["a", "b, edited", "c"]


def test_a_write_that_was_never_recorded_is_taken_over() -> None:
    paper = Paper()
    sent = paper.show(bullets("a", "b"))
    paper.show(bullets("a", "new", "b, changed"), sent)  # and the process is killed
    created = paper.created
    again = paper.planned(bullets("a", "new", "b, changed"), sent)
    wanted = bullets("a", "new", "b, changed")
    attempt = plan.attempt_of(again)
    todo = plan.plan_level(
        Level("page", wanted, sent),
        paper.read("page"),
        Attempt(frozenset(attempt["hashes"])),
    )
    assert not [a for a in plan.whole(todo) if isinstance(a, Append)]
    assert paper.created == created


def test_what_notion_writes_its_own_way_is_no_persons_edit() -> None:
    sent = plan.as_nodes(bullets("a"))
    shown = Live(
        "b1",
        "bulleted_list_item",
        "other",
        "a",
        by_bot=True,
        edited_by_bot=True,
        has_children=False,
    )
    todo = plan.plan_level(Level("page", bullets("a"), sent), [shown], Attempt())
    assert plan.whole(todo) == []


def test_a_block_with_a_persons_note_inside_is_not_removed() -> None:
    paper = Paper()
    sent = paper.show(bullets("a", "b"))
    todo = paper.planned(bullets("a"), sent)
    spared = plan.keep(todo, frozenset(live.id for live in todo.deletes))
    assert plan.whole(spared) == []
    kept = plan.nodes_after(spared, {}, {})
    assert [node.kept for node in kept] == [False, True]


def test_long_tables_grow_row_by_row() -> None:
    def table(count: int) -> tuple[Block, ...]:
        rows = tuple(
            Block("table_row", (Span(f"n{n}"), Span("v"))) for n in range(count)
        )
        return (Block("table", children=rows),)

    paper = Paper()
    sent = paper.show(table(250))
    assert len(paper.leaves[0].children) == 100
    for _ in range(2):
        sent = paper.show(table(250), remembered(sent))
    names = [row.block.spans[0].text for row in paper.leaves[0].children]
    assert names == [f"n{n}" for n in range(250)]
    assert plan.whole(paper.planned(table(250), sent)) == []


_words = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(_words, min_size=2, max_size=5))
def test_any_page_becomes_any_other(versions: list[list[str]]) -> None:
    paper = Paper()
    sent: tuple = ()  # type: ignore[type-arg]
    for words in versions:
        sent = remembered(paper.show(bullets(*words), sent))
        assert paper.texts() == words
        assert plan.whole(paper.planned(bullets(*words), sent)) == []


@settings(max_examples=200, deadline=None)
@given(_words, _words, st.integers(0, 7), st.integers(0, 7))
def test_people_lose_nothing(
    one: list[str], two: list[str], edited: int, noted: int
) -> None:
    paper = Paper()
    wanted = bullets(*dict.fromkeys(one), "last")
    sent = paper.show(wanted)
    paper.person_adds(paper.texts()[noted % len(wanted)], "a note")
    paper.person_edits(wanted[edited % len(wanted)].text, "an edit")
    order = [t for t in paper.texts() if t in {"a note", "an edit"}]
    for version in (two, one, []):
        sent = remembered(paper.show(bullets(*version), sent))
        assert [t for t in paper.texts() if t in {"a note", "an edit"}] == order
    assert [t for t in paper.texts() if t not in order] == []
