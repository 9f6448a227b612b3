// Small words the scenario is written in. Pure.

export function text(content, more = {}) {
  return [{ type: "text", text: { content }, ...more }]
}

export function plain(items) {
  return items.map((item) => item.plain_text).join("")
}

export function paragraph(content) {
  return { type: "paragraph", paragraph: { rich_text: text(content) } }
}

export function titled(content) {
  return { title: { title: text(content) } }
}

export const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/
export const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
