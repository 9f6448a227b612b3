WITH newest AS (
  SELECT d.* FROM dossiers d
  WHERE d.version = (
    SELECT MAX(l.version) FROM dossiers l WHERE l.org_id = d.org_id
  )
),
stated AS (
  SELECT
    d.org_id,
    {json:c.value|claim_id} AS claim_id,
    MIN(d.version) AS first_version,
    MIN(d.generated_at) AS first_at
  FROM dossiers d {each:d.claims|c}
  GROUP BY d.org_id, {json:c.value|claim_id}
)
SELECT
  n.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  n.version,
  {json:c.value|section} AS section,
  {position:c} AS position,
  {json:c.value|claim_id} AS claim_id,
  {length:{inner:c.value|evidence_ids}} AS evidence,
  s.first_version,
  {utc:s.first_at} AS first_stated_at,
  {days:{today}|{day:s.first_at}} AS stated_days
FROM newest n {each:n.claims|c}
JOIN orgs o ON o.org_id = n.org_id
LEFT JOIN stated s
  ON s.org_id = n.org_id AND s.claim_id = {json:c.value|claim_id}
