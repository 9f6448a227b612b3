"""One TLS context for all our clients: to read the certificates takes its time.

Touches: the certificates of httpx.
"""

from functools import cache
from ssl import SSLContext

import httpx


@cache
def context() -> SSLContext:
    """The context, made on first use."""
    return httpx.create_ssl_context()
