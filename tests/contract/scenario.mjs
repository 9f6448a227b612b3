// Drives a sandbox through every endpoint of Notion's own client and checks what
// comes back. Prints one JSON line per endpoint: {"endpoint", "calls"}.
// Touches: the address in NOTION_URL, with the token and root page of NOTION_TOKEN
// and NOTION_ROOT_PAGE. Any wrong answer ends the run with an assertion error.
import { APIErrorCode, Client, isNotionClientError } from "@notionhq/client"
import assert from "node:assert/strict"
import { blocks } from "./scenario/blocks.mjs"
import { comments } from "./scenario/comments.mjs"
import { databases } from "./scenario/databases.mjs"
import { files } from "./scenario/files.mjs"
import { markdown } from "./scenario/markdown.mjs"
import { pages } from "./scenario/pages.mjs"
import { people } from "./scenario/people.mjs"
import { rows } from "./scenario/rows.mjs"
import { search } from "./scenario/search.mjs"
import { endpointsOf, traced } from "./scenario/trace.mjs"
import { views } from "./scenario/views.mjs"

async function refusals(notion) {
  const unknown = "00000000-0000-0000-0000-000000000000"
  await assert.rejects(notion.pages.retrieve({ page_id: unknown }), (error) => {
    assert.ok(isNotionClientError(error))
    assert.equal(error.code, APIErrorCode.ObjectNotFound)
    assert.equal(error.status, 404)
    return true
  })
  await assert.rejects(
    notion.blocks.children.append({ block_id: unknown, children: [{ wrong: {} }] }),
    (error) => error.code === APIErrorCode.ValidationError && error.status === 400,
  )
  await assert.rejects(
    notion.users.me({ auth: "ntn_wrong" }),
    (error) => error.code === APIErrorCode.Unauthorized && error.status === 401,
  )
}

async function main() {
  const client = new Client({
    auth: process.env.NOTION_TOKEN,
    baseUrl: process.env.NOTION_URL,
    notionVersion: "2026-03-11",
    retry: false,
  })
  const calls = new Map()
  const notion = traced(client, calls)
  const world = { notion, root: process.env.NOTION_ROOT_PAGE }
  await people(world)
  world.page = await pages(world)
  await blocks(world)
  await markdown(world)
  await comments(world)
  Object.assign(world, await databases(world))
  await rows(world)
  await views(world)
  await files(world)
  await search(world)
  await refusals(notion)
  for (const endpoint of endpointsOf(client)) {
    console.log(JSON.stringify({ endpoint, calls: calls.get(endpoint) ?? 0 }))
  }
}

await main()
