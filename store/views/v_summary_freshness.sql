SELECT
  o.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  d.version,
  d.writer,
  {utc:d.generated_at} AS generated_at,
  {days:{today}|{day:d.generated_at}} AS age_days,
  {iso:{json:n.value|at}} AS checked_at,
  {days:{today}|{day_of_iso:{json:n.value|at}}} AS checked_days_ago,
  {length:d.claims} AS claims,
  {utc:s.sent_at} AS published_at,
  p.version AS approved_version,
  {utc:p.approved_at} AS approved_at,
  CASE
    WHEN d.version IS NULL THEN 'No summary'
    WHEN p.version = d.version THEN 'Approved'
    WHEN p.version IS NOT NULL THEN 'Changed since approval'
    ELSE 'Never approved'
  END AS review
FROM orgs o
LEFT JOIN dossiers d
  ON d.org_id = o.org_id
  AND d.version = (SELECT MAX(l.version) FROM dossiers l WHERE l.org_id = o.org_id)
LEFT JOIN dossiers p
  ON p.org_id = o.org_id
  AND p.version = (
    SELECT MAX(l.version) FROM dossiers l
    WHERE l.org_id = o.org_id AND l.approved_at IS NOT NULL
  )
LEFT JOIN sent s ON s.key = 'dossier:' || o.org_id
LEFT JOIN notes n ON n.key = 'dossier.looked.' || o.org_id
