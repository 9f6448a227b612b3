// Pages outside a data source: made, read, changed, moved, trashed.
import { isFullPage } from "@notionhq/client"
import assert from "node:assert/strict"
import { MINUTE, paragraph, plain, text, titled } from "./words.mjs"

export async function pages({ notion, root, emoji }) {
  const page = await notion.pages.create({
    parent: { page_id: root },
    properties: titled("Contract"),
    icon: { type: "emoji", emoji: "🧪" },
    cover: { type: "external", external: { url: "https://example.com/cover.png" } },
    children: [paragraph("first"), paragraph("second")],
  })
  assert.ok(isFullPage(page))
  assert.equal(plain(page.properties.title.title), "Contract")
  assert.equal(page.properties.title.id, "title")
  assert.match(page.created_time, MINUTE)
  assert.equal(page.parent.page_id, root)

  const read = await notion.pages.retrieve({ page_id: page.id.replaceAll("-", "") })
  assert.equal(read.id, page.id)
  assert.equal(read.icon.emoji, "🧪")
  assert.equal(read.is_archived, false)

  const changed = await notion.pages.update({
    page_id: page.id,
    properties: { title: { title: text("Contract, changed") } },
    icon: { type: "custom_emoji", custom_emoji: { id: emoji.id } },
    cover: null,
    is_locked: true,
  })
  assert.equal(plain(changed.properties.title.title), "Contract, changed")
  assert.equal(changed.icon.type, "custom_emoji")
  assert.equal(changed.cover, null)
  assert.equal(changed.is_locked, true)

  const item = await notion.pages.properties.retrieve({
    page_id: page.id,
    property_id: "title",
  })
  assert.equal(item.object, "list")
  assert.equal(item.results[0].title.plain_text, "Contract, changed")

  await moved(notion, root, page)
  await trashed(notion, page)
  return page
}

async function moved(notion, root, page) {
  const child = await notion.pages.create({
    parent: { type: "page_id", page_id: page.id },
    properties: titled("Wanderer"),
    position: { type: "page_start" },
  })
  const inside = await notion.blocks.children.list({ block_id: page.id, page_size: 1 })
  assert.equal(inside.results[0].id, child.id)
  assert.equal(inside.results[0].type, "child_page")
  const away = await notion.pages.move({
    page_id: child.id,
    parent: { type: "page_id", page_id: root },
  })
  assert.equal(away.parent.page_id, root)
}

async function trashed(notion, page) {
  const gone = await notion.pages.create({
    parent: { page_id: page.id },
    properties: titled("Short-lived"),
  })
  const trash = await notion.pages.update({ page_id: gone.id, in_trash: true })
  assert.equal(trash.in_trash, true)
  const back = await notion.pages.update({ page_id: gone.id, in_trash: false })
  assert.equal(back.in_trash, false)
  await notion.blocks.delete({ block_id: gone.id })
  const read = await notion.pages.retrieve({ page_id: gone.id })
  assert.equal(read.in_trash, true)
}
