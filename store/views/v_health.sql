SELECT
  h.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  h.day,
  h.health
FROM health_days h
JOIN orgs o ON o.org_id = h.org_id
