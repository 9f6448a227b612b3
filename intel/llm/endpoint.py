"""Asks an OpenAI-compatible endpoint for one answer at a time, without any tools.

Endpoints differ in what they take: where one refuses a schema, a name of a limit or
the temperature, it is asked in plainer manners. Touches: the web (through openai).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import openai
from openai.types.chat import ChatCompletion

from intel.llm.errors import (
    BadRequest,
    ModelDown,
    ModelError,
    NoAnswer,
    NotAllowed,
    SlowDown,
)
from intel.llm.messages import Message, Reply, tokens
from intel.llm.settings import LlmSettings

_SAID = 200
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Manners:
    """How an endpoint wants to be asked."""

    format: Literal["schema", "object", "plain"] = "schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True

    def after(self, said: str) -> "Manners | None":
        """Choose the next manners by what a refusal says; None where none is left."""
        words = said.lower()
        if "max_completion_tokens" in words and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in words and self.temperature:
            return replace(self, temperature=False)
        match self.format:
            case "schema":
                return replace(self, format="object")
            case "object":
                return replace(self, format="plain")
            case _:
                return None


class Endpoint:
    """One endpoint with one model; it remembers the manners that it took."""

    def __init__(self, settings: LlmSettings, key: str) -> None:
        self._settings = settings
        self._client = openai.OpenAI(
            api_key=key or "none",  # a server of one's own may want none
            base_url=settings.base_url,
            timeout=settings.timeout_s,
            max_retries=0,
        )
        self._manners = Manners()

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        """Ask once; raises ModelError."""
        manners: Manners | None = self._manners
        times = 0
        while manners is not None:
            try:
                reply = self._asked(messages, schema, manners)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                refused = error
                manners = manners.after(f"{error.param} {error.message}")
                times += 1
                continue
            except openai.OpenAIError as error:
                raise _after(times, translated(error)) from error
            except ValueError as error:  # an answer of 200 that is no JSON
                raise _after(times, NoAnswer("its answer is no JSON")) from error
            except ModelError as error:
                raise _after(times, error) from None
            self._manners = manners
            return replace(reply, refused=times)
        raise _after(times - 1, translated(refused)) from refused

    def check(self) -> str:
        """See whether the endpoint offers the model; raises ModelError.

        An endpoint that lists no models is there all the same.
        """
        try:
            offered = sorted(model.id for model in self._client.models.list())
        except openai.NotFoundError:
            return "the endpoint answers, and lists no models"
        except openai.OpenAIError as error:
            raise translated(error) from error
        except (ValueError, AttributeError, TypeError) as error:
            raise NoAnswer("its list of models is none") from error
        if offered and self._settings.model not in offered:
            shown = ", ".join(offered[:_LISTED])
            said = f"there is no model {self._settings.model!r}; it offers {shown}"
            raise BadRequest(404, said)
        return f"the endpoint offers {self._settings.model}"

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _asked(
        self, messages: Sequence[Message], schema: Mapping[str, Any], manners: Manners
    ) -> Reply:
        most = self._settings.max_output_tokens
        options: dict[str, Any] = {manners.limit: most, **_format(manners, schema)}
        if manners.temperature:
            options["temperature"] = 0
        told: Any = [{"role": m.role, "content": m.content} for m in messages]
        answer = self._client.chat.completions.create(
            model=self._settings.model, messages=told, stream=False, **options
        )
        return read(answer, sum(len(m.content) for m in messages))


def _after(times: int, error: ModelError) -> ModelError:
    """Note on an error how many requests before it were not taken."""
    error.refused = times
    return error


def _format(manners: Manners, schema: Mapping[str, Any]) -> dict[str, Any]:
    if manners.format == "schema":
        named = {"name": "answer", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if manners.format == "object":
        return {"response_format": {"type": "json_object"}}
    return {}


def read(answer: object, asked: int) -> Reply:
    """Read an answer to a request of so many characters; raises NoAnswer."""
    choices = getattr(answer, "choices", None)
    if not isinstance(answer, ChatCompletion) or not choices:
        error = NoAnswer("its answer has no choices")
        usage = getattr(answer, "usage", None)
        error.tokens_in = _count(usage, "prompt_tokens", 0)
        error.tokens_out = _count(usage, "completion_tokens", 0)
        raise error
    message = getattr(choices[0], "message", None)
    content = getattr(message, "content", None)
    text = content if isinstance(content, str) else ""
    reason = choices[0].finish_reason
    return Reply(
        text,
        _count(answer.usage, "prompt_tokens", asked),
        _count(answer.usage, "completion_tokens", len(text)),
        cut=reason == "length",
        declined=bool(getattr(message, "refusal", None)) or reason == "content_filter",
    )


def _count(usage: object, name: str, characters: int) -> int:
    """The tokens an endpoint counted, or a guess from the characters."""
    told = getattr(usage, name, None)
    return told if isinstance(told, int) and told >= 0 else tokens(characters)


def translated(error: openai.OpenAIError) -> ModelError:
    """Say in our words what the client library raises."""
    if isinstance(error, openai.APIStatusError):
        return _refusal(error)
    if isinstance(error, openai.APITimeoutError):
        return NoAnswer("no answer in time")
    if isinstance(error, openai.APIConnectionError):
        return NoAnswer(str(error.__cause__ or error)[:_SAID])
    return NoAnswer(str(error)[:_SAID])


def _refusal(error: openai.APIStatusError) -> ModelError:
    status = error.status_code
    body = error.body if isinstance(error.body, Mapping) else {}
    said = str(body.get("message") or error.message)[:_SAID]
    if status in (401, 403):
        return NotAllowed(f"status {status}")
    if error.code == "insufficient_quota" or status == 402:
        return NotAllowed("its quota is used up")
    if status in (408, 425, 429):
        return SlowDown(_wait(error))
    return ModelDown(status) if status >= 500 else BadRequest(status, said)


def _wait(error: openai.APIStatusError) -> float | None:
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return None
