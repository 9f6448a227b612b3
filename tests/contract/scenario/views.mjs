// Views and the queries they run.
import { isFullView } from "@notionhq/client"
import assert from "node:assert/strict"

export async function views({ notion, database_id, data_source_id }) {
  const source = await notion.dataSources.retrieve({ data_source_id })
  const shown = { property_id: source.properties.Name.id, visible: true, width: 200 }
  const table = await notion.views.create({
    data_source_id,
    database_id,
    name: "Plain ones",
    type: "table",
    filter: { property: "Select", select: { equals: "Plain" } },
    sorts: [{ property: "Number", direction: "ascending" }],
    configuration: { type: "table", properties: [shown] },
  })
  assert.ok(isFullView(table))
  assert.equal(table.parent.database_id, database_id)
  assert.equal(table.data_source_id, data_source_id)
  const board = await notion.views.create({
    data_source_id,
    database_id,
    name: "By status",
    type: "board",
    configuration: {
      type: "board",
      group_by: {
        type: "status",
        property_id: source.properties.Status.id,
        group_by: "group",
        sort: { type: "manual" },
      },
    },
  })
  assert.equal(board.type, "board")
  const renamed = await notion.views.update({ view_id: table.id, name: "Plain" })
  assert.equal(renamed.name, "Plain")
  const read = await notion.views.retrieve({ view_id: table.id })
  assert.equal(read.name, "Plain")
  assert.equal(read.sorts[0].direction, "ascending")
  const listed = await notion.views.list({ database_id })
  const ids = listed.results.map((view) => view.id)
  assert.ok(ids.includes(table.id) && ids.includes(board.id))
  await queries(notion, table)
  const gone = await notion.views.delete({ view_id: board.id })
  assert.equal(gone.id, board.id)
  await assert.rejects(notion.views.retrieve({ view_id: board.id }))
}

async function queries(notion, { id: view_id }) {
  const first = await notion.views.queries.create({ view_id, page_size: 2 })
  assert.equal(first.total_count, 3)
  assert.equal(first.results.length, 2)
  assert.equal(first.has_more, true)
  const rest = await notion.views.queries.results({
    view_id,
    query_id: first.id,
    start_cursor: first.next_cursor,
  })
  assert.equal(rest.results.length, 1)
  const gone = await notion.views.queries.delete({ view_id, query_id: first.id })
  assert.equal(gone.deleted, true)
  await assert.rejects(notion.views.queries.results({ view_id, query_id: first.id }))
}
