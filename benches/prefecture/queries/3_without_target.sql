-- KPIs without a target: no year of the plan says more than nothing (空欄, —).
SELECT city, "取組番号", "取組項目", "数値目標",
       count(CASE WHEN "区分" = '実績値' AND "値" IS NOT NULL THEN 1 END) AS actuals
FROM kpi
WHERE fiscal_year = 2024 AND half = 'second'
GROUP BY city, "取組番号", "取組項目", "数値目標"
HAVING count(CASE WHEN "区分" = '目標値' AND "種別" NOT IN ('空欄', 'なし') THEN 1 END) = 0
ORDER BY city, "取組番号", "数値目標"
