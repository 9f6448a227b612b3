// Comments: started, answered, listed, changed, deleted.
import { collectPaginatedAPI, isFullComment } from "@notionhq/client"
import assert from "node:assert/strict"
import { MINUTE, plain, text } from "./words.mjs"

export async function comments({ notion, page, person }) {
  const first = await notion.comments.create({
    parent: { page_id: page.id },
    rich_text: [
      ...text("for "),
      { type: "mention", mention: { user: { id: person.id } } },
    ],
  })
  assert.ok(isFullComment(first))
  assert.equal(first.parent.page_id, page.id)
  assert.equal(first.display_name.type, "integration")
  assert.match(first.created_time, MINUTE)

  const answer = await notion.comments.create({
    discussion_id: first.discussion_id,
    markdown: "an **answer**",
    display_name: { type: "custom", custom: { name: "Analyst" } },
  })
  assert.equal(answer.discussion_id, first.discussion_id)
  assert.equal(answer.display_name.resolved_name, "Analyst")
  assert.equal(plain(answer.rich_text), "an answer")

  const listed = await collectPaginatedAPI(notion.comments.list, {
    block_id: page.id,
    page_size: 1,
  })
  assert.deepEqual(listed.map((comment) => comment.id), [first.id, answer.id])

  const changed = await notion.comments.update({
    comment_id: first.id,
    rich_text: text("changed"),
  })
  assert.equal(plain(changed.rich_text), "changed")
  const read = await notion.comments.retrieve({ comment_id: first.id })
  assert.equal(plain(read.rich_text), "changed")

  const gone = await notion.comments.delete({ comment_id: answer.id })
  assert.equal(gone.id, answer.id)
  const left = await notion.comments.list({ block_id: page.id })
  assert.deepEqual(left.results.map((comment) => comment.id), [first.id])
  await onBlock(notion, page)
}

async function onBlock(notion, page) {
  const { results } = await notion.blocks.children.list({ block_id: page.id })
  const block = results.find((each) => each.type === "paragraph")
  const made = await notion.comments.create({
    parent: { block_id: block.id },
    rich_text: text("on a block"),
  })
  assert.equal(made.parent.block_id, block.id)
  const listed = await notion.comments.list({ block_id: block.id })
  assert.equal(listed.results.length, 1)
}
