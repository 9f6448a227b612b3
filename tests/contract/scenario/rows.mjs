// Rows: values of every kind, read one by one, queried, moved.
import { collectAllDataSourceRows, isFullPage } from "@notionhq/client"
import assert from "node:assert/strict"
import { plain, text } from "./words.mjs"

function values(person, makers) {
  return {
    Name: { title: text("Row one") },
    Text: { rich_text: text("some words") },
    Number: { number: 21.5 },
    Select: { select: { name: "Red" } },
    Many: { multi_select: [{ name: "Plain" }, { name: "Fresh" }] },
    Status: { status: { name: "In progress" } },
    Date: { date: { start: "2026-11-22T09:00:00", time_zone: "Europe/Berlin" } },
    People: { people: [{ object: "user", id: person.id }] },
    Files: {
      files: [{ name: "a.pdf", external: { url: "https://example.com/a.pdf" } }],
    },
    Box: { checkbox: true },
    Site: { url: "https://example.com" },
    Mail: { email: "ann@example.com" },
    Place: { place: { lat: 52.5, lon: 13.4, name: "Berlin" } },
    Maker: { relation: makers.map((id) => ({ id })) },
  }
}

export async function rows(world) {
  const { notion, person, data_source_id, target } = world
  const makers = []
  for (let number = 0; number < 27; number += 1) {
    const made = await notion.pages.create({
      parent: { type: "data_source_id", data_source_id: target },
      properties: {
        Maker: { title: text(`Maker ${number}`) },
        Weight: { number },
      },
    })
    makers.push(made.id)
  }
  const row = await notion.pages.create({
    parent: { data_source_id },
    properties: values(person, makers),
  })
  assert.ok(isFullPage(row))
  assert.equal(row.parent.data_source_id, data_source_id)
  assert.equal(row.parent.database_id, world.database_id)
  const shown = row.properties
  assert.equal(shown.Select.select.color, "red")
  assert.deepEqual(shown.Many.multi_select.map((each) => each.name), ["Plain", "Fresh"])
  assert.equal(shown.Formula.formula.number, 43)
  assert.equal(shown.Key.unique_id.prefix, "CT")
  assert.equal(shown.Maker.relation.length, 25)
  assert.equal(shown.Maker.has_more, true)
  assert.equal(shown.Alone.has_more, false)
  assert.equal(shown.Date.date.time_zone, null)
  await items(notion, row, makers)
  await emptied(notion, row)
  await queried(notion, data_source_id, row)
  await moved(notion, row, target)
}

async function items(notion, row, makers) {
  const item = (name, more = {}) =>
    notion.pages.properties.retrieve({
      page_id: row.id,
      property_id: row.properties[name].id,
      ...more,
    })
  const first = await item("Maker", { page_size: 20 })
  assert.equal(first.results.length, 20)
  assert.equal(first.has_more, true)
  const rest = await item("Maker", { start_cursor: first.next_cursor })
  const ids = [...first.results, ...rest.results].map((each) => each.relation.id)
  assert.deepEqual(ids, makers)
  assert.equal((await item("Number")).number, 21.5)
  assert.equal((await item("Text")).results[0].rich_text.plain_text, "some words")
  assert.equal((await item("People")).results.length, 1)
  assert.equal((await item("Formula")).formula.number, 43)
  const sum = await item("Weights")
  assert.equal(sum.property_item.rollup.number, (26 * 27) / 2)
  for (const name of Object.keys(row.properties)) await item(name)
}

async function emptied(notion, row) {
  const changed = await notion.pages.update({
    page_id: row.id,
    properties: {
      Text: { rich_text: [] },
      Number: { number: null },
      Select: { select: null },
      Many: { multi_select: [] },
      Date: { date: null },
      People: { people: [] },
      Files: { files: [] },
      Site: { url: null },
      Mail: { email: null },
      Place: { place: null },
      Maker: { relation: [] },
    },
  })
  assert.equal(changed.properties.Number.number, null)
  assert.equal(changed.properties.Formula.formula.type, "number")
  assert.deepEqual(changed.properties.Maker.relation, [])
}

async function queried(notion, data_source_id, row) {
  for (const number of [1, 2, 3]) {
    await notion.pages.create({
      parent: { data_source_id },
      properties: {
        Name: { title: text(`Extra ${number}`) },
        Number: { number },
        Select: { select: { name: "Plain" } },
      },
    })
  }
  const ask = { data_source_id, sorts: [{ property: "Number", direction: "descending" }] }
  const filter = {
    and: [
      { property: "Select", select: { equals: "Plain" } },
      {
        or: [
          { property: "Number", number: { greater_than: 1 } },
          { property: "Name", title: { starts_with: "Extra 1" } },
        ],
      },
    ],
  }
  const page = await notion.dataSources.query({ ...ask, filter, page_size: 2 })
  assert.deepEqual(names(page), ["Extra 3", "Extra 2"])
  assert.equal(page.has_more, true)
  const rest = await notion.dataSources.query({
    ...ask,
    filter,
    page_size: 2,
    start_cursor: page.next_cursor,
  })
  assert.deepEqual(names(rest), ["Extra 1"])
  assert.equal(rest.next_cursor, null)
  const recent = await notion.dataSources.query({
    data_source_id,
    filter: { timestamp: "last_edited_time", last_edited_time: { past_week: {} } },
    filter_properties: [row.properties.Name.id],
  })
  assert.equal(recent.results.length, 4)
  assert.deepEqual(Object.keys(recent.results[0].properties), ["Name"])
  const all = await collectAllDataSourceRows(notion, { data_source_id })
  assert.equal(all.length, 4)
}

function names(answer) {
  return answer.results.map((row) => plain(row.properties.Name.title))
}

async function moved(notion, row, target) {
  const away = await notion.pages.move({
    page_id: row.id,
    parent: { type: "data_source_id", data_source_id: target },
  })
  assert.equal(away.parent.data_source_id, target)
}
