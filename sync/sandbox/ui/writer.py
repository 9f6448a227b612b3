"""Carry out what a person sent by a form.

Touches: the workspace, writing in the person's name.
"""

from dataclasses import dataclass

from starlette.datastructures import FormData

from sync.sandbox.ui.errors import Unreadable
from sync.sandbox.ui.forms import read_value
from sync.sandbox.ui.links import bare
from sync.sandbox.ui.marks import from_marks
from sync.sandbox.ui.reader import Json, Reader


@dataclass(frozen=True, slots=True)
class Writer:
    """Each method does one form; a returned path is where to go next.

    All raise Refused when the workspace says no, and Unreadable when a field holds
    what its property cannot.
    """

    reader: Reader

    def set_property(self, page_id: str, form: FormData) -> None:
        """Set one property of a page."""
        typed = [str(one) for one in form.getlist("value")]
        value = read_value(str(form.get("kind", "")), typed)
        self._page(page_id, {"properties": {str(form.get("property")): value}})

    def comment(self, page_id: str, form: FormData) -> None:
        """Start a discussion on a page."""
        body = {"parent": {"page_id": page_id}, "rich_text": _words(form, "a comment")}
        self.reader.ask("POST", "/v1/comments", body)

    def add_paragraph(self, page_id: str, form: FormData) -> None:
        """Write a paragraph at the end of a page."""
        paragraph = {"rich_text": _words(form, "a paragraph")}
        body = {"children": [{"type": "paragraph", "paragraph": paragraph}]}
        self.reader.ask("PATCH", f"/v1/blocks/{bare(page_id)}/children", body)

    def trash_page(self, page_id: str, form: FormData) -> str:  # noqa: ARG002
        """Put a page into the trash, and go to what held it."""
        page = self._page(page_id, {"in_trash": True})
        parent = page["parent"]
        if parent.get("database_id"):
            return f"/d/{bare(parent['database_id'])}"
        return f"/p/{bare(parent['page_id'])}" if parent.get("page_id") else "/"

    def restore_page(self, page_id: str, form: FormData) -> None:  # noqa: ARG002
        """Take a page out of the trash."""
        self._page(page_id, {"in_trash": False})

    def set_text(self, block_id: str, form: FormData) -> None:
        """Change the words of a block."""
        words = from_marks(str(form.get("words", "")))
        self._block(block_id, {str(form.get("kind")): {"rich_text": words}})

    def tick(self, block_id: str, form: FormData) -> None:
        """Tick or untick a to-do."""
        ticked = "yes" in form.getlist("value")
        self._block(block_id, {"to_do": {"checked": ticked}})

    def trash_block(self, block_id: str, form: FormData) -> None:  # noqa: ARG002
        """Delete a block."""
        self.reader.ask("DELETE", f"/v1/blocks/{bare(block_id)}")

    def add_row(self, database_id: str, form: FormData) -> None:  # noqa: ARG002
        """Add a row with a title to a data source."""
        title = {"title": _words(form, "a name")}
        source = {"type": "data_source_id", "data_source_id": str(form.get("source"))}
        self.reader.ask(
            "POST", "/v1/pages", {"parent": source, "properties": {"title": title}}
        )

    def _page(self, page_id: str, changes: Json) -> Json:
        return self.reader.ask("PATCH", f"/v1/pages/{bare(page_id)}", changes)

    def _block(self, block_id: str, changes: Json) -> Json:
        return self.reader.ask("PATCH", f"/v1/blocks/{bare(block_id)}", changes)


def _words(form: FormData, wanted: str) -> list[Json]:
    words = str(form.get("words", "")).strip()
    if not words:
        raise Unreadable(words, wanted)
    return from_marks(words)
