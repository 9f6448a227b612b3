"""A language model as the writers use it: with memory, limits and patience.

Nothing that is asked or answered is told to `tell`, only what it took.
Touches: the endpoint and the memory it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from intel import prompts
from intel.llm import parsing, policy
from intel.llm.errors import Declined, ModelError, Unreadable
from intel.llm.messages import Message, Reply, tokens
from intel.llm.meter import Meter, Spent
from intel.llm.parsing import Malformed
from intel.llm.settings import LlmSettings
from intel.prompts import Question
from store import ids
from store.records import ModelAnswer

T = TypeVar("T")
Tell = Callable[[str, Spent], None]


def _nobody(org_id: str, spent: Spent) -> None:
    """Tell nobody."""


_FAILURES = 2  # in a row, each after every try: then nobody is asked any more


class Asked(Protocol):
    """Something that answers a conversation; raises ModelError."""

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        """Ask once."""


class Memory(Protocol):
    """Keeps answers by the hash of what was asked."""

    def get(self, key: str, now: datetime) -> ModelAnswer | None:
        """Give an answer back."""

    def put(self, answer: ModelAnswer) -> None:
        """Keep an answer."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a model works with: time, patience, memory, and somebody to tell.

    `elapsed` counts seconds from any start.
    """

    now: datetime
    elapsed: Callable[[], float]
    patience: policy.Policy
    memory: Memory | None = None
    tell: Tell = _nobody


class Model:
    """Answers questions about companies within the limits of one run."""

    def __init__(self, settings: LlmSettings, endpoint: Asked, means: Means) -> None:
        self.settings = settings
        self.meter = Meter(settings)
        self._endpoint, self._means = endpoint, means
        self._failures = 0
        self._closed: ModelError | None = None

    def key(self, question: Question) -> str:
        """Hash what is asked of whom: equal questions have equal answers."""
        asked = [question.system, question.payload, question.schema]
        return ids.digest("llm", self.settings.model, ids.canonical(asked))

    def recall(self, org_id: str, key: str) -> Any:
        """Give the answer that is remembered, None where none is."""
        memory = self._means.memory
        if memory is None or (found := memory.get(key, self._means.now)) is None:
            return None
        self.meter.add(org_id, Spent(hits=1))
        return found.answer

    def keep(self, org_id: str, answers: Mapping[str, Any], spent: Spent) -> None:
        """Remember the answers of one request by their keys, its cost shared out."""
        if self._means.memory is None:
            return
        for nth, (key, answer) in enumerate(answers.items()):
            share = _share(spent, nth, len(answers))
            now = self._means.now
            self._means.memory.put(
                ModelAnswer(
                    key, org_id, self.settings.model, answer, share.tokens_in,
                    share.tokens_out, share.ms, share.cost, now, now,
                )
            )  # fmt: skip

    def answer(
        self, org_id: str, question: Question, read: Callable[[Any], T]
    ) -> tuple[T, Spent]:
        """Ask, once more where the answer cannot be read; raises ModelError.

        `read` takes the JSON and raises Malformed.
        """
        messages = [
            Message("system", question.system),
            Message("user", ids.canonical(question.payload)),
        ]
        total, reason = Spent(), ""
        for again in (False, True):
            if again:
                messages.append(Message("user", prompts.AGAIN.format(reason=reason)))
            reply, spent = self._ask(org_id, messages, question.schema)
            total += spent
            if reply.declined:
                raise Declined
            try:
                return _read(reply, read), total
            except Malformed as error:
                reason = str(error)
        raise Unreadable(reason)

    def _ask(
        self, org_id: str, messages: Sequence[Message], schema: Mapping[str, Any]
    ) -> tuple[Reply, Spent]:
        if self._closed:
            raise self._closed
        size = tokens(sum(len(message.content) for message in messages))
        self.meter.allow(org_id, size + self.settings.max_output_tokens)
        try:
            spent, reply = policy.call(
                self._means.patience, lambda: self._tried(org_id, messages, schema)
            )
        except ModelError as error:
            self._note_failure(error)
            raise
        self._failures = 0
        return reply, spent

    def _tried(
        self, org_id: str, messages: Sequence[Message], schema: Mapping[str, Any]
    ) -> tuple[Spent, Reply]:
        """Ask once, and put it on the account whatever comes of it."""
        start = self._means.elapsed()
        try:
            reply = self._endpoint.ask(messages, schema)
        except ModelError as error:
            times = 1 + error.refused
            told = (error.tokens_in, error.tokens_out)
            self._account(org_id, Spent(times, *told, failed=times), start)
            raise
        told = (reply.tokens_in, reply.tokens_out)
        spent = Spent(1 + reply.refused, *told, failed=reply.refused)
        return self._account(org_id, spent, start), reply

    def _account(self, org_id: str, spent: Spent, start: float) -> Spent:
        ms = round((self._means.elapsed() - start) * 1000)
        cost = self.settings.cost(spent.tokens_in, spent.tokens_out)
        whole = replace(spent, ms=ms, cost=cost)
        self.meter.add(org_id, whole)
        self._means.tell(org_id, whole)
        return whole

    def _note_failure(self, error: ModelError) -> None:
        """Stop asking where every other company would only wait in vain."""
        self._failures += 1
        if error.lasting or self._failures >= _FAILURES:
            self._closed = error


def _read(reply: Reply, read: Callable[[Any], T]) -> T:
    if reply.cut:
        raise Malformed("it was cut off because it is too long")
    return read(parsing.parse(reply.text))


def _share(spent: Spent, nth: int, count: int) -> Spent:
    """Give the nth of `count` shares; the first takes what cannot be divided."""

    def part(whole: int) -> int:
        return whole // count + (whole % count if nth == 0 else 0)

    return Spent(
        1,
        part(spent.tokens_in),
        part(spent.tokens_out),
        part(spent.ms),
        spent.cost / count,
    )
