"""The workspace as a person sees it: plain web pages over the sandbox's REST API.

Touches: the workspace, through the callable it is given.
"""

from sync.sandbox.ui.web import routes

__all__ = ["routes"]
