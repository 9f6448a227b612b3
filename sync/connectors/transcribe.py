"""Has recordings of calls written down by an OpenAI-compatible endpoint.

Any server that answers POST /v1/audio/transcriptions with verbose_json will do, also
one on this machine. Touches: the web (through the openai client).
"""

from collections.abc import Sequence

import openai
from openai.types.audio import TranscriptionVerbose

from sync import retry
from sync.connectors.api import meaning
from sync.connectors.calls import AudioSettings, Transcribe
from sync.connectors.errors import (
    ApiDown,
    ApiError,
    ApiRefused,
    ApiSilent,
    BadKey,
    Malformed,
    SlowDown,
)
from sync.connectors.transcripts import Quote

NAME = "The transcription endpoint"
_NO_MONEY = "insufficient_quota"


def transcriber(settings: AudioSettings, key: str, policy: retry.Policy) -> Transcribe:
    """Make the function that has a recording written down."""
    client = openai.OpenAI(
        api_key=key or "none",  # a server of one's own may want none
        base_url=settings.base_url,
        timeout=settings.timeout_s,
        max_retries=0,
    )

    def transcribe(name: str, body: bytes) -> Sequence[Quote]:
        return retry.call(policy, lambda: _ask(client, settings, name, body))

    return transcribe


def check(settings: AudioSettings, key: str) -> None:
    """See whether the endpoint is there and takes our key; raises ApiError.

    A server that lists no models is there all the same.
    """
    client = openai.OpenAI(
        api_key=key or "none", base_url=settings.base_url, timeout=20.0, max_retries=0
    )
    try:
        client.models.list()
    except openai.NotFoundError:
        return
    except openai.OpenAIError as error:
        raise translated(error) from error


def _ask(
    client: openai.OpenAI, settings: AudioSettings, name: str, body: bytes
) -> Sequence[Quote]:
    try:
        found = client.audio.transcriptions.create(
            file=(name, body),
            model=settings.model,
            language=settings.language or openai.omit,
            response_format="verbose_json",
            timestamp_granularities=["segment"],
        )
    except openai.OpenAIError as error:
        raise translated(error) from error
    except ValueError as error:  # an answer of 200 that is no JSON
        raise Malformed(NAME, "it is no JSON") from error
    return quotes(found)


def quotes(found: object) -> Sequence[Quote]:
    """Read an answer's segments; its text as one, where it has none."""
    if not isinstance(found, TranscriptionVerbose):
        raise Malformed(NAME, "it is no verbose_json")
    pieces = [_piece(one) for one in getattr(found, "segments", None) or ()]
    text = getattr(found, "text", None)
    if not pieces and not isinstance(text, str):
        raise Malformed(NAME, "it has neither segments nor text")
    return pieces or [Quote("", 0.0, str(text))]


def _piece(segment: object) -> Quote:
    """Read one segment: the client library does not check what it is answered."""
    start, text = getattr(segment, "start", None), getattr(segment, "text", None)
    if not isinstance(start, int | float) or not isinstance(text, str):
        raise Malformed(NAME, "a segment has no start or text")
    return Quote("", float(start), text)


def translated(error: openai.OpenAIError) -> ApiError:
    """Say in our words what the client library raises."""
    if isinstance(error, openai.APIStatusError):
        return _refusal(error)
    if isinstance(error, openai.APITimeoutError):
        return ApiSilent(NAME, "no answer in time (timeout_s)", at_once=False)
    if isinstance(error, openai.APIConnectionError):
        reason = str(error.__cause__ or error)
        return ApiSilent(NAME, f"{reason}; see base_url", at_once=True)
    return Malformed(NAME, str(error)[:200])


def _refusal(error: openai.APIStatusError) -> ApiError:
    status, code = error.status_code, str(error.code or "")
    told = error.body.get("message") if isinstance(error.body, dict) else None
    said = str(told or error.message)[:300]
    if code == _NO_MONEY:
        return BadKey(NAME, "TRANSCRIBE_KEY", "its quota is used up")
    match meaning(status, code, said):
        case "key":
            return BadKey(NAME, "TRANSCRIBE_KEY", f"status {status}")
        case "too fast" | "used up":
            return SlowDown(NAME, _wait(error))
        case "down":
            return ApiDown(NAME, status)
    return ApiRefused(NAME, status, code, said)


def _wait(error: openai.APIStatusError) -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
