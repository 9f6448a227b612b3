SELECT
  a.action_id,
  a.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  a.trigger,
  {utc:a.generated_at} AS opened_at,
  {day:a.generated_at} AS opened_on,
  CASE
    WHEN a.status = 'done' AND {json:a.payload|closed_by} = 'bot' THEN 'settled'
    ELSE a.status
  END AS outcome,
  CASE
    WHEN a.status = 'open' THEN NULL
    WHEN {json:a.payload|closed_by} = 'bot' THEN 'bot'
    ELSE 'person'
  END AS closed_by,
  CASE
    WHEN a.status = 'open' THEN NULL
    WHEN {json:a.payload|closed_by} = 'bot'
      THEN {iso:{json:a.payload|settled_at}}
    ELSE COALESCE({iso:{json:a.payload|said|at}}, {utc:a.updated_at})
  END AS closed_at,
  CASE
    WHEN a.status <> 'open' AND COALESCE({json:a.payload|closed_by}, '') <> 'bot'
      THEN 1
    ELSE 0
  END AS acted_on
FROM action_items a
JOIN orgs o ON o.org_id = a.org_id
WHERE a.trigger <> 'draft'
