"""Every request to a sandbox and every answer, kept and held against Notion's types.

Touches: the ASGI traffic of a sandbox; a file of counts where FIDELITY_DIR names a
folder, one per test process.
"""

import gzip
import json
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from sync.sandbox import routes
from sync.sandbox.core import Site
from sync.sandbox.trouble.capabilities import granted
from tests.support.contract import Validator, tolerated
from tests.support.node import NoNode

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Counts = Mapping[str, Mapping[str, int]]

FIDELITY_DIR: Final = "FIDELITY_DIR"
# The bot speaks through this client, so what it sends is held to the types as they
# are; what others send and the sandbox accepts may also use what Notion tolerates.
_BOT_CLIENT: Final = "ramnes/notion-sdk-py"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer; status 0 where the connection was cut."""

    method: str
    path: str
    query: str
    agent: str
    sent: bytes | None
    status: int
    answered: bytes
    reduced: bool


class Log:
    """What went to and fro; `judge` says what of it Notion's types do not allow."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    def judge(self, validator: Validator) -> list[str]:
        """Say what is wrong with each request and answer kept so far."""
        return [
            f"{each.method} {each.path} -> {each.status}: {problem}"
            for each in self.exchanges
            for problem in (*_wrong_answer(validator, each), *_wrong(validator, each))
        ]


def recording(app: App, log: Log) -> App:
    """Wrap a sandbox's application so that its API traffic is kept in a log."""

    async def recorded(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        sent, status, answered = bytearray(), 0, bytearray()
        headers: dict[bytes, bytes] = {}

        async def hear() -> Message:
            message = await receive()
            sent.extend(message.get("body", b""))
            return message

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers.update(message["headers"])
            answered.extend(message.get("body", b""))
            await send(message)

        try:
            await app(scope, hear, tell)
        finally:
            whole = bytes(answered)
            if headers.get(b"content-encoding") == b"gzip":
                whole = gzip.decompress(whole)
            _keep(log, scope, bytes(sent), (status, whole))

    return recorded


def _keep(log: Log, scope: Message, sent: bytes, answer: tuple[int, bytes]) -> None:
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    if not path.startswith("/v1/"):
        return
    headers = dict(scope["headers"])
    multipart = headers.get(b"content-type", b"").startswith(b"multipart/")
    log.exchanges.append(
        Exchange(
            method=scope["method"],
            path=path,
            query=scope["query_string"].decode("latin-1"),
            agent=headers.get(b"user-agent", b"").decode("latin-1"),
            sent=None if multipart else sent,
            status=answer[0],
            answered=answer[1],
            reduced=_reads_nothing(scope["app"].state.site),
        )
    )


def _reads_nothing(site: Site) -> bool:
    """Say whether the bot lacks the right to read: then it gets reduced objects."""
    with site.lock:
        return not granted(site.space, "read_content")


def _wrong_answer(validator: Validator, it: Exchange) -> list[str]:
    if it.status == 0:
        return []
    body = _parsed(it.answered)
    return validator.response(it.method, it.path, it.status, body, reduced=it.reduced)


def _wrong(validator: Validator, it: Exchange) -> list[str]:
    """Judge a request: the bot's always, others' where the sandbox accepted them."""
    if not _is_judged(it):
        return []
    body = _parsed(it.sent) if it.sent and it.sent.strip() else {}
    keys = [key for key, _ in parse_qsl(it.query, keep_blank_values=True)]
    judged = body if _is_bots(it) else tolerated(body)
    return [
        f"request: {problem}"
        for problem in validator.request(it.method, it.path, judged, keys)
    ]


def _is_judged(it: Exchange) -> bool:
    """Say whether a request is held to the types.

    A 400 is the sandbox's own verdict on a wrong request, so there is nothing to add.
    """
    if it.status == 400 or it.sent is None:
        return False
    return _is_bots(it) or 200 <= it.status < 300


def _is_bots(it: Exchange) -> bool:
    return it.agent.startswith(_BOT_CLIENT)


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", "replace")


def tally(log: Log, struck: Mapping[str, int]) -> Counts:
    """Count what was exercised: endpoints, checks, errors, faults.

    `struck` is how often each kind of fault has struck.
    """
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("requests", "statuses", "errors", "checks")
    }
    for each in log.exchanges:
        found = routes.match(each.method, each.path)
        label = found.endpoint.name if found else "(no such endpoint)"
        counts["requests"][label] += 1
        counts["statuses"][f"{label} {each.status or 'cut'}"] += 1
        counts["checks"]["answers"] += each.status != 0
        counts["checks"]["requests"] += _is_judged(each)
        counts["checks"]["requests of the bot's client"] += _is_judged(
            each
        ) and _is_bots(each)
        if not 200 <= each.status < 300:
            counts["errors"][_error_name(each)] += 1
    return {**{name: dict(each) for name, each in counts.items()}, "faults": struck}


def _error_name(it: Exchange) -> str:
    if it.status == 0:
        return "connection cut"
    body = _parsed(it.answered)
    code = body.get("code") if isinstance(body, dict) else "no JSON"
    return f"{it.status} {code}"


def settle(log: Log, struck: Mapping[str, int] | None = None) -> None:
    """Raise with every deviation in the log, and leave its counts behind.

    Does nothing where Node is missing, except in CI, where it must not be.
    """
    try:
        validator = Validator.load()
    except NoNode:
        if os.environ.get("CI"):
            raise
        return
    leave(tally(log, struck or {}))
    problems = log.judge(validator)
    if problems:
        shown = "\n".join(f"  {each}" for each in problems[:20])
        raise AssertionError(
            f"{len(problems)} deviations from the types of Notion's client "
            f"{validator.versions['@notionhq/client']}:\n{shown}"
        )


def leave(counts: Counts) -> None:
    """Add counts to this process's file, where FIDELITY_DIR asks for it."""
    folder = os.environ.get(FIDELITY_DIR)
    if not folder:
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    file = Path(folder) / f"contract-{worker}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = {name: dict(each) for name, each in counts.items()}
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(kept) + "\n")


def collected(folder: Path) -> dict[str, Counter[str]]:
    """Add up what all test processes left in a folder."""
    total: dict[str, Counter[str]] = {}
    for file in sorted(folder.glob("contract-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            for name, counts in json.loads(line).items():
                total.setdefault(name, Counter()).update(counts)
    return total
