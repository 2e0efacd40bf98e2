-- Cities that missed the same kind of KPI in R6, each with the number of cities that did.
WITH missed AS (
  SELECT DISTINCT "数値目標", "単位", city
  FROM kpi
  WHERE fiscal_year = 2024 AND half = 'second' AND "達成" = false
)
SELECT "数値目標", "単位", city,
       count(*) OVER (PARTITION BY "数値目標", "単位") AS cities
FROM missed
ORDER BY cities DESC, "数値目標", "単位", city
