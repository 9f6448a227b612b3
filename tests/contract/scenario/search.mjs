// Search by title.
import { isFullPageOrDataSource } from "@notionhq/client"
import assert from "node:assert/strict"

export async function search({ notion, page, data_source_id }) {
  const pages = await notion.search({
    query: "Contract, changed",
    filter: { property: "object", value: "page" },
    sort: { timestamp: "last_edited_time", direction: "descending" },
  })
  assert.deepEqual(pages.results.map((each) => each.id), [page.id])
  assert.ok(pages.results.every(isFullPageOrDataSource))
  const sources = await notion.search({
    query: "Things",
    filter: { property: "object", value: "data_source" },
    page_size: 10,
  })
  assert.deepEqual(sources.results.map((each) => each.id), [data_source_id])
}
