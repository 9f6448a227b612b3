"""Icons, covers and files: kept as references, shown with fresh signed links.

Touches: the workspace (an attached upload stops expiring).
"""

from dataclasses import replace
from typing import Any

from sync.sandbox.api.call import Call
from sync.sandbox.errors import Invalid
from sync.sandbox.model import ids
from sync.sandbox.model.clock import moment
from sync.sandbox.model.records import Emoji, Json, Upload


def attach(call: Call, upload_id: str) -> Upload:
    """Use an uploaded file; from now on it does not expire."""
    found = call.space.find(Upload, ids.dashed(upload_id))
    if found is None:
        raise call.missing("file_upload", upload_id)
    if found.expires is not None and moment(found.expires) <= call.now:
        raise Invalid(f"File upload {found.id} has expired and cannot be attached.")
    if found.status != "uploaded":
        raise Invalid(
            f"File upload {found.id} is {found.status}: only an uploaded file can be "
            "attached."
        )
    attached = replace(found, expires=None)
    call.space.put(attached)
    return attached


def keep_file(call: Call, wire: Json) -> Json:
    """Turn a file as written (external or upload) into what the workspace keeps."""
    if "file_upload" in wire:
        upload = attach(call, wire["file_upload"]["id"])
        return {"type": "file", "upload": upload.id}
    if "external" in wire:
        url = bare_host(wire["external"]["url"])
        return {"type": "external", "url": url}
    return _keep_own_link(call, wire["file"]["url"])


def _keep_own_link(call: Call, url: str) -> Json:
    """Recognise one of our signed links that was sent back to keep a file."""
    parts = url.split("?", 1)[0].split("/_sandbox/files/")
    upload = parts[1].split("/")[0] if len(parts) == 2 else ""
    if call.space.find(Upload, upload) is None:
        raise Invalid("File urls must be links that Notion gave out; got another one.")
    return {"type": "file", "upload": upload}


def show_file(call: Call, kept: Json) -> Json:
    """Write a kept file as answers do, with a link signed anew."""
    if kept["type"] == "external":
        return {"type": "external", "external": {"url": kept["url"]}}
    return {"type": "file", "file": signed(call, kept["upload"])}


def signed(call: Call, upload_id: str) -> Json:
    """Make a signed link to an upload."""
    upload = call.space.find(Upload, upload_id)
    name = (upload.filename if upload else None) or "file"
    return dict(call.desk.links.sign(upload_id, name, call.now))


def keep_icon(call: Call, wire: Json | None) -> Json | None:
    """Turn an icon as written into what the workspace keeps."""
    if wire is None:
        return None
    if "emoji" in wire:
        return {"type": "emoji", "emoji": wire["emoji"]}
    if "custom_emoji" in wire:
        return {"type": "custom_emoji", "id": ids.dashed(wire["custom_emoji"]["id"])}
    if "icon" in wire:
        named = {"color": "gray", **wire["icon"]}
        return {
            "type": "icon",
            "icon": {"name": named["name"], "color": named["color"]},
        }
    return keep_file(call, wire)


def show_icon(call: Call, kept: Json | None) -> Json | None:
    """Write a kept icon as answers do."""
    if kept is None or kept["type"] in ("emoji", "icon"):
        return kept
    if kept["type"] == "custom_emoji":
        return {"type": "custom_emoji", "custom_emoji": emoji(call, kept["id"])}
    return show_file(call, kept)


def emoji(call: Call, emoji_id: str) -> Json:
    """Write a custom emoji."""
    found = call.space.find(Emoji, emoji_id)
    if found is None:
        raise Invalid(f"Could not find custom emoji with ID: {emoji_id}.")
    return {"id": found.id, "name": found.name, "url": found.url}


def keep_cover(call: Call, wire: Json | None) -> Json | None:
    """Turn a cover as written into what the workspace keeps."""
    return None if wire is None else keep_file(call, wire)


def show_cover(call: Call, kept: Json | None) -> Json | None:
    """Write a kept cover as answers do."""
    return None if kept is None else show_file(call, kept)


def bare_host(url: str) -> str:
    """Give a link that names only a host its trailing slash, as Notion does."""
    scheme, found, rest = url.partition("://")
    if found and rest and not any(each in rest for each in "/?#"):
        return f"{scheme}://{rest}/"
    return url


def show_named(call: Call, kept: Json) -> Json:
    """Write one entry of a files property."""
    shown: dict[str, Any] = {"name": kept["name"], **show_file(call, kept)}
    return shown


def upload_name(call: Call, kept: Json) -> str:
    """Say what an uploaded file is called."""
    upload = call.space.find(Upload, kept.get("upload", ""))
    return (upload.filename if upload else None) or "file"
