"""Sends pictures to Notion, each content once.

An asset is named `picture.png`, or `picture@version.png` where what it shows changes:
of each picture the last upload is remembered. Touches: Notion, the store's notes.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sync.notion.errors import Validation
from sync.notion.work import Work

_KEPT = timedelta(minutes=50)  # Notion drops a file that is not attached in an hour
_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def ensure(work: Work, asset: str) -> str:
    """Give back the upload's id of an asset, sending it where it is not there yet.

    Raises Validation where there is no such picture, or of no kind that Notion takes.
    """
    content = _content(work, asset)
    name, kind = named(asset, content)
    had = work.store.notes.get(_note(asset)) or {}
    if had.get("name") == name and _usable(had, work.now):
        return str(had["id"])
    upload = _lost(work, name) if had.get("name") == name else None
    if upload is None:
        _keep(work, asset, name, "")
        upload = work.notion.create_upload(
            {"mode": "single_part", "filename": name, "content_type": kind}
        )
    upload_id = str(upload["id"])
    if upload["status"] == "pending":
        work.notion.send_upload(upload_id, name, content, kind)
    _keep(work, asset, name, upload_id)
    return upload_id


def attached(work: Work, asset: str) -> None:
    """Remember that a file is in use: from then on Notion keeps it."""
    note = work.store.notes.get(_note(asset))
    if note:
        work.store.notes.put(_note(asset), {**note, "attached": True}, work.now)


def forget(work: Work, asset: str) -> None:
    """Forget an upload that Notion no longer takes."""
    work.store.notes.drop(_note(asset))


def named(asset: str, content: bytes) -> tuple[str, str]:
    """Name a file by its content, so that the same picture is found again."""
    stem, _, ending = asset.rpartition(".")
    kind = _TYPES.get(ending.lower())
    if kind is None:
        known = ", ".join(sorted(_TYPES))
        raise Validation("send a picture", f"{asset!r} does not end in one of {known}.")
    digest = hashlib.sha256(content).hexdigest()[:16]
    plain = "".join(c if c.isalnum() else "-" for c in stem)[-80:]
    return f"{plain}-{digest}.{ending.lower()}", kind


def _content(work: Work, asset: str) -> bytes:
    try:
        return work.assets(asset)
    except KeyError as error:
        said = f"what {asset!r} shows is not kept; it comes back with the next round."
        raise Validation("send a picture", said) from error


def _usable(note: dict[str, Any], now: datetime) -> bool:
    if not note.get("id"):
        return False
    return bool(note.get("attached")) or now < (
        datetime.fromisoformat(str(note["at"])) + _KEPT
    )


def _lost(work: Work, name: str) -> dict[str, Any] | None:
    """Find a file that was announced or sent but not recorded, by its name."""
    for upload in work.notion.uploads():
        alive = upload.get("status") in {"pending", "uploaded"}
        if alive and upload.get("filename") == name:
            return upload
    return None


def _keep(work: Work, asset: str, name: str, upload_id: str) -> None:
    note = {"name": name, "id": upload_id, "at": work.now.isoformat()}
    work.store.notes.put(_note(asset), note, work.now)


def _note(asset: str) -> str:
    """Name the note of a picture, whatever its version."""
    stem, _, ending = asset.rpartition(".")
    return f"notion.file.{stem.partition('@')[0]}.{ending}"
