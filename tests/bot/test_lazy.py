"""What is opened on first use, and let go."""

from bot.app import Lazy


def test_it_is_made_once_and_anew_after_it_was_let_go():
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    lazy = Lazy(make)
    assert not lazy.made
    assert [lazy(), lazy()] == [0, 0]
    lazy.let_go()
    assert not lazy.made
    assert lazy() == 1
