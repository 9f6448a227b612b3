"""Brings what was said in calls from transcripts and recordings in a drop folder.

A file's company is told by the file itself, its folder or its name; its day by the file
or its name: `Acme/2026-11-20 Kick-off.vtt`. Touches: the folder, a transcription
endpoint where one is configured, events, interactions, notes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from store import ids
from store.records import Event, Interaction, Kind
from store.store import Store
from sync.connectors import transcripts
from sync.connectors.errors import (
    ApiDown,
    ApiError,
    ApiRefused,
    ApiSilent,
    BadFile,
    NoFolder,
)
from sync.connectors.transcripts import BadTranscript, Quote, Transcript
from sync.connectors.usage import FindOrg, Problem
from sync.connectors.withdrawing import keep_linked, withdraw
from sync.connectors.words import Words, shortened
from sync.source import Counts, Progress, Stopping, never, silent
from sync.web import charset

CHANNEL = "call"
# Takes a file's name and content; gives what was said. Raises ApiError.
Transcribe = Callable[[str, bytes], Sequence[Quote]]

_SETTING = "sync.connectors.calls"
# What OpenAI's endpoint takes: platform.openai.com/docs/guides/speech-to-text.
_AUDIO = (
    *(".mp3", ".mp4", ".mpeg", ".mpga", ".m4a"),
    *(".wav", ".webm", ".ogg", ".oga", ".flac"),
)
_BETWEEN = re.compile(r"\s+[-–—]\s+|__+|--+|,\s+")
_TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """The settings of `[sync.connectors.calls.audio]`; the key is TRANSCRIBE_KEY."""

    # The OpenAI-compatible API, with its /v1; "" leaves recordings alone.
    base_url: str = ""
    model: str = "whisper-1"
    # What is spoken ("en", "de", …); "" lets the model find out.
    language: str = ""
    # The longest a recording may take, in seconds.
    timeout_s: float = 600.0


@dataclass(frozen=True, slots=True)
class CallsSettings:
    """The settings of `[sync.connectors.calls]`."""

    # The folder where transcripts and recordings are delivered; "" leaves it out.
    folder: str = ""
    # Whether speakers keep their names; else they are Speaker 1, Speaker 2, ….
    speaker_names: bool = False
    # Whether what was said may be quoted to the customer; else it stays internal.
    quotable: bool = False
    # The largest transcript and the largest recording that are read, in bytes.
    max_file_bytes: int = 10_000_000
    max_audio_bytes: int = 25_000_000
    audio: AudioSettings = field(default_factory=AudioSettings)


@dataclass(frozen=True, slots=True)
class Call:
    """Where and when a transcript belongs."""

    org_id: str
    title: str
    at: datetime
    digest: str


class _Unknown(Exception):
    """A file whose company nobody knows."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"no company is called {' or '.join(map(repr, names))}. Put it in a folder "
            "with the company's name"
        )


class CallsSource:
    """The drop folder. A file is read again when it changed, or its company appeared.

    The note `calls:<hash of its path>` holds each file's hash, its event, and what was
    wrong. Only a bad file is kept by name: names of files tell names of people.
    """

    name = "calls"

    def __init__(
        self,
        settings: CallsSettings,
        store: Store,
        find_org: FindOrg,
        words: Words,
        transcribe: Transcribe | None = None,
        progress: Progress = silent,
    ) -> None:
        self._settings, self._store, self._find_org = settings, store, find_org
        self._words, self._transcribe = words, transcribe
        self._progress = progress
        self._down: ApiError | None = None
        self.stopping: Stopping = never

    def pull(self, now: datetime) -> Counts:
        """Store every new file's call; raises NoFolder.

        Counts `files`, those `unchanged`, `new` calls, `bad_files`, and recordings
        `waiting` for an endpoint that does not answer.
        """
        self._down = None
        files = self._files()
        counts: Counter[str] = Counter(files=len(files))
        for done, path in enumerate(files, start=1):
            if self.stopping():
                break
            counts[self._file(path, now)] += 1
            self._progress(done, len(files), path.name)
        return dict(counts)

    def problems(self) -> list[Problem]:
        """What was wrong with the files as last read."""
        notes = self._store.notes.starting("calls:")
        return [
            Problem(note["file"], 0, note["reason"])
            for note in sorted(notes.values(), key=lambda note: str(note["file"]))
            if note["reason"]
        ]

    def _files(self) -> list[Path]:
        folder = self._folder
        if not folder.is_dir():
            raise NoFolder(f"{_SETTING}.folder", folder)
        endings = (*transcripts.ENDINGS, *_AUDIO)
        found = (p for p in folder.rglob("*") if p.suffix.lower() in endings)
        return sorted(p for p in found if p.is_file() and not p.name.startswith("."))

    @property
    def _folder(self) -> Path:
        return Path(self._settings.folder).expanduser()

    def _file(self, path: Path, now: datetime) -> str:
        """Take one file in, and say in a word what became of it."""
        file = path.relative_to(self._folder).as_posix()
        seen = self._store.notes.get(_key(file)) or {}
        digest = ""
        try:
            body = self._body(path, file)
            digest = hashlib.sha256(body).hexdigest()[:32]
            if self._settled(file, seen, digest):
                return "bad_files" if seen["reason"] else "unchanged"
            return self._take(file, body, digest, now)
        except _Unknown as error:
            return self._bad(file, digest, f"{error}", now, unknown=True)
        except (BadFile, BadTranscript) as error:
            reason = error.reason if isinstance(error, BadFile) else str(error)
            return self._bad(file, digest, reason, now)
        except ApiError as error:
            if error.stops or isinstance(error, ApiDown | ApiSilent):
                self._down = error
                self._bad(file, "", str(error), now)
                return "waiting"
            kept = digest if isinstance(error, ApiRefused) else ""
            return self._bad(file, kept, str(error), now)

    def _settled(self, file: str, seen: Mapping[str, Any], digest: str) -> bool:
        """Whether a file needs no look: a refused recording would only cost again."""
        if seen.get("hash") != digest or seen["unknown"]:
            return False
        return bool(seen["event"]) or is_audio(file)

    def _body(self, path: Path, file: str) -> bytes:
        kind = "max_audio_bytes" if is_audio(file) else "max_file_bytes"
        limit = getattr(self._settings, kind)
        try:
            if path.stat().st_size > limit:
                raise BadFile(file, f"is over {limit} bytes ({_SETTING}.{kind})")
            return path.read_bytes()
        except OSError as error:
            raise BadFile(file, f"cannot be opened ({error.strerror})") from error

    def _take(self, file: str, body: bytes, digest: str, now: datetime) -> str:
        if is_audio(file):
            call = placed(file, {}, self._find_org, digest)
            transcript = self._heard(file, body)
        else:
            ending = PurePosixPath(file).suffix.lower()
            transcript = transcripts.read(charset.decode(body, ""), ending)
            call = placed(file, transcript.told, self._find_org, digest)
        if call.at > now:
            raise BadTranscript(f"its day, {call.at:%Y-%m-%d}, lies in the future")
        return "new" if self._keep(file, call, transcript, now) else "unchanged"

    def _heard(self, file: str, body: bytes) -> Transcript:
        if self._transcribe is None:
            raise BadTranscript(
                f"a recording; set {_SETTING}.audio.base_url to have it"
            )
        if self._down is not None:
            raise self._down
        name = PurePosixPath(file)
        quotes = self._transcribe(f"recording{name.suffix.lower()}", body)
        found = transcripts.joined(quotes)
        if not found:
            raise BadTranscript("nobody says anything in it")
        return Transcript(tuple(found))

    def _keep(self, file: str, call: Call, said: Transcript, now: datetime) -> bool:
        event = event_of(call, said, self._words, self._settings, now)
        contact = interaction_of(call, event, self._words)
        with self._store.atomic():
            former = self._replace(file, event.event_id, now)
            contact = replace(contact, interaction_id=former or contact.interaction_id)
            new = keep_linked(
                self._store, event, call.org_id, "a call with the company"
            )
            self._store.interactions.put([contact])
            told = {"event": event.event_id, "contact": contact.interaction_id}
            self._note(_key(file), now, hash=call.digest, **told)
        return new

    def _replace(self, file: str, event_id: str, now: datetime) -> str:
        """Withdraw what the file held before, unless another file holds it too.

        Gives the id of the contact that the new one takes the place of, or "".
        """
        notes = self._store.notes.starting("calls:")
        mine = notes.pop(_key(file), {"event": "", "contact": ""})
        old = mine["event"]
        if old in {"", *(note["event"] for note in notes.values())}:
            return ""
        if old != event_id:
            withdraw(self._store, [old], now)
        return str(mine["contact"])

    def _bad(
        self,
        file: str,
        digest: str,
        reason: str,
        now: datetime,
        *,
        unknown: bool = False,
    ) -> str:
        before = self._store.notes.get(_key(file)) or {"event": "", "contact": ""}
        kept = {name: before[name] for name in ("event", "contact")}
        told = {"reason": reason, "file": file}
        bare = {name: self._words.redact(text, ()) for name, text in told.items()}
        self._note(_key(file), now, hash=digest, unknown=unknown, **kept, **bare)
        return "bad_files"

    def _note(self, key: str, now: datetime, **said: Any) -> None:
        texts = dict.fromkeys(("hash", "event", "contact", "file", "reason"), "")
        blank = {**texts, "unknown": False}
        note = {**blank, **said}
        if self._store.notes.get(key) != note:
            self._store.notes.put(key, note, now)


def _key(file: str) -> str:
    return f"calls:{ids.digest(file)}"


def is_audio(file: str) -> bool:
    """Whether a file is a recording, by its ending."""
    return file.lower().endswith(_AUDIO)


def placed(file: str, told: Mapping[str, str], find_org: FindOrg, digest: str) -> Call:
    """Say whose a file is, and of when; raises BadTranscript or _Unknown."""
    path = PurePosixPath(file)
    at = transcripts.moment(told.get("at", "")) or transcripts.day_in(path.stem)
    if at is None:
        raise BadTranscript("its name tells no day; call it 2026-11-20 Kick-off.vtt")
    parts = [part for part in _parts(path.stem) if part]
    folders = [part for part in reversed(path.parts[:-1]) if part]
    names = [name for name in (told.get("org", ""), *folders, *parts) if name]
    known = next((name for name in names if find_org(name)), None)
    if known is None:
        raise _Unknown(list(dict.fromkeys(names)) or [path.stem])
    org_id = find_org(known)
    assert org_id is not None
    title = told.get("title") or " – ".join(part for part in parts if part != known)
    return Call(org_id, title or "Call", at, digest)


def _parts(stem: str) -> Iterator[str]:
    """A file name's parts without the day in it."""
    for piece in transcripts.around_day(stem):
        yield from (part.strip(" -_") for part in _BETWEEN.split(piece))


def event_of(
    call: Call,
    said: Transcript,
    words: Words,
    settings: CallsSettings,
    now: datetime,
) -> Event:
    """Make a call an event; `extracted["quotes"]` tells who said which span, and when.

    Each quote has `speaker`, `at_s` (seconds into the call, or None), and `start` and
    `end` of its words in the text.
    """
    people = list(dict.fromkeys(q.speaker for q in said.quotes if q.speaker))
    labels = {one: one for one in people}
    if not settings.speaker_names:
        labels = {one: f"Speaker {at}" for at, one in enumerate(people, start=1)}
    text, quotes = "", []
    for quote in said.quotes:
        speaker = labels.get(quote.speaker, "")
        text += f"\n{speaker}: " if speaker else "\n"
        clean = words.redact(quote.text, people)
        span = {"start": len(text) - 1, "end": len(text) - 1 + len(clean)}
        quotes.append({"speaker": speaker, "at_s": quote.at_s, **span})
        text += clean
    name = f"call:{call.digest}"
    link = said.told.get("url", "")
    return Event(
        event_id=ids.event_id(name, call.at),
        org_id=None,
        kind=Kind.CALL,
        title=shortened(words.redact(call.title, people), _TITLE),
        url=link if link.startswith(("https://", "http://")) else "",
        source="Call",
        published_at=call.at,
        raw_text=text[1:],
        extracted={"quotes": quotes, "speakers": len(people)},
        ingested_at=now,
        canonical_url=name,
        content_hash=ids.digest(text[1:]),
        story_id=ids.digest(CHANNEL, name),  # a happening by itself, in nobody's story
    )


def interaction_of(call: Call, event: Event, words: Words) -> Interaction:
    """Sum up a redacted call: its title, length, and how it sounds."""
    quotes = event.extracted["quotes"]
    lasted = max((one["at_s"] or 0.0 for one in quotes), default=0.0)
    told = [f"{lasted / 60:.0f} min"] if lasted else []
    if event.extracted["speakers"]:
        told.append(f"{event.extracted['speakers']} speakers")
    texts = [event.raw_text[one["start"] : one["end"]] for one in quotes]
    return Interaction(
        interaction_id=ids.digest(CHANNEL, event.event_id),
        org_id=call.org_id,
        channel=CHANNEL,
        occurred_at=call.at,
        summary=f"{event.title} ({', '.join(told)})" if told else event.title,
        sentiment=words.felt(texts),
        raw_url=event.url,
    )
