// Users and custom emojis.
import { collectPaginatedAPI, isFullUser } from "@notionhq/client"
import assert from "node:assert/strict"
import { ID } from "./words.mjs"

export async function people(world) {
  const { notion } = world
  const me = await notion.users.me({})
  assert.equal(me.type, "bot")
  assert.ok(isFullUser(me))
  assert.equal(me.bot.owner.type, "workspace")
  assert.ok(me.bot.workspace_limits.max_file_upload_size_in_bytes > 0)

  const everyone = await collectPaginatedAPI(notion.users.list, { page_size: 1 })
  const ids = everyone.map((user) => user.id)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.includes(me.id))
  world.person = everyone.find((user) => user.type === "person")
  assert.match(world.person.id, ID)

  const one = await notion.users.retrieve({ user_id: world.person.id })
  assert.deepEqual({ ...one, request_id: null }, { ...world.person, request_id: null })

  const named = await notion.customEmojis.list({ name: "acme" })
  assert.deepEqual(named.results.map((emoji) => emoji.name), ["acme"])
  world.emoji = named.results[0]
  const all = await notion.customEmojis.list({})
  assert.equal(all.results.length, 1)
}
