"""Kills the bot between two requests. Touches: what the bot sends, on its way."""

import httpx


class Killed(BaseException):
    """The process is gone."""


class Killer(httpx.BaseTransport):
    """Lets so many requests through, then kills: before sending, or after."""

    def __init__(self, requests: int, *, after: bool) -> None:
        self._inner = httpx.HTTPTransport()
        self._left = requests
        self._after = after

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left < 0 and not self._after:
            raise Killed
        answer = self._inner.handle_request(request)
        answer.read()
        if self._left < 0:
            raise Killed
        return answer

    def close(self) -> None:
        self._inner.close()
