// A page's content as Markdown: read and changed by each command.
import assert from "node:assert/strict"
import { plain } from "./words.mjs"

export async function markdown({ notion, root }) {
  const page = await notion.pages.create({
    parent: { page_id: root },
    markdown: "# Heading becomes title\nalpha\n- beta\n- gamma",
  })
  assert.equal(plain(page.properties.title.title), "Heading becomes title")
  const page_id = page.id
  const read = await notion.pages.retrieveMarkdown({ page_id })
  assert.equal(read.object, "page_markdown")
  assert.equal(read.markdown.trim(), "alpha\n- beta\n- gamma")
  assert.equal(read.truncated, false)
  assert.deepEqual(read.unknown_block_ids, [])

  const updated = await notion.pages.updateMarkdown({
    page_id,
    type: "update_content",
    update_content: { content_updates: [{ old_str: "beta", new_str: "delta" }] },
  })
  assert.equal(updated.markdown.trim(), "alpha\n- delta\n- gamma")
  const inserted = await notion.pages.updateMarkdown({
    page_id,
    type: "insert_content",
    insert_content: { content: "**omega**", position: { type: "end" } },
  })
  assert.ok(inserted.markdown.trim().endsWith("**omega**"))
  const ranged = await notion.pages.updateMarkdown({
    page_id,
    type: "replace_content_range",
    replace_content_range: { content: "middle", content_range: "- delta...gamma" },
  })
  assert.equal(ranged.markdown.trim(), "alpha\nmiddle\n**omega**")
  const replaced = await notion.pages.updateMarkdown({
    page_id,
    type: "replace_content",
    replace_content: { new_str: "## New\ntext" },
  })
  assert.equal(replaced.markdown.trim(), "## New\ntext")
  const children = await notion.blocks.children.list({ block_id: page_id })
  assert.deepEqual(children.results.map((block) => block.type), [
    "heading_2",
    "paragraph",
  ])
}
