// Turns the type declarations of Notion's own client into one JSON Schema document.
// Usage: node schemas.mjs OUTPUT.json. Touches: node_modules (reads), OUTPUT.json.
//
// The document lists the client's endpoints (method, path, query keys) and holds one
// definition per answer and per request body. `EDITS` names every place where the
// declarations are changed before, and why; an edit that no longer finds its place
// stops the run, so that a newer client cannot slip through unread.
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { createRequire } from "node:module"
import { createGenerator } from "ts-json-schema-generator"

const require = createRequire(import.meta.url)
const CLIENT = path.dirname(require.resolve("@notionhq/client/package.json"))
const DECLARATIONS = path.join(CLIENT, "build/src/api-endpoints")

const PARTIAL =
  "Partial(?:Page|Database|DataSource|Block|Comment|DataSourceView)ObjectResponse"

// [why, pattern, replacement, file it must be found in or null for any]
const EDITS = [
  // Not exported by the client, but what we need by name.
  ["body types", /^type (\w+BodyParameters) =/gm, "export type $1 =", null],
  // A reduced object has two keys; as an alternative it would excuse any answer.
  ["reduced first", new RegExp(`\\b${PARTIAL} \\| `, "g"), "", null],
  ["reduced last", new RegExp(` \\| ${PARTIAL}\\b`, "g"), "", null],
  // Declared for older versions; at 2026-03-11 neither side may send it.
  ["archived", /^ *archived\??: boolean;\n/gm, "", null],
  // `after` is refused at 2026-03-11 in favour of `position`.
  ["after", /^ *after\?: IdRequest;\n/gm, "", "blocks"],
  // Answers mark a relation that was cut at 25.
  [
    "relation has_more",
    /relation: Array<RelationItemPropertyValueResponse>;\n\};/g,
    "relation: Array<RelationItemPropertyValueResponse>;\n    has_more: boolean;\n};",
    "common",
  ],
  // Answers carry whether a person's address is verified.
  [
    "email_verified",
    /person: \{\n( *)email\?: string;/g,
    "person: {\n$1email?: string;\n$1email_verified?: boolean;",
    "common",
  ],
  // Property kinds that schemas show although the answer types leave them out.
  [
    "more property kinds",
    / \| LastEditedTimeDatabasePropertyConfigResponse\);/g,
    " | LastEditedTimeDatabasePropertyConfigResponse" +
      ["place", "button", "verification", "location", "last_visited_time"]
        .map((kind) => ` | { type: "${kind}"; ${kind}: EmptyObject }`)
        .join("") +
      ");",
    "data-sources",
  ],
  // Written out as "no object with any key"; documented as the query's own forms.
  [
    "view filter",
    /type ViewFilterRequest = Record<string, never>;/g,
    "type ViewFilterRequest = { or: GroupFilterOperatorArray } | " +
      "{ and: GroupFilterOperatorArray } | PropertyOrTimestampFilter;",
    "common",
  ],
  [
    "view sort",
    /type ViewSortRequest = Record<string, never>;/g,
    "type ViewSortRequest = ViewPropertySortRequest | " +
      '{ timestamp: "created_time" | "last_edited_time"; ' +
      "direction: SortDirectionRequest };",
    "common",
  ],
  [
    "quick filter of a request",
    /type QuickFilterConditionRequest = Record<string, never>;/g,
    "type QuickFilterConditionRequest = Record<string, object>;",
    "common",
  ],
  [
    "quick filter of an answer",
    /type QuickFilterConditionResponse = Record<string, never>;/g,
    "type QuickFilterConditionResponse = Record<string, object>;",
    "views",
  ],
]

function edited() {
  const texts = new Map()
  for (const file of fs.readdirSync(DECLARATIONS)) {
    if (!file.endsWith(".d.ts")) continue
    texts.set(
      file.slice(0, -".d.ts".length),
      fs.readFileSync(path.join(DECLARATIONS, file), "utf8"),
    )
  }
  for (const [why, pattern, replacement, only] of EDITS) {
    let found = 0
    for (const [name, text] of texts) {
      if (only !== null && only !== name) continue
      found += (text.match(pattern) ?? []).length
      texts.set(name, text.replace(pattern, replacement))
    }
    if (found === 0) throw new Error(`schemas.mjs: the edit "${why}" found no place`)
  }
  return texts
}

// What the client knows of errors, as a type: its codes and the body's shape.
function errorType() {
  const known = require("@notionhq/client").APIErrorCode
  const codes = Object.values(known).map((code) => `"${code}"`)
  return `export type ErrorResponse = {
    object: "error";
    status: number;
    code: ${codes.join(" | ")} | ServerOnlyCode;
    message: string;
    additional_data?: Record<string, string | Array<string>>;
};
// Codes that the documentation lists and the client does not know.
type ServerOnlyCode = "missing_version" | "invalid_grant" | "row_limit_exceeded"
    | "bad_gateway" | "database_connection_unavailable";
`
}

function listed() {
  const shown = new Proxy({}, { get: (_, name) => `{${String(name)}}` })
  const found = []
  const modules = fs.readdirSync(DECLARATIONS).filter((name) => name.endsWith(".js"))
  for (const file of modules.sort()) {
    const module = file.slice(0, -".js".length)
    for (const [name, it] of Object.entries(require(path.join(DECLARATIONS, file)))) {
      if (typeof it?.path !== "function") continue
      found.push({
        name,
        module,
        method: it.method.toUpperCase(),
        path: `/v1/${it.path(shown)}`,
        query: [...it.queryParams],
      })
    }
  }
  return found
}

function generated(folder) {
  const generator = createGenerator({
    path: path.join(folder, "*.d.ts"),
    tsconfig: path.join(folder, "tsconfig.json"),
    type: "*",
    expose: "all",
    jsDoc: "none",
    skipTypeCheck: true,
    encodeRefs: false,
    additionalProperties: false,
  })
  return generator.createSchema("*").definitions
}

function main(output) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "contract-"))
  try {
    for (const [name, text] of edited()) {
      fs.writeFileSync(path.join(folder, `${name}.d.ts`), text)
    }
    fs.writeFileSync(path.join(folder, "errors.d.ts"), errorType())
    fs.writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { strict: true, skipLibCheck: true } }),
    )
    const definitions = generated(folder)
    const endpoints = listed().map((each) => {
      const capital = each.name[0].toUpperCase() + each.name.slice(1)
      const response = `${capital}Response`
      const body = `${capital}BodyParameters`
      if (!(response in definitions)) throw new Error(`no type ${response}`)
      return { ...each, response, body: body in definitions ? body : null }
    })
    const versions = Object.fromEntries(
      ["@notionhq/client", "typescript", "ts-json-schema-generator"].map((name) => [
        name,
        require(`${name}/package.json`).version,
      ]),
    )
    const text = JSON.stringify({ versions, endpoints, definitions })
    fs.writeFileSync(`${output}.new`, text)
    fs.renameSync(`${output}.new`, output)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

main(process.argv[2])
