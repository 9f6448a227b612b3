SELECT
  u.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  u.metric,
  {week:u.ts} AS week,
  COUNT(*) AS readings,
  SUM(u.value) AS total,
  AVG(u.value) AS mean,
  MAX(CASE WHEN u.value > 0 THEN 1 ELSE 0 END) AS used,
  {utc:MAX(u.ts)} AS last_reading_at
FROM usage_metrics u
JOIN orgs o ON o.org_id = u.org_id
GROUP BY u.org_id, o.callsign, o.sector, u.metric, {week:u.ts}
