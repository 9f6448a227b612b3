SELECT
  job,
  {day:started_at} AS day,
  status,
  COUNT(*) AS runs,
  AVG({seconds:ended_at|started_at}) AS mean_seconds,
  MAX({seconds:ended_at|started_at}) AS longest_seconds,
  {utc:MIN(started_at)} AS first_at,
  {utc:MAX(started_at)} AS last_at
FROM runs
GROUP BY job, {day:started_at}, status
