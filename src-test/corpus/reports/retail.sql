-- 1 who returns more than others
with returns as (
  select sr_customer_sk as customer_sk, sr_store_sk as store_sk, sum(sr_return_amt) as total_return
  from store_returns join date_dim on sr_returned_date_sk = d_date_sk
  where d_year = 2000 group by sr_customer_sk, sr_store_sk)
select c_customer_id
from returns r1 join store on s_store_sk = r1.store_sk join customer on r1.customer_sk = c_customer_sk
where r1.total_return > (select avg(r2.total_return) * 1.2 from returns r2 where r1.store_sk = r2.store_sk)
  and s_state = 'TN'
order by c_customer_id limit 100;
-- 2 weeks of the web and the catalogue, a year apart
with sales as (
  select ws_sold_date_sk as sold_date_sk, ws_ext_sales_price as sales_price from web_sales
  union all
  select cs_sold_date_sk, cs_ext_sales_price from catalog_sales),
weeks as (
  select d_week_seq, sum(case when d_day_name = 'Sunday' then sales_price end) as sun_sales,
         sum(case when d_day_name = 'Monday' then sales_price end) as mon_sales
  from sales join date_dim on d_date_sk = sold_date_sk group by d_week_seq)
select y.d_week_seq, round(y.sun_sales / z.sun_sales, 2), round(y.mon_sales / z.mon_sales, 2)
from weeks y join weeks z on y.d_week_seq = z.d_week_seq - 53
order by y.d_week_seq;
-- 3 brands of a month
select d_year, i_brand_id as brand_id, i_brand as brand, sum(ss_ext_sales_price) as sum_agg
from date_dim dt, store_sales, item
where dt.d_date_sk = ss_sold_date_sk and ss_item_sk = i_item_sk and i_manufact_id = 128 and dt.d_moy = 11
group by d_year, i_brand, i_brand_id order by d_year, sum_agg desc, brand_id limit 100;
-- 4 who buys most in a year, and how to reach them | masks 1 2 4
with year_total as (
  select ss_customer_sk as customer_sk, d_year as dyear, sum(ss_ext_list_price - ss_ext_discount_amt) as total
  from store_sales, date_dim
  where ss_sold_date_sk = d_date_sk
  group by ss_customer_sk, d_year)
select c.c_customer_id as customer_id, c.c_first_name as first_name, c.c_last_name as last_name, y.dyear,
       c.c_email_address as email
from year_total y join customer c on c.c_customer_sk = y.customer_sk
where y.total > (select avg(z.total) * 10 from year_total z where z.dyear = y.dyear)
order by y.total desc;
-- 5 growing faster on the web, names only | masks 1 2
with year_total as (
  select c_customer_id as customer_id, c_first_name as first_name, c_last_name as last_name, d_year as dyear,
         sum(ss_ext_list_price - ss_ext_discount_amt) as total, 's' as kind
  from customer, store_sales, date_dim
  where c_customer_sk = ss_customer_sk and ss_sold_date_sk = d_date_sk
  group by c_customer_id, c_first_name, c_last_name, d_year
  union all
  select c_customer_id, c_first_name, c_last_name, d_year, sum(ws_ext_list_price - ws_ext_discount_amt), 'w'
  from customer, web_sales, date_dim
  where c_customer_sk = ws_bill_customer_sk and ws_sold_date_sk = d_date_sk
  group by c_customer_id, c_first_name, c_last_name, d_year)
select s2.customer_id, s2.first_name, s2.last_name
from year_total s1, year_total s2, year_total w1, year_total w2
where s2.customer_id = s1.customer_id and s1.customer_id = w2.customer_id and s1.customer_id = w1.customer_id
  and s1.kind = 's' and w1.kind = 'w' and s2.kind = 's' and w2.kind = 'w'
  and s1.dyear = 2001 and s2.dyear = 2002 and w1.dyear = 2001 and w2.dyear = 2002 and s1.total > 0
  and case when w1.total > 0 then w2.total / w1.total else 0.0 end
    > case when s1.total > 0 then s2.total / s1.total else 0.0 end
order by s2.customer_id, s2.first_name, s2.last_name limit 100;
-- 6 sales and returns of three channels, with totals | not sqlite mariadb
with ssr as (
  select s_store_id as id, sum(ss_ext_sales_price) as sales, sum(ss_net_profit) as profit
  from store_sales join store on ss_store_sk = s_store_sk group by s_store_id),
wsr as (
  select web_company_name as id, sum(ws_ext_sales_price) as sales, sum(ws_net_profit) as profit
  from web_sales join web_site on ws_web_site_sk = web_site_sk group by web_company_name)
select channel, id, sum(sales) as sales, sum(profit) as profit
from (select 'store channel' as channel, id, sales, profit from ssr
      union all select 'web channel', id, sales, profit from wsr) x
group by rollup (channel, id) order by channel, id limit 100;
-- 7 states of dear items
select a.ca_state as state, count(*) as cnt
from customer_address a, customer c, store_sales s, date_dim d, item i
where a.ca_address_sk = c.c_current_addr_sk and c.c_customer_sk = s.ss_customer_sk
  and s.ss_sold_date_sk = d.d_date_sk and s.ss_item_sk = i.i_item_sk
  and d.d_month_seq = (select distinct d_month_seq from date_dim where d_year = 2001 and d_moy = 1)
  and i.i_current_price > 1.2 * (select avg(j.i_current_price) from item j where j.i_category = i.i_category)
group by a.ca_state having count(*) >= 10 order by cnt limit 100;
-- 8 averages by promotion
select i_item_id, avg(ss_quantity) as agg1, avg(ss_list_price) as agg2, avg(ss_coupon_amt) as agg3
from store_sales, customer_demographics, date_dim, item, promotion
where ss_sold_date_sk = d_date_sk and ss_item_sk = i_item_sk and ss_cdemo_sk = cd_demo_sk and ss_promo_sk = p_promo_sk
  and cd_gender = 'M' and cd_marital_status = 'S' and (p_channel_email = 'N' or p_channel_event = 'N') and d_year = 2000
group by i_item_id order by i_item_id limit 100;
-- 9 stores near preferred customers
select s_store_name, sum(ss_net_profit)
from store_sales, date_dim, store,
  (select ca_zip from (
     select substring(ca_zip, 1, 5) as ca_zip from customer_address where substring(ca_zip, 1, 5) in ('24128', '76232')
     intersect
     select ca_zip from (select substring(ca_zip, 1, 5) as ca_zip, count(*) as cnt
                         from customer_address, customer
                         where ca_address_sk = c_current_addr_sk and c_preferred_cust_flag = 'Y'
                         group by ca_zip having count(*) > 10) a1) a2) v1
where ss_store_sk = s_store_sk and ss_sold_date_sk = d_date_sk and d_qoy = 2
  and substring(s_zip, 1, 2) = substring(v1.ca_zip, 1, 2)
group by s_store_name order by s_store_name limit 100;
-- 10 buckets of quantities
select case when (select count(*) from store_sales where ss_quantity between 1 and 20) > 74129
            then (select avg(ss_ext_discount_amt) from store_sales where ss_quantity between 1 and 20)
            else (select avg(ss_net_paid) from store_sales where ss_quantity between 1 and 20) end as bucket1,
       case when (select count(*) from store_sales where ss_quantity between 21 and 40) > 122840
            then (select avg(ss_ext_discount_amt) from store_sales where ss_quantity between 21 and 40)
            else (select avg(ss_net_paid) from store_sales where ss_quantity between 21 and 40) end as bucket2
from reason where r_reason_sk = 1;
-- 11 demographics of who buys in several channels
select cd_gender, cd_marital_status, cd_education_status, count(*) as cnt1
from customer c, customer_address ca, customer_demographics
where c.c_current_addr_sk = ca.ca_address_sk and ca_county in ('Rush County', 'Toole County')
  and cd_demo_sk = c.c_current_cdemo_sk
  and exists (select * from store_sales, date_dim
              where c.c_customer_sk = ss_customer_sk and ss_sold_date_sk = d_date_sk and d_year = 2002)
  and (exists (select * from web_sales where c.c_customer_sk = ws_bill_customer_sk)
    or exists (select * from catalog_sales where c.c_customer_sk = cs_bill_customer_sk))
group by cd_gender, cd_marital_status, cd_education_status order by cd_gender limit 100;
-- 12 share of the class
select i_item_id, i_category, i_class, sum(ws_ext_sales_price) as itemrevenue,
       sum(ws_ext_sales_price) * 100 / sum(sum(ws_ext_sales_price)) over (partition by i_class) as revenueratio
from web_sales, item, date_dim
where ws_item_sk = i_item_sk and i_category in ('Sports', 'Books') and ws_sold_date_sk = d_date_sk
group by i_item_id, i_category, i_class order by i_category, i_class, revenueratio limit 100;
-- 13 averages under alternatives
select avg(ss_quantity), avg(ss_ext_sales_price), sum(ss_wholesale_cost)
from store_sales, store, customer_demographics, household_demographics, customer_address
where s_store_sk = ss_store_sk
  and ((ss_hdemo_sk = hd_demo_sk and cd_demo_sk = ss_cdemo_sk and cd_marital_status = 'M' and hd_dep_count = 3)
    or (ss_hdemo_sk = hd_demo_sk and cd_demo_sk = ss_cdemo_sk and cd_marital_status = 'S' and hd_dep_count = 1))
  and ss_addr_sk = ca_address_sk and ca_country = 'United States' and ca_state in ('TX', 'OH');
-- 14 items sold in every channel
with cross_items as (
  select i_item_sk as item_sk from item,
    (select iss.i_brand_id as brand_id, iss.i_class as class from store_sales, item iss where ss_item_sk = iss.i_item_sk
     intersect select ics.i_brand_id, ics.i_class from catalog_sales, item ics where cs_item_sk = ics.i_item_sk
     intersect select iws.i_brand_id, iws.i_class from web_sales, item iws where ws_item_sk = iws.i_item_sk) x
  where i_brand_id = x.brand_id and i_class = x.class),
avg_sales as (
  select avg(quantity * list_price) as average_sales
  from (select ss_quantity as quantity, ss_list_price as list_price from store_sales
        union all select cs_quantity, cs_list_price from catalog_sales) y)
select i_brand_id, sum(ss_quantity * ss_list_price) as sales, count(*) as number_sales
from store_sales, item
where ss_item_sk in (select item_sk from cross_items) and ss_item_sk = i_item_sk
group by i_brand_id having sum(ss_quantity * ss_list_price) > (select average_sales from avg_sales)
order by i_brand_id;
-- 15 orders shipped from one state
select count(distinct cs_order_number) as order_count, sum(cs_ext_ship_cost) as total_shipping_cost
from catalog_sales cs1, date_dim, customer_address, call_center
where cs1.cs_ship_date_sk = d_date_sk and cs1.cs_ship_addr_sk = ca_address_sk and ca_state = 'GA'
  and cs1.cs_call_center_sk = cc_call_center_sk and cc_county = 'Williamson County'
  and exists (select * from catalog_sales cs2
              where cs1.cs_order_number = cs2.cs_order_number and cs1.cs_warehouse_sk <> cs2.cs_warehouse_sk)
  and not exists (select * from catalog_returns cr1 where cs1.cs_order_number = cr1.cr_order_number);
-- 16 deviation of quantities | not sqlite
select i_item_id, s_state, count(ss_quantity) as n, avg(ss_quantity) as average,
       stddev_samp(ss_quantity) / avg(ss_quantity) as cov
from store_sales, store_returns, item, store
where i_item_sk = ss_item_sk and s_store_sk = ss_store_sk and ss_customer_sk = sr_customer_sk
  and ss_item_sk = sr_item_sk and ss_ticket_number = sr_ticket_number
group by i_item_id, s_state order by i_item_id, s_state limit 100;
-- 17 averages by place, with totals | not sqlite mariadb
select i_item_id, ca_country, ca_state, ca_county, avg(cast(cs_quantity as decimal(12, 2))) as agg1,
       avg(cast(c_birth_year as decimal(12, 2))) as agg6
from catalog_sales, customer, customer_address, item
where cs_item_sk = i_item_sk and cs_bill_customer_sk = c_customer_sk and c_current_addr_sk = ca_address_sk
group by rollup (i_item_id, ca_country, ca_state, ca_county) order by ca_country, ca_state limit 100;
-- 18 stock before and after a day
select * from (
  select w_warehouse_name, i_item_id,
         sum(case when d_date < cast('2000-03-11' as date) then inv_quantity_on_hand else 0 end) as inv_before,
         sum(case when d_date >= cast('2000-03-11' as date) then inv_quantity_on_hand else 0 end) as inv_after
  from inventory, warehouse, item, date_dim
  where i_item_sk = inv_item_sk and inv_warehouse_sk = w_warehouse_sk and inv_date_sk = d_date_sk
  group by w_warehouse_name, i_item_id) x
where (case when inv_before > 0 then inv_after / inv_before else null end) between 2.0 / 3.0 and 3.0 / 2.0
order by w_warehouse_name, i_item_id limit 100;
-- 19 stock of products, with totals | not sqlite mariadb
select i_product_name, i_brand, i_class, i_category, avg(inv_quantity_on_hand) as qoh
from inventory, date_dim, item
where inv_date_sk = d_date_sk and inv_item_sk = i_item_sk and d_month_seq between 1200 and 1211
group by rollup (i_product_name, i_brand, i_class, i_category) order by qoh, i_product_name limit 100;
-- 20 best customers of frequent items | masks 0 1
with frequent as (
  select i_item_sk as item_sk, d_date as solddate, count(*) as cnt from store_sales, date_dim, item
  where ss_sold_date_sk = d_date_sk and ss_item_sk = i_item_sk group by i_item_sk, d_date having count(*) > 4),
best as (
  select c_customer_sk as customer_sk, sum(ss_quantity * ss_sales_price) as ssales from store_sales, customer
  where ss_customer_sk = c_customer_sk group by c_customer_sk
  having sum(ss_quantity * ss_sales_price) > 0.5 * (select max(csales) from (
    select c_customer_sk, sum(ss_quantity * ss_sales_price) as csales
    from store_sales, customer where ss_customer_sk = c_customer_sk group by c_customer_sk) m))
select c_last_name, c_first_name, sum(cs_quantity * cs_list_price) as sales
from catalog_sales, customer
where cs_item_sk in (select item_sk from frequent) and cs_bill_customer_sk in (select customer_sk from best)
  and cs_bill_customer_sk = c_customer_sk
group by c_last_name, c_first_name order by c_last_name, c_first_name limit 100;
-- 21 averages with grouping sets | not sqlite mariadb
select i_item_id, s_state, grouping(s_state) as g_state, avg(ss_quantity) as agg1
from store_sales, store, item
where ss_item_sk = i_item_sk and ss_store_sk = s_store_sk
group by grouping sets ((i_item_id, s_state), (i_item_id), ()) order by i_item_id, s_state limit 100;
-- 22 prices in six ranges
select b1.lp, b1.cnt, b2.lp, b2.cnt
from (select avg(ss_list_price) as lp, count(ss_list_price) as cnt from store_sales where ss_quantity between 0 and 5) b1
cross join (select avg(ss_list_price) as lp, count(ss_list_price) as cnt from store_sales where ss_quantity between 6 and 10) b2;
-- 23 large tickets of households | masks 0 1
select c_last_name, c_first_name, c_preferred_cust_flag, ss_ticket_number, cnt
from (select ss_ticket_number, ss_customer_sk, count(*) as cnt
      from store_sales, household_demographics
      where ss_hdemo_sk = hd_demo_sk and hd_vehicle_count > 0
        and case when hd_vehicle_count > 0 then hd_dep_count / hd_vehicle_count else null end > 1.2
      group by ss_ticket_number, ss_customer_sk) dn, customer
where ss_customer_sk = c_customer_sk and cnt between 15 and 20
order by c_last_name, c_first_name desc, ss_ticket_number;
-- 24 profit in a hierarchy of places | not sqlite mariadb
select sum(ss_net_profit) as total_sum, s_state, s_county, grouping(s_state) + grouping(s_county) as lochierarchy,
       rank() over (partition by grouping(s_state) + grouping(s_county),
                    case when grouping(s_county) = 0 then s_state end order by sum(ss_net_profit) desc) as rank_within_parent
from store_sales, store where s_store_sk = ss_store_sk
group by rollup (s_state, s_county) order by lochierarchy desc, rank_within_parent limit 100;
-- 25 customers in all channels
select count(*) from (
  select distinct c_customer_id, d_date from store_sales, date_dim, customer
  where ss_sold_date_sk = d_date_sk and ss_customer_sk = c_customer_sk
  intersect
  select distinct c_customer_id, d_date from catalog_sales, date_dim, customer
  where cs_sold_date_sk = d_date_sk and cs_bill_customer_sk = c_customer_sk) hot_cust;
-- 26 customers in stores alone
select count(*) from (
  select ss_customer_sk from store_sales except select ws_bill_customer_sk from web_sales) cool_cust;
-- 27 months far from the average
select * from (
  select i_manager_id, sum(ss_sales_price) as sum_sales,
         avg(sum(ss_sales_price)) over (partition by i_manager_id) as avg_monthly_sales
  from item, store_sales, date_dim
  where ss_item_sk = i_item_sk and ss_sold_date_sk = d_date_sk and d_month_seq in (1200, 1201)
  group by i_manager_id, d_moy) tmp1
where case when avg_monthly_sales > 0 then abs(sum_sales - avg_monthly_sales) / avg_monthly_sales else null end > 0.1
order by i_manager_id, avg_monthly_sales limit 100;
-- 28 the month before and after
with v1 as (
  select i_category, i_brand, d_year, d_moy, sum(ss_sales_price) as sum_sales,
         avg(sum(ss_sales_price)) over (partition by i_category, i_brand, d_year) as avg_monthly,
         rank() over (partition by i_category, i_brand order by d_year, d_moy) as rn
  from item, store_sales, date_dim
  where ss_item_sk = i_item_sk and ss_sold_date_sk = d_date_sk
  group by i_category, i_brand, d_year, d_moy)
select v1.i_category, v1.d_year, v1.sum_sales, lag_1.sum_sales as psum, lead_1.sum_sales as nsum
from v1, v1 lag_1, v1 lead_1
where v1.i_category = lag_1.i_category and v1.i_category = lead_1.i_category
  and v1.rn = lag_1.rn + 1 and v1.rn = lead_1.rn - 1 and v1.avg_monthly > 0
order by v1.sum_sales - v1.avg_monthly limit 100;
-- 29 the same with lag and lead
select i_brand, d_year, d_moy, sum(ws_sales_price) as sales,
       lag(sum(ws_sales_price), 1) over (partition by i_brand order by d_year, d_moy) as before_it,
       lead(sum(ws_sales_price), 1) over (partition by i_brand order by d_year, d_moy) as after_it
from item, web_sales, date_dim where ws_item_sk = i_item_sk and ws_sold_date_sk = d_date_sk
group by i_brand, d_year, d_moy;
-- 30 worst ratios of returns
select channel, item, return_ratio, return_rank from (
  select 'web' as channel, item, return_ratio, rank() over (order by return_ratio) as return_rank
  from (select ws_item_sk as item,
               cast(sum(coalesce(wr_return_amt, 0)) as decimal(15, 4)) / cast(sum(coalesce(ws_net_paid, 0)) as decimal(15, 4)) as return_ratio
        from web_sales left outer join web_returns on ws_order_number = wr_order_number and ws_item_sk = wr_item_sk
        group by ws_item_sk) in_web) web
where return_rank <= 10 order by channel, return_rank;
-- 31 running totals of two channels
with web_v1 as (
  select ws_item_sk as item_sk, d_date,
         sum(sum(ws_sales_price)) over (partition by ws_item_sk order by d_date rows between unbounded preceding and current row) as cume_sales
  from web_sales, date_dim where ws_sold_date_sk = d_date_sk group by ws_item_sk, d_date),
store_v1 as (
  select ss_item_sk as item_sk, d_date,
         sum(sum(ss_sales_price)) over (partition by ss_item_sk order by d_date rows between unbounded preceding and current row) as cume_sales
  from store_sales, date_dim where ss_sold_date_sk = d_date_sk group by ss_item_sk, d_date)
select case when web.item_sk is not null then web.item_sk else store.item_sk end as item_sk, web.cume_sales, store.cume_sales
from web_v1 web left join store_v1 store on web.item_sk = store.item_sk and web.d_date = store.d_date
where web.cume_sales > store.cume_sales limit 100;
-- 32 days between sale and return
select s_store_name, sum(case when sr_returned_date_sk - ss_sold_date_sk <= 30 then 1 else 0 end) as "30 days",
       sum(case when sr_returned_date_sk - ss_sold_date_sk > 30 and sr_returned_date_sk - ss_sold_date_sk <= 60 then 1 else 0 end) as "31-60 days"
from store_sales, store_returns, store
where ss_ticket_number = sr_ticket_number and ss_item_sk = sr_item_sk and ss_store_sk = s_store_sk
group by s_store_name order by s_store_name limit 100;
-- 33 mornings to evenings
select cast(amc as decimal(15, 4)) / cast(pmc as decimal(15, 4)) as am_pm_ratio
from (select count(*) as amc from store_sales, time_dim where ss_sold_time_sk = t_time_sk and t_hour between 8 and 9) at1,
     (select count(*) as pmc from store_sales, time_dim where ss_sold_time_sk = t_time_sk and t_hour between 19 and 20) pt
order by am_pm_ratio limit 100;
-- 34 first ten of each category
select * from (
  select i_category, i_class, s_store_id, sum(coalesce(ss_sales_price * ss_quantity, 0)) as sumsales,
         rank() over (partition by i_category order by sum(coalesce(ss_sales_price * ss_quantity, 0)) desc) as rk
  from store_sales, store, item where ss_item_sk = i_item_sk and ss_store_sk = s_store_sk
  group by i_category, i_class, s_store_id) dw2
where rk <= 10 order by i_category, rk limit 100;
-- 35 address of the ticket and of the customer | masks 0 1 4 5
select c_last_name, c_first_name, current_addr.ca_city, bought_city, current_addr.ca_street_number, current_addr.ca_street_name
from (select ss_ticket_number, ss_customer_sk, ca_city as bought_city, sum(ss_coupon_amt) as amt
      from store_sales, household_demographics, customer_address
      where ss_hdemo_sk = hd_demo_sk and ss_addr_sk = ca_address_sk and hd_dep_count = 4
      group by ss_ticket_number, ss_customer_sk, ca_city) dn, customer, customer_address current_addr
where ss_customer_sk = c_customer_sk and customer.c_current_addr_sk = current_addr.ca_address_sk
  and current_addr.ca_city <> bought_city
order by c_last_name, c_first_name limit 100;
-- 36 full name of returning customers | masks 1 2
select c_customer_id, concat(c_last_name, ', ', c_first_name) as customername, c_email_address
from customer, customer_address
where ca_city = 'Edgewood' and c_current_addr_sk = ca_address_sk
order by c_customer_id limit 100;
-- 37 whoever bought or brought back, in one list | masks 1
select 'bought' as what, c_last_name from store_sales join customer on ss_customer_sk = c_customer_sk
union all
select r_reason_desc, c_last_name from store_returns join customer on sr_customer_sk = c_customer_sk
  join reason on sr_reason_sk = r_reason_sk;
-- 38 a full outer join of two channels | not mariadb
with ssci as (select ss_customer_sk as customer_sk, ss_item_sk as item_sk from store_sales group by ss_customer_sk, ss_item_sk),
csci as (select cs_bill_customer_sk as customer_sk, cs_item_sk as item_sk from catalog_sales group by cs_bill_customer_sk, cs_item_sk)
select sum(case when ssci.customer_sk is not null and csci.customer_sk is null then 1 else 0 end) as store_only,
       sum(case when ssci.customer_sk is null and csci.customer_sk is not null then 1 else 0 end) as catalog_only
from ssci full outer join csci on ssci.customer_sk = csci.customer_sk and ssci.item_sk = csci.item_sk;
-- 39 quarters side by side
select s1.s_store_name, s1.q1, s2.q2, s2.q2 - s1.q1 as growth
from (select s_store_name, sum(ss_net_paid) as q1 from store_sales, store, date_dim
      where ss_store_sk = s_store_sk and ss_sold_date_sk = d_date_sk and d_qoy = 1 group by s_store_name) s1
join (select s_store_name, sum(ss_net_paid) as q2 from store_sales, store, date_dim
      where ss_store_sk = s_store_sk and ss_sold_date_sk = d_date_sk and d_qoy = 2 group by s_store_name) s2
  on s1.s_store_name = s2.s_store_name
order by growth desc;
-- 40 discounts above the usual
select sum(ws_ext_discount_amt) as "Excess Discount Amount"
from web_sales, item, date_dim
where i_manufact_id = 350 and i_item_sk = ws_item_sk and d_date_sk = ws_sold_date_sk
  and ws_ext_discount_amt > (select 1.3 * avg(w2.ws_ext_discount_amt) from web_sales w2 where w2.ws_item_sk = i_item_sk)
order by sum(ws_ext_discount_amt) limit 100;
-- 41 cubes | not sqlite mariadb
select d_year, i_category, s_state, sum(ss_net_profit) as profit
from store_sales join date_dim on ss_sold_date_sk = d_date_sk join item on ss_item_sk = i_item_sk join store on ss_store_sk = s_store_sk
group by cube (d_year, i_category, s_state) order by d_year, i_category, s_state;
-- 42 medians | not sqlite mariadb trino
select i_category, percentile_cont(0.5) within group (order by ss_sales_price) as median_price
from store_sales join item on ss_item_sk = i_item_sk group by i_category;
-- 43 conditional aggregates | not mariadb
select i_category, count(*) filter (where ss_quantity > 10) as bulk, sum(ss_net_profit) filter (where ss_promo_sk is null) as plain_profit
from store_sales join item on ss_item_sk = i_item_sk group by i_category;
-- 44 quarters of customers by what they pay | masks 1
select c_customer_id, c_last_name, ntile(4) over (order by paid desc) as quarter_of
from (select c_customer_id, c_last_name, sum(ss_net_paid) as paid
      from store_sales join customer on ss_customer_sk = c_customer_sk group by c_customer_id, c_last_name) x;
