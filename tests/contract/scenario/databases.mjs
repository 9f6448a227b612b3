// Databases and data sources with every kind of property.
import { isFullDatabase, isFullDataSource } from "@notionhq/client"
import assert from "node:assert/strict"
import { plain, text } from "./words.mjs"

const OPTIONS = { options: [{ name: "Red", color: "red" }, { name: "Plain" }] }

const SCHEMA = {
  Name: { title: {} },
  Text: { rich_text: {}, description: "What it says" },
  Number: { number: { format: "dollar" } },
  Select: { select: OPTIONS },
  Many: { multi_select: OPTIONS },
  Status: { status: {} },
  Date: { date: {} },
  People: { people: {} },
  Files: { files: {} },
  Box: { checkbox: {} },
  Link: { url: {} },
  Mail: { email: {} },
  Phone: { phone_number: {} },
  Formula: { formula: { expression: 'prop("Number") * 2' } },
  Key: { unique_id: { prefix: "CT" } },
  Created: { created_time: {} },
  Creator: { created_by: {} },
  Edited: { last_edited_time: {} },
  Editor: { last_edited_by: {} },
  Place: { place: {} },
}

export async function databases({ notion, page }) {
  const made = await notion.databases.create({
    parent: { type: "page_id", page_id: page.id },
    title: text("Things"),
    description: text("All kinds"),
    is_inline: true,
    icon: { type: "emoji", emoji: "📦" },
    initial_data_source: { properties: SCHEMA },
  })
  assert.ok(isFullDatabase(made))
  assert.equal(made.data_sources.length, 1)
  assert.ok(!("properties" in made))
  const database = await notion.databases.update({
    database_id: made.id,
    title: text("Things, renamed"),
    is_inline: false,
    is_locked: true,
  })
  assert.equal(plain(database.title), "Things, renamed")
  const read = await notion.databases.retrieve({ database_id: made.id })
  assert.equal(read.is_locked, true)
  assert.equal(read.is_inline, false)
  const data_source_id = made.data_sources[0].id
  await schema(notion, made, data_source_id)
  return { database_id: made.id, data_source_id, target: await related(notion, made) }
}

async function schema(notion, made, data_source_id) {
  const source = await notion.dataSources.retrieve({ data_source_id })
  assert.ok(isFullDataSource(source))
  assert.deepEqual(Object.keys(source.properties).sort(), Object.keys(SCHEMA).sort())
  assert.equal(source.parent.database_id, made.id)
  assert.equal(source.properties.Name.id, "title")
  assert.equal(source.properties.Text.description, "What it says")
  assert.equal(source.properties.Number.number.format, "dollar")
  assert.equal(source.properties.Status.status.groups.length, 3)
  const changed = await notion.dataSources.update({
    data_source_id,
    title: text("Things"),
    properties: {
      [source.properties.Link.id]: { name: "Site" },
      Select: { select: { options: [...OPTIONS.options, { name: "Third" }] } },
      Phone: null,
      Extra: { checkbox: {} },
    },
  })
  assert.equal(changed.properties.Site.id, source.properties.Link.id)
  assert.equal(changed.properties.Select.select.options.length, 3)
  assert.ok(!("Phone" in changed.properties))
  assert.equal(changed.properties.Extra.type, "checkbox")
  const templates = await notion.dataSources.listTemplates({ data_source_id })
  assert.deepEqual(templates, { templates: [], has_more: false, next_cursor: null })
}

// A second source in the same database, related to the first.
async function related(notion, made) {
  const data_source_id = made.data_sources[0].id
  const second = await notion.dataSources.create({
    parent: { type: "database_id", database_id: made.id },
    title: text("Makers"),
    properties: { Maker: { title: {} }, Weight: { number: {} } },
  })
  assert.equal(second.parent.database_id, made.id)
  const linked = await notion.dataSources.update({
    data_source_id,
    properties: {
      Maker: {
        relation: { data_source_id: second.id, type: "dual_property", dual_property: {} },
      },
      Alone: {
        relation: {
          data_source_id: second.id,
          type: "single_property",
          single_property: {},
        },
      },
    },
  })
  assert.equal(linked.properties.Maker.relation.type, "dual_property")
  const rolled = await notion.dataSources.update({
    data_source_id,
    properties: {
      Weights: {
        rollup: {
          function: "sum",
          relation_property_name: "Maker",
          rollup_property_name: "Weight",
        },
      },
      Shown: {
        rollup: {
          function: "show_original",
          relation_property_name: "Maker",
          rollup_property_name: "Weight",
        },
      },
    },
  })
  assert.equal(rolled.properties.Weights.rollup.function, "sum")
  return second.id
}
