WITH sources AS (
  SELECT 'News' AS source UNION ALL SELECT 'Their own site'
  UNION ALL SELECT 'Product usage' UNION ALL SELECT 'Support tickets'
  UNION ALL SELECT 'Calls' UNION ALL SELECT 'E-mail (who and when)'
),
pieces AS (
  SELECT
    l.org_id,
    CASE WHEN e.kind IN ('press', 'product') THEN 'Their own site' ELSE 'News' END
      AS source,
    COALESCE(e.published_at, e.ingested_at) AS at
  FROM event_orgs l
  JOIN events e ON e.event_id = l.event_id
  WHERE l.relation = 'about'
    AND e.kind IN ('news', 'funding', 'tweet', 'press', 'product')
  UNION ALL
  SELECT org_id, 'Product usage', ts FROM usage_metrics
  UNION ALL
  SELECT
    org_id,
    CASE channel
      WHEN 'zendesk' THEN 'Support tickets'
      WHEN 'call' THEN 'Calls'
      ELSE 'E-mail (who and when)'
    END,
    occurred_at
  FROM interactions
  WHERE channel IN ('zendesk', 'call', 'email')
),
found AS (
  SELECT org_id, source, COUNT(*) AS items, MIN(at) AS first_at, MAX(at) AS last_at
  FROM pieces
  GROUP BY org_id, source
)
SELECT
  o.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  s.source,
  COALESCE(f.items, 0) AS items,
  {utc:f.first_at} AS first_at,
  {utc:f.last_at} AS last_at,
  {days:{today}|{day:f.last_at}} AS days_since
FROM orgs o
CROSS JOIN sources s
LEFT JOIN found f ON f.org_id = o.org_id AND f.source = s.source
