"""Every size limit of the API in one table, which the checks read. Pure."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound: its size, what it counts and where it applies."""

    name: str
    size: int
    unit: str
    where: str


BODY_BYTES: Final = Limit("body_bytes", 500_000, "bytes", "request body")
BLOCKS_PER_REQUEST: Final = Limit("blocks_per_request", 1_000, "blocks", "request body")
CHILDREN: Final = Limit("children", 100, "blocks", "children of append and page create")
RICH_TEXT_ITEMS: Final = Limit("rich_text_items", 100, "items", "rich text arrays")
TEXT_CONTENT: Final = Limit("text_content", 2_000, "UTF-16 units", "text.content")
URL: Final = Limit("url", 2_000, "UTF-16 units", "every URL")
EXPRESSION: Final = Limit("expression", 1_000, "UTF-16 units", "equation.expression")
SHORT_STRING: Final = Limit("short_string", 200, "UTF-16 units", "email, phone number")
PROPERTY_VALUES: Final = Limit(
    "property_values", 100, "values", "multi_select, relation, people, files values"
)
OPTIONS: Final = Limit("options", 100, "options", "select options in one schema call")
OPTION_NAME: Final = Limit("option_name", 100, "UTF-16 units", "option name")
DESCRIPTION: Final = Limit("description", 280, "UTF-16 units", "property description")
REQUEST_TEXT: Final = Limit("request_text", 2_000, "UTF-16 units", "names in values")
FILTER_ENTRIES: Final = Limit("filter_entries", 100, "filters", "and / or arrays")
FILTER_DEPTH: Final = Limit("filter_depth", 2, "levels", "compound filters")
ATTACHMENTS: Final = Limit("attachments", 3, "files", "comment attachments")
FILE_NAME: Final = Limit("file_name", 900, "bytes", "upload file name")
PARTS: Final = Limit("parts", 10_000, "parts", "multi part upload")
SINGLE_PART: Final = Limit("single_part", 20 * 1024**2, "bytes", "single part upload")
PART_MINIMUM: Final = Limit("part_minimum", 5 * 1024**2, "bytes", "a part but the last")
PART_MAXIMUM: Final = Limit("part_maximum", 20 * 1024**2, "bytes", "a part")
PAID_FILE: Final = Limit("paid_file", 5 * 1024**3, "bytes", "a file, paid plan")
FILTER_PROPERTIES: Final = Limit("filter_properties", 100, "ids", "filter_properties")
PAGE_SIZE: Final = Limit("page_size", 100, "objects", "every list")
PAGE_CUT: Final = Limit(
    "page_cut", 25, "values", "relation, people, mentions in a page"
)
QUERY_CEILING: Final = Limit(
    "query_ceiling", 10_000, "rows", "query, search, view query"
)
MARKDOWN_BLOCKS: Final = Limit("markdown_blocks", 20_000, "blocks", "markdown read")
WINDOW_REQUESTS: Final = Limit("window_requests", 180, "requests", "60-second window")

ALL: Final[tuple[Limit, ...]] = tuple(
    value for value in globals().values() if isinstance(value, Limit)
)
