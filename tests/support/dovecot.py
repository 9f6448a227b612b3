"""A real IMAP server for tests: Debian's Dovecot on loopback, with one mailbox."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from imaplib import IMAP4, Time2Internaldate
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.connectors.imap import quote

USER, PASSWORD = "jo@us.example", "s3cret-of-ours"
_CONF = """
protocols = imap
base_dir = {base}/run
log_path = {base}/dovecot.log
ssl = yes
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
disable_plaintext_auth = no
listen = 127.0.0.1
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:{base}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={base}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
  chroot =
}}
service anvil {{
  chroot =
}}
"""


def why_not() -> str:
    """Say why Dovecot cannot be had here; "" where it can."""
    if os.geteuid() != 0:
        return "Dovecot starts as root only"
    if shutil.which("dovecot") is None:
        return "no Dovecot here; apt-get install dovecot-imapd"
    if shutil.which("openssl") is None:
        return "no openssl here to make a certificate with"
    return ""


@dataclass(frozen=True)
class Dovecot:
    port: int
    tls_port: int
    base: Path

    @property
    def certificate(self) -> Path:
        return self.base / "cert.pem"

    @contextmanager
    def client(self) -> Iterator[IMAP4]:
        client = IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(USER, PASSWORD)
        yield client
        client.logout()

    def put(self, message: str, at: datetime, folder: str = "INBOX") -> None:
        """Deliver a message, as if it had arrived at a time."""
        body = message.strip().replace("\n", "\r\n").encode() + b"\r\n"
        with self.client() as client:
            client.create(quote(folder))
            said = client.append(quote(folder), "", Time2Internaldate(at), body)
            assert said[0] == "OK", said

    def seen(self) -> list[bytes]:
        """The numbers of the messages that somebody marked as read."""
        with self.client() as client:
            client.select("INBOX", readonly=True)
            found = client.search(None, "SEEN")[1]
        return [word for part in found for word in part.split()]

    def empty(self) -> None:
        """Take every message out of the inbox."""
        with self.client() as client:
            client.select("INBOX")
            client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()

    def renumber(self, folder: str) -> None:
        """Make a folder anew, empty: it gets another UIDVALIDITY."""
        with self.client() as client:
            client.delete(quote(folder))
            client.create(quote(folder))


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Run Dovecot for the length of a with block.

    Its mail belongs to another user, who must be able to reach it.
    """
    with TemporaryDirectory(prefix="dovecot-") as folder:
        base = Path(folder)
        base.chmod(0o755)
        with _running(base) as server:
            yield server


@contextmanager
def _running(base: Path) -> Iterator[Dovecot]:
    port, tls_port = _free_port(), _free_port()
    _certify(base)
    (base / "mail").mkdir(parents=True)
    shutil.chown(base / "mail", "mail", "mail")
    conf = base / "dovecot.conf"
    told = {"base": base, "port": port, "tls_port": tls_port, "password": PASSWORD}
    conf.write_text(_CONF.format(**told))
    process = subprocess.Popen(["dovecot", "-F", "-c", str(conf)])
    try:
        _wait(port, process, base)
        yield Dovecot(port, tls_port, base)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _certify(base: Path) -> None:
    """Make a certificate that only those trust who are told to."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", str(base / "key.pem"), "-out", str(base / "cert.pem")),
            *("-days", "3650", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )


def _wait(port: int, process: subprocess.Popen[bytes], base: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    log = base / "dovecot.log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")
