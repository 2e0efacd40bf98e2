-- Attainment by policy area (重点項目) at the end of each fiscal year. A KPI counts once, parts or not.
WITH judged AS (
  SELECT DISTINCT city, fiscal_year, "重点項目", "取組番号", "数値目標", "達成"
  FROM kpi
  WHERE half = 'second' AND "達成" IS NOT NULL
)
SELECT "重点項目", fiscal_year,
       count(DISTINCT city) AS cities,
       count(*) AS judged,
       count(CASE WHEN "達成" THEN 1 END) AS met
FROM judged
GROUP BY "重点項目", fiscal_year
ORDER BY "重点項目", fiscal_year
