"""Reads transcripts of calls: WebVTT, SubRip, JSON, and plain text. Pure.

WebVTT: w3.org/TR/webvtt1, with a speaker as `<v Name>` or `Name:` before the words.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

_MOST_QUOTE = 600  # characters, after which a quote ends with a caption
_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_AT_LINE = re.compile(rf"^[\[(]?{_TIME}[\])]?\s*[-–]?\s*(?=\S)")
_VOICE = re.compile(r"<v(?:\.[^\s>]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]*>|<\d[\d:.]*>", re.IGNORECASE)
_SPEAKER = re.compile(r"^\s*([^\W\d_][\w .'’()-]{0,58}):\s+(?=\S)")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?:[T_ ](\d{2})[-:h.]?(\d{2})Z?)?(?!\d)")
_END = re.compile(r"""[.!?…。？！]["'”’)\]]*$""")
_SKIPPED = ("WEBVTT", "NOTE", "STYLE", "REGION")


class BadTranscript(ValueError):
    """A file that no call can be read out of; says why in a few words."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said in one go. `at_s` is seconds into the call, None where the
    transcript does not tell."""

    speaker: str
    at_s: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """One call. `told` is what the file says of it: org, title, at, url."""

    quotes: tuple[Quote, ...]
    told: Mapping[str, str] = field(default_factory=dict)


def read(text: str, ending: str) -> Transcript:
    """Read a transcript by its file's ending; raises BadTranscript."""
    transcript = _READERS[ending](text)
    quotes = joined(transcript.quotes)
    if not quotes:
        raise BadTranscript("nobody says anything in it")
    return replace(transcript, quotes=tuple(quotes))


def joined(pieces: Iterable[Quote]) -> list[Quote]:
    """Join captions to whole sentences of one speaker.

    A quote ends where the speaker changes, a sentence ends, or it grows too long, so
    that nothing worth redacting is torn apart.
    """
    quotes: list[Quote] = []
    closed = True
    for piece in pieces:
        text = " ".join(piece.text.split())
        if not text:
            continue
        if closed or quotes[-1].speaker != piece.speaker:
            quotes.append(replace(piece, text=text))
        else:
            quotes[-1] = replace(quotes[-1], text=f"{quotes[-1].text} {text}")
        closed = bool(_END.search(text)) or len(quotes[-1].text) > _MOST_QUOTE
    return quotes


def day_in(text: str) -> datetime | None:
    """Find a call's day, and its time (UTC) where given, as 2026-11-20 or 2026-11-20
    1430 in a file's name."""
    found = _DAY.search(text)
    if found is None:
        return None
    day, hour, minute = found.groups()
    try:
        return datetime.fromisoformat(f"{day}T{hour or '00'}:{minute or '00'}+00:00")
    except ValueError:
        return None


def around_day(text: str) -> list[str]:
    """What stands before and after the day in a file's name."""
    found = _DAY.search(text)
    return [text[: found.start()], text[found.end() :]] if found else [text]


def moment(text: str) -> datetime | None:
    """Read a date and time of ISO form; UTC where no zone is given."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _captions(text: str) -> Transcript:
    """WebVTT and SubRip: blocks with a time line, told apart by blank lines."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    pieces = [piece for block in blocks for piece in _cue(block.strip().split("\n"))]
    if not pieces and text.strip():
        raise BadTranscript("no line of it tells a time (00:01.000 --> 00:02.000)")
    return Transcript(tuple(pieces))


def _cue(lines: Sequence[str]) -> Iterator[Quote]:
    """One block's words, by speaker; a block without a time line says nothing."""
    if lines[0].split(" ")[0] in _SKIPPED and "-->" not in "".join(lines[:2]):
        return
    at = next((i for i, line in enumerate(lines) if _ARROW.match(line)), None)
    if at is None:
        return
    found = _ARROW.match(lines[at])
    begins = _seconds(found.groups()[:4]) if found else 0.0
    speaker = ""
    for line in lines[at + 1 :]:
        for voice, words in _voices(line):
            speaker, said = _spoken(words, voice or speaker)
            yield Quote(speaker, begins, said)


def _voices(line: str) -> Iterator[tuple[str, str]]:
    """A line's parts, each after the `<v Name>` before it."""
    parts = _VOICE.split(line)
    yield "", _plain(parts[0])
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        yield _plain(name), _plain(words)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def _text(text: str) -> Transcript:
    """Plain text: `[00:01:02] Name: words` a line, of which only the words must be."""
    pieces: list[Quote] = []
    speaker = ""
    for line in text.splitlines():
        begins, rest = _begins(line.strip())
        if not rest:
            speaker = ""
            continue
        speaker, said = _spoken(rest, speaker)
        pieces.append(Quote(speaker, begins, said))
    return Transcript(tuple(pieces))


def _begins(line: str) -> tuple[float | None, str]:
    found = _AT_LINE.match(line)
    if found is None:
        return None, line
    return _seconds(found.groups()), line[found.end() :]


def _json(text: str) -> Transcript:
    """A list of {speaker, start, text}, or {segments: [...]} with what is told."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadTranscript("it is no JSON") from error
    told = found if isinstance(found, dict) else {}
    pieces = told.get("segments") if told else found
    if not isinstance(pieces, list):
        raise BadTranscript("it is no list of {speaker, start, text}, nor has segments")
    quotes = [_segment(at, piece) for at, piece in enumerate(pieces, start=1)]
    return Transcript(tuple(quotes), _told(told))


def _segment(at: int, piece: Any) -> Quote:
    if not isinstance(piece, dict) or not isinstance(piece.get("text"), str):
        raise BadTranscript(f"segment {at} has no text")
    speaker, start = piece.get("speaker"), piece.get("start")
    return Quote(str(speaker or "").strip(), _start(at, start), piece["text"])


def _start(at: int, value: Any) -> float | None:
    """Seconds as a number, or written as 00:01:02.5."""
    if value is None:
        return None
    if isinstance(value, int | float) and 0 <= value < 1e6:
        return float(value)
    found = re.fullmatch(_TIME, value.strip()) if isinstance(value, str) else None
    if found is None:
        raise BadTranscript(f"segment {at}: start {value!r} is no time in seconds")
    return _seconds(found.groups())


def _told(found: Mapping[str, Any]) -> Mapping[str, str]:
    names = {
        "org": ("org", "company", "account", "callsign"),
        "title": ("title", "subject", "name"),
        "at": ("started_at", "date", "at", "start_time"),
        "url": ("url", "recording_url"),
    }
    return {
        ours: value.strip()
        for ours, theirs in names.items()
        for value in [next((found[n] for n in theirs if found.get(n)), None)]
        if isinstance(value, str)
    }


def _spoken(text: str, speaker: str) -> tuple[str, str]:
    """Tell the speaker at the start of a line from what follows."""
    found = _SPEAKER.match(text)
    if found is None or len(found[1].split()) > 4:
        return speaker, text
    return found[1].strip(), text[found.end() :]


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds, rest = (group or "0" for group in groups)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest}")


_READERS: Mapping[str, Callable[[str], Transcript]] = MappingProxyType(
    {".vtt": _captions, ".srt": _captions, ".json": _json, ".txt": _text}
)
ENDINGS = tuple(_READERS)
