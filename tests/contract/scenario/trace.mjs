// Which endpoints a client has, and which of them were called. Pure.

const NO_ENDPOINT = new Set(["request"])

function isGroup(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

// Lists the client's methods as dotted names: "pages.create", "blocks.children.list".
export function endpointsOf(client) {
  const found = []
  const visit = (value, trail) => {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === "function" && !NO_ENDPOINT.has(name)) {
        found.push([...trail, name].join("."))
      } else if (isGroup(member)) visit(member, [...trail, name])
    }
  }
  visit(client, [])
  return found.sort()
}

// Gives a client that counts its calls under those names.
export function traced(client, calls) {
  const wrap = (value, trail, owner) => {
    if (typeof value === "function") {
      const name = trail.join(".")
      return async (...args) => {
        const answer = await value.apply(owner, args)
        calls.set(name, (calls.get(name) ?? 0) + 1)
        return answer
      }
    }
    if (!isGroup(value)) return value
    const target = Object.create(null)
    return new Proxy(target, {
      get: (_, name) =>
        typeof name === "symbol" ? undefined : wrap(value[name], [...trail, name], value),
    })
  }
  return wrap(client, [], null)
}
