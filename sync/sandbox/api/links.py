"""Signed links to stored files: different on every read, void after a while. Pure."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import quote, urlencode

from sync.sandbox.model import clock


class Links:
    """Signs and checks links to the bytes of an upload."""

    def __init__(self, secret: str, seconds: int) -> None:
        self.base_url = ""
        self._secret = secret.encode()
        self._seconds = seconds
        self._reads = count(1)

    def sign(self, upload: str, name: str, now: datetime) -> dict[str, str]:
        """Make a link `{url, expiry_time}` to an uploaded file."""
        ends = (now + timedelta(seconds=self._seconds)).replace(microsecond=0)
        facts = {
            "expires": str(int(ends.timestamp())),
            "read": f"{int(now.timestamp() * 1000):x}{next(self._reads):x}",
        }
        facts["signature"] = self._signature(upload, facts["expires"], facts["read"])
        path = f"/_sandbox/files/{upload}/{quote(name, safe='')}"
        return {
            "url": f"{self.base_url}{path}?{urlencode(facts)}",
            "expiry_time": clock.stamp(ends),
        }

    def allows(self, upload: str, query: dict[str, str], now: datetime) -> bool:
        """Say whether a link is ours and still good."""
        expires, read = query.get("expires", ""), query.get("read", "")
        wanted = self._signature(upload, expires, read)
        if not hmac.compare_digest(wanted, query.get("signature", "")):
            return False
        return datetime.fromtimestamp(int(expires), UTC) > now

    def _signature(self, upload: str, expires: str, read: str) -> str:
        text = f"{upload}:{expires}:{read}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()
