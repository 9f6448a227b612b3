WITH facts AS (
  SELECT
    f.org_id,
    f.round_type,
    CASE WHEN f.announced_on > '0001-01-01' THEN f.announced_on END AS announced_on,
    f.amount_usd,
    f.tier,
    f.confidence,
    f.source_url
  FROM funding_facts f
  WHERE NOT EXISTS (
    SELECT 1 FROM events e
    JOIN story_verdicts v ON v.story_id = e.story_id AND v.org_id = f.org_id
    WHERE e.event_id = f.event_id AND e.story_id <> ''
  )
),
own AS (
  SELECT * FROM facts f
  WHERE f.round_type <> 'Venture'
    OR NOT EXISTS (
      SELECT 1 FROM facts n
      WHERE n.org_id = f.org_id
        AND n.round_type <> 'Venture'
        AND (
          f.announced_on IS NULL
          OR n.announced_on IS NULL
          OR ABS({days:f.announced_on|n.announced_on}) <= 45
        )
    )
),
steps AS (
  SELECT
    own.*,
    CASE
      WHEN {days:announced_on|LAG(announced_on) OVER told} <= 45 THEN 0
      WHEN announced_on IS NULL AND ROW_NUMBER() OVER told > 1 THEN 0
      ELSE 1
    END AS starts
  FROM own
  WINDOW told AS (
    PARTITION BY org_id, round_type
    ORDER BY COALESCE(announced_on, {latest}), source_url
  )
),
grouped AS (
  SELECT
    steps.*,
    SUM(starts) OVER (
      PARTITION BY org_id, round_type
      ORDER BY COALESCE(announced_on, {latest}), source_url
      ROWS UNBOUNDED PRECEDING
    ) AS part
  FROM steps
),
ranked AS (
  SELECT
    grouped.*,
    ROW_NUMBER() OVER (
      PARTITION BY org_id, round_type, part
      ORDER BY
        CASE WHEN amount_usd IS NULL THEN 1 ELSE 0 END,
        CASE WHEN tier = 'api' THEN 0 ELSE 1 END,
        confidence DESC,
        source_url
    ) AS place,
    COUNT(*) OVER (PARTITION BY org_id, round_type, part) AS sources,
    MIN(announced_on) OVER (PARTITION BY org_id, round_type, part) AS first_told,
    MAX(CASE WHEN tier = 'api' THEN 1.0 ELSE confidence END)
      OVER (PARTITION BY org_id, round_type, part) AS surest,
    MAX(CASE WHEN tier = 'api' THEN 1 ELSE 0 END)
      OVER (PARTITION BY org_id, round_type, part) AS by_api
  FROM grouped
),
rounds AS (
  SELECT
    ranked.*,
    ROW_NUMBER() OVER (
      PARTITION BY org_id
      ORDER BY COALESCE(first_told, {earliest}) DESC, round_type, part
    ) AS newest
  FROM ranked
  WHERE place = 1 AND surest >= 0.5
),
people AS (
  SELECT
    org_id,
    {json:effective|funding_round} AS round_type,
    {date:{json:effective|funding_date}} AS announced_on,
    {number:{json:effective|funding_amount}} AS amount_usd
  FROM orgs
),
told AS (
  SELECT
    r.org_id,
    COALESCE(CASE WHEN r.newest = 1 THEN p.round_type END, r.round_type)
      AS round_type,
    COALESCE(CASE WHEN r.newest = 1 THEN p.announced_on END, r.first_told)
      AS announced_on,
    COALESCE(CASE WHEN r.newest = 1 THEN p.amount_usd END, r.amount_usd)
      AS amount_usd,
    CASE
      WHEN r.newest = 1
        AND COALESCE(p.amount_usd, 0) + COALESCE(LENGTH(p.round_type), 0) > 0
        THEN 'person'
      WHEN r.by_api = 1 THEN 'api'
      ELSE 'news'
    END AS told_by,
    r.sources
  FROM rounds r
  JOIN people p ON p.org_id = r.org_id
  UNION ALL
  SELECT p.org_id, p.round_type, p.announced_on, p.amount_usd, 'person', 0
  FROM people p
  WHERE (p.round_type IS NOT NULL OR p.amount_usd IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM rounds r WHERE r.org_id = p.org_id)
)
SELECT
  o.org_id,
  o.callsign AS company,
  COALESCE(NULLIF(o.sector, ''), 'Unknown') AS sector,
  COALESCE(t.round_type, 'Venture') AS round_type,
  t.announced_on,
  t.amount_usd,
  t.told_by,
  t.sources
FROM told t
JOIN orgs o ON o.org_id = t.org_id
