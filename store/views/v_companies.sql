SELECT
  o.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  o.domain,
  o.renewal_date AS renewal_on,
  {days:o.renewal_date|{today}} AS days_to_renewal,
  COALESCE(h.health, 'No data') AS health,
  h.day AS health_on,
  (SELECT COUNT(*) FROM action_items a
   WHERE a.org_id = o.org_id AND a.status = 'open' AND a.trigger <> 'draft')
    AS open_alerts,
  {utc:o.created_at} AS added_at
FROM orgs o
LEFT JOIN health_days h
  ON h.org_id = o.org_id
  AND h.day = (SELECT MAX(n.day) FROM health_days n WHERE n.org_id = o.org_id)
