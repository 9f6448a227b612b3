"""A small IMAP server of scripted answers, for what a real one does not do."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# A command's name with what is answered: lines before the last, and the last's kind.
# None hangs up.
Answer = tuple[list[bytes], bytes] | None

LOGIN_OK: Answer = ([], b"OK logged in")


@dataclass
class Script:
    """Answers by command ("UID FETCH", "LOGIN", …), one after the other, the last one
    for ever. What was asked is in `asked`."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    greeting: bytes = b"* OK ready"
    port: int = 0

    def answer(self, command: str) -> Answer:
        waiting = self.answers.get(command, [([], b"OK done")])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


def folder(validity: int = 7, exists: int = 1) -> Answer:
    lines = [b"* %d EXISTS" % exists, b"* OK [UIDVALIDITY %d] ok" % validity]
    return lines, b"OK [READ-ONLY] done"


def found(*uids: int) -> Answer:
    return [b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids)], b"OK done"


def message(uid: int, head: bytes, arrived: bytes = b"20-Nov-2026 08:00:00 +0100"):
    """One message's line of a FETCH answer, its header fields as a literal."""
    size = b"{%d}" % len(head)
    return b'* 1 FETCH (UID %d INTERNALDATE "%s" BODY[HEADER.FIELDS (FROM)] ' % (
        uid,
        arrived,
    ) + (size + b"\r\n" + head + b")")


@contextmanager
def scripted() -> Iterator[Script]:
    """Run a scripted server for the length of a with block."""
    script = Script()
    script.answers["SELECT"] = script.answers["EXAMINE"] = [folder()]

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(script.greeting + b"\r\n")
            for line in self.rfile:
                tag, words = (line.decode(errors="replace").rstrip() + " ").split(
                    " ", 1
                )
                words = words.rstrip()
                script.asked.append(words)
                if not self._say(tag, _name(words)):
                    return

        def _say(self, tag: str, name: str) -> bool:
            if name == "CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            answer = script.answer(name)
            if answer is None:
                return False
            for one in answer[0]:
                self.wfile.write(one + b"\r\n")
            self.wfile.write(tag.encode() + b" " + answer[1] + b"\r\n")
            return name != "LOGOUT"

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        script.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


def _name(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first} {rest.split()[0]}" if first == "UID" else first
