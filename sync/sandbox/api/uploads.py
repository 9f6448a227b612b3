"""The file upload endpoints.

Touches: the workspace and the file store behind it.
"""

import mimetypes
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sync.sandbox import limits
from sync.sandbox.api import paging
from sync.sandbox.api.call import Call, Sent
from sync.sandbox.errors import Invalid, Refused
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Json, Upload

LIFETIME: Final = timedelta(hours=1)
_TYPES: Final = frozenset(
    {
        "application/json", "application/msword", "application/pdf", "application/rtf",
        "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "text/calendar", "text/css", "text/csv", "text/html", "text/markdown",
        "text/plain", "text/xml", "application/xml", "application/yaml",
    }
)  # fmt: skip
_EXTRA: Final = {".md": "text/markdown", ".webp": "image/webp", ".ics": "text/calendar"}


def show(call: Call, upload: Upload) -> Json:
    """Write a file upload object."""
    body: Json = {
        "object": "file_upload",
        "id": upload.id,
        "created_time": clock.minute(upload.created),
        "created_by": {
            "id": upload.created_by,
            "type": call.space.user(upload.created_by).type,
        },
        "last_edited_time": clock.minute(upload.edited),
        "expiry_time": upload.expires and clock.minute(upload.expires),
        "in_trash": False,
        "status": upload.status,
        "filename": upload.filename,
        "content_type": upload.content_type,
        "content_length": upload.content_length,
    }
    if upload.status == "pending" and upload.mode != "external_url":
        here = f"{call.desk.links.base_url}/v1/file_uploads/{upload.id}"
        body["upload_url"] = f"{here}/send"
        if upload.mode == "multi_part":
            body["complete_url"] = f"{here}/complete"
    if upload.parts is not None:
        body["number_of_parts"] = {"total": upload.parts, "sent": len(upload.sent)}
    if upload.result is not None:
        body["file_import_result"] = upload.result
    return body


def create(call: Call) -> Json:
    """Answer `POST /file_uploads`."""
    body = call.body
    mode = body.get("mode", "single_part")
    filename = body.get("filename")
    if filename is None and mode != "single_part":
        raise Refused("body.filename", "defined")
    upload = Upload(
        id=call.space.new_id(),
        mode=mode,
        created=call.stamp,
        created_by=call.who.id,
        edited=call.stamp,
        expires=clock.stamp(call.now + LIFETIME),
        status="pending",
        filename=filename,
        content_type=_type(filename, body.get("content_type")),
    )
    call.space.put(upload)
    return show(call, upload)


def _type(filename: str | None, declared: str | None) -> str | None:
    """Work out the content type; unknown extensions and types are refused."""
    if filename is None:
        return declared
    if len(filename.encode()) > limits.FILE_NAME.size:
        most = limits.FILE_NAME.size
        raise Refused("body.filename.length", f"≤ `{most}`", len(filename.encode()))
    guessed = guess(filename)
    if guessed is None or not supported(guessed):
        raise Invalid(f"File extension of {filename!r} is not supported for the API.")
    if declared is not None and not supported(declared):
        raise Invalid(f"Content type {declared} is not supported for the API.")
    return declared or guessed


def guess(filename: str) -> str | None:
    """Guess a content type from a file name."""
    ending = f".{filename.rsplit('.', 1)[-1].lower()}" if "." in filename else ""
    return _EXTRA.get(ending) or mimetypes.guess_type(filename, strict=False)[0]


def supported(content_type: str) -> bool:
    """Say whether Notion takes files of this type."""
    family = content_type.split("/", maxsplit=1)[0]
    return family in ("image", "audio", "video") or content_type in _TYPES


def current(call: Call, upload_id: str) -> Upload:
    """Find an upload; one that was not attached within the hour is expired."""
    found = call.space.find(Upload, ids.dashed(upload_id))
    if found is None:
        raise call.missing("file_upload", upload_id)
    return aged(call, found)


def aged(call: Call, upload: Upload) -> Upload:
    """Show an upload as expired once its hour is over."""
    late = upload.expires is not None and clock.moment(upload.expires) <= call.now
    if late and upload.status in ("pending", "uploaded"):
        return replace(upload, status="expired")
    return upload


def retrieve(call: Call) -> Json:
    """Answer `GET /file_uploads/{id}`."""
    return show(call, current(call, call.args["file_upload_id"]))


def every(call: Call) -> Json:
    """Answer `GET /file_uploads`, newest first."""
    wanted = call.query.get("status")
    aging = [aged(call, each) for each in call.space.every(Upload)]
    found = sorted(
        (each for each in aging if wanted in (None, each.status)),
        key=lambda each: (each.created, each.id),
        reverse=True,
    )
    cut, following = paging.cut(found, call.query, lambda each: each.id)
    shown = [show(call, each) for each in cut]
    return paging.envelope("file_upload", shown, following)


def send(call: Call) -> Json:
    """Answer `POST /file_uploads/{id}/send`: the bytes, or one part of them."""
    upload = current(call, call.args["file_upload_id"])
    if upload.status != "pending":
        raise Invalid(
            f"File upload {upload.id} has status {upload.status}: expected pending."
        )
    file = call.form.get("file")
    if file is None:
        raise Refused("body.file", "defined")
    return show(call, _single(call, upload, file))


def _single(call: Call, upload: Upload, file: Sent) -> Upload:
    size = len(file.content)
    if size > limits.SINGLE_PART.size:
        raise Invalid(
            "The file size exceeds the limit of 20 MiB for single part uploads; use "
            "multi_part."
        )
    within_plan(call, size)
    sent_type = base_type(file.content_type)
    wanted = upload.content_type or sent_type
    if sent_type is not None and base_type(wanted) != sent_type:
        raise Invalid(
            f"Content type mismatch: the upload was declared as {wanted}, the part "
            f"sent is {sent_type}."
        )
    name = upload.filename or file.filename
    call.space.disk.keep_bytes(upload.id, 1, file.content)
    done = replace(
        upload,
        status="uploaded",
        filename=name,
        content_type=wanted or _type(name, None),
        content_length=size,
        edited=call.stamp,
    )
    call.space.put(done)
    return done


def base_type(content_type: str | None) -> str | None:
    """Strip parameters off a content type."""
    return content_type and content_type.split(";")[0].strip().lower()


def within_plan(call: Call, size: int) -> None:
    """Refuse files above what the workspace's plan allows."""
    most = call.desk.options.max_file_bytes
    if size > most:
        raise Invalid(
            f"The file size is not within the allowed limit of {most // 1024**2} MiB. "
            "Upgrade the plan of the workspace to upload larger files."
        )
