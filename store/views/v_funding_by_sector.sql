SELECT
  sector,
  {month:announced_on} AS month,
  COUNT(*) AS rounds,
  COUNT(DISTINCT org_id) AS companies,
  SUM(amount_usd) AS amount_usd,
  SUM(CASE WHEN amount_usd IS NULL THEN 1 ELSE 0 END) AS rounds_without_amount
FROM v_funding
GROUP BY sector, {month:announced_on}
