"""Faults that change the site instead of an answer.

Touches: the workspace.
"""

from dataclasses import replace

from sync.sandbox.api.call import BLOCKS_LEFT
from sync.sandbox.model import ids
from sync.sandbox.model.records import Node
from sync.sandbox.model.workspace import Workspace
from sync.sandbox.trouble.capabilities import CAPABILITIES
from sync.sandbox.trouble.faults import Fault


def befall(space: Workspace, fault: Fault) -> None:
    """Let a silent fault happen: the request that meets it goes on and sees it."""
    if fault.kind == "unshare":
        node = space.find(Node, ids.dashed(fault.page_id or ""))
        if node is not None:
            space.put(replace(node, shared=False))
    elif fault.kind == "no_blocks":
        space.state(BLOCKS_LEFT, 0)
    else:
        gone = [fault.capability] if fault.capability else []
        if fault.kind == "read_only":
            gone = ["update_content", "insert_content"]
        kept = dict.fromkeys(gone, False)
        space.state(CAPABILITIES, {**space.fact(CAPABILITIES, {}), **kept})
