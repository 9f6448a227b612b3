"""What a job says of itself when it is done, and how it shows its progress. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a job: counts by word, what went wrong, what would be done.

    `failed` says that the job as a whole could not do its work, `cut` that its time was
    over before it was through.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    failed: bool = False
    cut: bool = False

    @property
    def has_news(self) -> bool:
        """Whether more is to be told than that Notion was asked."""
        found = any(n for word, n in self.counts.items() if word != "requests")
        return found or bool(self.problems)

    def __add__(self, other: "Report") -> "Report":
        counts = dict(self.counts)
        for word, count in other.counts.items():
            counts[word] = counts.get(word, 0) + count
        return Report(
            counts,
            self.problems + other.problems,
            self.lines + other.lines,
            self.failed or other.failed,
            self.cut or other.cut,
        )


class Progress(Protocol):
    """Told how far a piece of work is: `step` of `total`, and what it is about."""

    def __call__(self, step: int, total: int, about: str = "") -> None:
        """Show it, or not."""


def silent(step: int, total: int, about: str = "") -> None:
    """Show nothing."""


def counted(
    things: Iterable[T],
    progress: Progress,
    name: Callable[[T], str],
    stopping: Callable[[], bool],
) -> Iterator[T]:
    """Go through things, showing how far we are; end early where we must stop."""
    everything = list(things)
    for step, thing in enumerate(everything):
        if stopping():
            return
        progress(step, len(everything), name(thing))
        yield thing
    progress(len(everything), len(everything))
