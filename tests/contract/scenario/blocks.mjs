// Blocks of every kind that can be made: appended, listed, changed, deleted.
import { isFullBlock } from "@notionhq/client"
import assert from "node:assert/strict"
import { paragraph, plain, text } from "./words.mjs"

const URL = "https://example.com/file"
const rich = (content) => ({ rich_text: text(content) })
const external = { type: "external", external: { url: `${URL}.pdf` } }

function everyKind({ page, person, root }) {
  return [
    { paragraph: { rich_text: marked(person, root), color: "blue_background" } },
    { heading_1: { ...rich("one"), is_toggleable: true, children: [paragraph("in")] } },
    { heading_2: rich("two") },
    { heading_3: rich("three") },
    { heading_4: rich("four") },
    { bulleted_list_item: { ...rich("a"), children: [paragraph("below a")] } },
    { numbered_list_item: rich("1") },
    { to_do: { ...rich("done"), checked: true } },
    { toggle: { ...rich("more"), children: [{ toggle: rich("deeper") }] } },
    { quote: rich("said") },
    { callout: { ...rich("look"), icon: { type: "emoji", emoji: "⚠️" }, color: "red" } },
    { code: { ...rich("x = 1"), language: "python", caption: text("code") } },
    { divider: {} },
    { breadcrumb: {} },
    { table_of_contents: { color: "gray" } },
    { equation: { expression: "e = mc^2" } },
    { bookmark: { url: URL, caption: text("mark") } },
    { embed: { url: URL } },
    { image: { type: "external", external: { url: `${URL}.png` } } },
    { video: { type: "external", external: { url: `${URL}.mp4` } } },
    { audio: { type: "external", external: { url: `${URL}.mp3` } } },
    { pdf: { ...external, caption: text("pdf") } },
    { file: { ...external, name: "file.pdf" } },
    { link_to_page: { type: "page_id", page_id: page.id } },
    {
      table: {
        table_width: 2,
        has_column_header: true,
        has_row_header: false,
        children: [
          { table_row: { cells: [text("a"), text("b")] } },
          { table_row: { cells: [text("c"), []] } },
        ],
      },
    },
    {
      column_list: {
        children: [
          { column: { width_ratio: 0.5, children: [paragraph("left")] } },
          { column: { width_ratio: 0.5, children: [paragraph("right")] } },
        ],
      },
    },
    { synced_block: { synced_from: null, children: [paragraph("original")] } },
    { tab: { children: [{ paragraph: rich("first tab") }] } },
  ]
}

function marked(person, root) {
  return [
    { text: { content: "bold", link: { url: URL } }, annotations: { bold: true } },
    { type: "mention", mention: { user: { id: person.id } } },
    { type: "mention", mention: { page: { id: root } } },
    { type: "mention", mention: { date: { start: "2026-11-22" } } },
    { type: "equation", equation: { expression: "x" } },
  ]
}

export async function blocks(world) {
  const { notion, page } = world
  const kinds = everyKind(world)
  const made = await notion.blocks.children.append({
    block_id: page.id,
    children: kinds,
    position: { type: "end" },
  })
  assert.deepEqual(
    made.results.map((block) => block.type),
    kinds.map((block) => Object.keys(block)[0]),
  )
  assert.ok(made.results.every(isFullBlock))
  await richText(notion, made.results[0])
  await nested(notion, made.results)
  await synced(notion, page, made.results)
  await positions(notion, page)
  await changes(notion, made.results)
}

async function richText(notion, block) {
  const read = await notion.blocks.retrieve({ block_id: block.id })
  const [bold, user, mentioned, date, equation] = read.paragraph.rich_text
  assert.equal(bold.href, URL)
  assert.equal(bold.annotations.bold, true)
  assert.ok(user.plain_text.startsWith("@"))
  assert.equal(mentioned.mention.type, "page")
  assert.equal(date.plain_text, "2026-11-22")
  assert.equal(equation.equation.expression, "x")
  assert.equal(read.paragraph.icon, null)
}

async function nested(notion, made) {
  const below = async (type) => {
    const block = made.find((each) => each.type === type)
    assert.equal(block.has_children, true, type)
    return (await notion.blocks.children.list({ block_id: block.id })).results
  }
  assert.equal(plain((await below("heading_1"))[0].paragraph.rich_text), "in")
  const rows = await below("table")
  assert.deepEqual(rows.map((row) => row.table_row.cells.length), [2, 2])
  const columns = await below("column_list")
  assert.deepEqual(columns.map((column) => column.type), ["column", "column"])
  assert.equal((await below("tab"))[0].type, "paragraph")
}

async function synced(notion, page, made) {
  const original = made.find((each) => each.type === "synced_block")
  const copy = await notion.blocks.children.append({
    block_id: page.id,
    children: [
      {
        synced_block: { synced_from: { type: "block_id", block_id: original.id } },
      },
    ],
  })
  assert.equal(copy.results[0].synced_block.synced_from.block_id, original.id)
}

async function positions(notion, page) {
  const put = async (content, position) => {
    const answer = await notion.blocks.children.append({
      block_id: page.id,
      children: [paragraph(content)],
      position,
    })
    return answer.results[0].id
  }
  const top = await put("top", { type: "start" })
  const next = await put("next", { type: "after_block", after_block: { id: top } })
  const first = await notion.blocks.children.list({ block_id: page.id, page_size: 2 })
  assert.deepEqual(first.results.map((block) => block.id), [top, next])
  assert.equal(first.has_more, true)
  const more = await notion.blocks.children.list({
    block_id: page.id,
    start_cursor: first.next_cursor,
  })
  assert.equal(more.has_more, false)
  assert.ok(!more.results.some((block) => block.id === top))
}

async function changes(notion, made) {
  const named = (type) => made.find((each) => each.type === type).id
  const todo = await notion.blocks.update({
    block_id: named("to_do"),
    to_do: { checked: false },
  })
  assert.equal(todo.to_do.checked, false)
  assert.equal(plain(todo.to_do.rich_text), "done")
  const code = await notion.blocks.update({
    block_id: named("code"),
    code: { rich_text: text("y = 2"), language: "sql" },
  })
  assert.equal(code.code.language, "sql")
  const gone = await notion.blocks.delete({ block_id: named("quote") })
  assert.equal(gone.in_trash, true)
  const back = await notion.blocks.update({ block_id: gone.id, in_trash: false })
  assert.equal(back.in_trash, false)
}
