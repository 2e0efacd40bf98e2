-- Grades against attainment: how many items of each grade met all, some or none of their KPIs.
WITH grades AS (
  SELECT city, fiscal_year, "取組番号", "本文" AS grade
  FROM texts
  WHERE half = 'second' AND "欄" = '評価区分'
), stood AS (
  SELECT city, fiscal_year, "取組番号",
         count(DISTINCT CASE WHEN "達成" THEN "数値目標" END) AS met,
         count(DISTINCT CASE WHEN NOT "達成" THEN "数値目標" END) AS missed
  FROM kpi
  WHERE half = 'second'
  GROUP BY city, fiscal_year, "取組番号"
)
SELECT grade, fiscal_year,
       count(*) AS items,
       count(CASE WHEN met > 0 AND missed = 0 THEN 1 END) AS all_met,
       count(CASE WHEN met > 0 AND missed > 0 THEN 1 END) AS some_met,
       count(CASE WHEN met = 0 AND missed > 0 THEN 1 END) AS none_met,
       count(CASE WHEN met = 0 AND missed = 0 THEN 1 END) AS not_judged
FROM grades JOIN stood USING (city, fiscal_year, "取組番号")
GROUP BY grade, fiscal_year
ORDER BY grade, fiscal_year
