"""The file upload endpoints.

Touches: the workspace and the file store behind it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sync.sandbox import limits
from sync.sandbox.api import filetypes, paging
from sync.sandbox.api.call import Call, Sent
from sync.sandbox.errors import Invalid, Refused
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Json, Upload

LIFETIME: Final = timedelta(hours=1)


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
    for name, needed in _NEEDED:
        if (mode in needed) and name not in body:
            raise Refused(f"body.{name}", "defined")
    if mode != "multi_part" and "number_of_parts" in body:
        raise Refused("body.number_of_parts", "not present", body["number_of_parts"])
    if mode != "external_url" and "external_url" in body:
        raise Refused("body.external_url", "not present", body["external_url"])
    filename = body.get("filename")
    upload = Upload(
        id=call.space.new_id(),
        mode=mode,
        created=call.stamp,
        created_by=call.who.id,
        edited=call.stamp,
        expires=clock.stamp(call.now + LIFETIME),
        status="pending",
        filename=filename,
        content_type=filetypes.settled(filename, body.get("content_type")),
        parts=body.get("number_of_parts"),
    )
    if mode == "external_url":
        upload = _imported(call, upload, body["external_url"])
    call.space.put(upload)
    return show(call, upload)


_NEEDED: Final = (
    ("filename", ("multi_part", "external_url")),
    ("number_of_parts", ("multi_part",)),
    ("external_url", ("external_url",)),
)


def _imported(call: Call, upload: Upload, url: str) -> Upload:
    """Settle an import: the sandbox fetches nothing, it remembers the address."""
    imported = {"imported_time": call.stamp}
    if not url.startswith("https://"):
        error = {
            "type": "validation_error",
            "code": "invalid_external_url",
            "message": "The external URL must use HTTPS.",
            "parameter": "external_url",
            "status_code": None,
        }
        result = {**imported, "type": "error", "error": error}
        return replace(upload, status="failed", result=result)
    note = f"imported from {url}\n".encode()
    call.space.disk.keep_bytes(upload.id, 1, note)
    return replace(
        upload,
        status="uploaded",
        content_length=len(note),
        result={**imported, "type": "success", "success": {}},
    )


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
    if upload.mode == "multi_part":
        return show(call, _part(call, upload, file))
    if upload.mode == "external_url":
        raise Invalid("Nothing can be sent to an external_url upload.")
    if "part_number" in call.form:
        raise Refused("body.part_number", "not present", _number(call))
    return show(call, _single(call, upload, file))


def _single(call: Call, upload: Upload, file: Sent) -> Upload:
    size = len(file.content)
    if size > limits.SINGLE_PART.size:
        raise Invalid(
            "The file size exceeds the limit of 20 MiB for single part uploads; use "
            "multi_part."
        )
    within_plan(call, size)
    sent_type = filetypes.bare(file.content_type)
    wanted = upload.content_type or sent_type
    if sent_type is not None and filetypes.bare(wanted) != sent_type:
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
        content_type=wanted or filetypes.settled(name, None),
        content_length=size,
        edited=call.stamp,
    )
    call.space.put(done)
    return done


def within_plan(call: Call, size: int) -> None:
    """Refuse files above what the workspace's plan allows."""
    most = call.desk.options.max_file_bytes
    if size > most:
        raise Invalid(
            f"The file size is not within the allowed limit of {most // 1024**2} MiB. "
            "Upgrade the plan of the workspace to upload larger files."
        )


def _number(call: Call) -> str:
    return call.form["part_number"].content.decode("utf-8", "replace")


def _part(call: Call, upload: Upload, file: Sent) -> Upload:
    """Keep one part; all but the last have a least size, none may be too large."""
    if "part_number" not in call.form:
        raise Refused("body.part_number", "defined")
    number, total = _number(call), upload.parts or 1
    if not number.isdigit() or not 1 <= int(number) <= total:
        raise Refused("body.part_number", f"between `1` and `{total}`", number)
    size, least = len(file.content), limits.PART_MINIMUM.size
    if size > limits.PART_MAXIMUM.size or (size < least and int(number) != total):
        raise Invalid(
            "Parts must be between 5 MiB and 20 MiB; the last may be smaller."
        )
    call.space.disk.keep_bytes(upload.id, int(number), file.content)
    sent = sorted({*upload.sent, int(number)})
    changed = replace(upload, sent=sent, edited=call.stamp)
    call.space.put(changed)
    return changed


def complete(call: Call) -> Json:
    """Answer `POST /file_uploads/{id}/complete`: all parts are there."""
    upload = current(call, call.args["file_upload_id"])
    if upload.mode != "multi_part" or upload.status != "pending":
        raise Invalid(f"File upload {upload.id} cannot be completed: {upload.status}.")
    missing = set(range(1, (upload.parts or 1) + 1)) - set(upload.sent)
    if missing:
        raise Invalid(f"Parts are missing: {sorted(missing)}.")
    size = len(call.space.disk.bytes_of(upload.id))
    if size > limits.PAID_FILE.size:
        raise Invalid("The file size is not within the allowed limit of 5 GiB.")
    done = replace(upload, status="uploaded", content_length=size, edited=call.stamp)
    call.space.put(done)
    return show(call, done)
