-- Change over the years: the exact total of each kind of KPI at each year's end, and what it grew by.
WITH yearly AS (
  SELECT "数値目標", "単位", fiscal_year,
         count(DISTINCT city) AS cities,
         sum("値") AS total
  FROM kpi
  WHERE half = 'second' AND "区分" = '実績値' AND "西暦年度" = fiscal_year AND "種別" = '数量'
  GROUP BY "数値目標", "単位", fiscal_year
)
SELECT "数値目標", "単位", fiscal_year, cities, total,
       total - lag(total) OVER (PARTITION BY "数値目標", "単位" ORDER BY fiscal_year) AS change
FROM yearly
ORDER BY "数値目標", "単位", fiscal_year
