"""Unpacks what a server compressed, never further than a limit. Pure."""

import zlib
from collections.abc import Iterable, Iterator

ENCODINGS = "gzip, deflate"
_STEP = 64 * 1024
_WINDOW = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16}


class Unpackable(ValueError):
    """The bytes are not what the server says they are."""


def unpack(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Undo one Content-Encoding in small steps, so that the taker can stop early.

    Raises Unpackable for damaged data, for an encoding we did not offer, and for
    encodings stacked on each other, which only bombs use.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
    elif name in _WINDOW:
        yield from _inflate(chunks, zlib.decompressobj(_WINDOW[name]))
    elif name == "deflate":
        yield from _deflated(iter(chunks))
    else:
        raise Unpackable(f"Content-Encoding {encoding!r}, which we did not ask for")


def _deflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Some servers send raw deflate, some a zlib stream; the first byte tells."""
    first = next(chunks, b"")
    wrapped = bool(first) and first[0] & 0x0F == 8
    window = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    yield from _inflate(_again(first, chunks), zlib.decompressobj(window))


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _inflate(chunks: Iterable[bytes], unpacker: "zlib._Decompress") -> Iterator[bytes]:
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise Unpackable(str(error)) from error
