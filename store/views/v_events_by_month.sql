SELECT
  o.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  e.kind,
  {month:COALESCE(e.published_at, e.ingested_at)} AS month,
  COUNT(*) AS events
FROM event_orgs l
JOIN events e ON e.event_id = l.event_id
JOIN orgs o ON o.org_id = l.org_id
WHERE l.relation = 'about'
GROUP BY
  o.org_id, o.callsign, o.sector, e.kind,
  {month:COALESCE(e.published_at, e.ingested_at)}
