// File uploads in one and in several parts, attached and read back.
import assert from "node:assert/strict"

const PART = 5 * 1024 * 1024

export async function files({ notion, page }) {
  const upload = await notion.fileUploads.create({
    mode: "single_part",
    filename: "note.txt",
    content_type: "text/plain",
  })
  assert.equal(upload.status, "pending")
  const sent = await notion.fileUploads.send({
    file_upload_id: upload.id,
    file: {
      filename: "note.txt",
      data: new Blob(["hello"], { type: "text/plain" }),
    },
  })
  assert.equal(sent.status, "uploaded")
  assert.equal(sent.content_length, 5)
  assert.ok(!("upload_url" in sent))
  await attached(notion, page, upload)
  const parts = await multi(notion)
  const listed = await notion.fileUploads.list({ status: "uploaded" })
  assert.deepEqual(
    listed.results.map((each) => each.id).sort(),
    [upload.id, parts.id].sort(),
  )
}

async function attached(notion, page, upload) {
  const { results } = await notion.blocks.children.append({
    block_id: page.id,
    children: [{ file: { type: "file_upload", file_upload: { id: upload.id } } }],
  })
  assert.equal(results[0].file.type, "file")
  const content = await fetch(results[0].file.file.url)
  assert.equal(await content.text(), "hello")
  const comment = await notion.comments.create({
    parent: { page_id: page.id },
    rich_text: [{ text: { content: "see" } }],
    attachments: [{ file_upload_id: upload.id, type: "file_upload" }],
  })
  assert.equal(comment.attachments.length, 1)
  const read = await notion.fileUploads.retrieve({ file_upload_id: upload.id })
  assert.equal(read.expiry_time, null)
}

async function multi(notion) {
  const upload = await notion.fileUploads.create({
    mode: "multi_part",
    filename: "long.txt",
    content_type: "text/plain",
    number_of_parts: 2,
  })
  assert.deepEqual(upload.number_of_parts, { total: 2, sent: 0 })
  for (const [number, size] of [
    ["1", PART],
    ["2", 10],
  ]) {
    await notion.fileUploads.send({
      file_upload_id: upload.id,
      part_number: number,
      file: {
        filename: "long.txt",
        data: new Blob(["x".repeat(size)], { type: "text/plain" }),
      },
    })
  }
  const done = await notion.fileUploads.complete({ file_upload_id: upload.id })
  assert.equal(done.status, "uploaded")
  assert.equal(done.content_length, PART + 10)
  return done
}
