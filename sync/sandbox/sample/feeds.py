"""The feeds of the sample site, for the demo's settings. Pure."""

from sync.sandbox.sample.articles import read_outlets


def demo_feeds(base: str) -> tuple[str, ...]:
    """List feed URL templates that work, `{query}` standing for a company's name.

    The news search comes first, then each outlet's own feed, then one that redirects.
    """
    outlets = [outlet for outlet in read_outlets() if outlet.company is None]
    own = tuple(f"{base}{one.feed_path}" for one in outlets if one.feed_path)
    return (f"{base}/search?q={{query}}", *own, f"{base}/moved/feed.xml")


def broken_feeds(base: str) -> tuple[str, ...]:
    """List feeds that fail: one answers with a web page, one with 404."""
    return (f"{base}/old-planet/feed.xml", f"{base}/vanished/feed.xml")
