"""What is done to every text from inside the company before it is kept.

Redaction and sentiment are handed in, because they think. Pure.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# Takes a text and the names known to occur in it; gives back what may be kept.
Redactor = Callable[[str, Sequence[str]], str]
# Gives how a text sounds, from -1 (angry) to 1 (happy); None where nobody can say.
Sentiment = Callable[[str], float | None]


@dataclass(frozen=True, slots=True)
class Words:
    """How texts are redacted, and how they are felt."""

    redact: Redactor
    sentiment: Sentiment

    def felt(self, texts: Iterable[str]) -> float | None:
        """Say how texts sound on the average; None where none can be judged."""
        felt = (self.sentiment(text) for text in texts if text.strip())
        scores = [score for score in felt if score is not None]
        return round(sum(scores) / len(scores), 4) if scores else None


def shortened(text: str, most: int) -> str:
    """Cut a text at a word's end, in one line, to at most `most` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
