package dev.sluice.app.editor;

import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Functions that completion offers, per engine. Only a help for writing: which of them may be
/// called is the core's business.
final class SqlFunctions {

  private static final Map<Dialect, List<String>> BY_ENGINE = new EnumMap<>(Dialect.class);

  static {
    for (Dialect dialect : Dialect.values()) {
      List<String> all = new ArrayList<>(SqlWords.FUNCTIONS);
      all.addAll(List.of(own(dialect).split(" ")));
      BY_ENGINE.put(dialect, all.stream().filter(name -> !name.isEmpty()).distinct().toList());
    }
  }

  private SqlFunctions() {}

  static List<String> of(Dialect dialect) {
    return BY_ENGINE.getOrDefault(dialect, SqlWords.FUNCTIONS);
  }

  private static String own(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL ->
          "age array_agg array_length btrim ceil char_length date_bin date_part every first_value"
              + " floor format generate_series initcap json_agg json_build_object jsonb_agg"
              + " jsonb_array_elements jsonb_build_object jsonb_extract_path_text last_value left"
              + " localtimestamp lpad make_date mod mode ntile nth_value overlay percent_rank"
              + " percentile_cont percentile_disc position power regexp_matches regexp_replace"
              + " regexp_split_to_table repeat replace reverse right rpad split_part starts_with"
              + " stddev strpos to_char to_date to_number to_timestamp translate unnest variance"
              + " width_bucket";
      case MYSQL, MARIADB ->
          "adddate char_length concat_ws curdate curtime date_add date_diff date_format date_sub"
              + " datediff dayname dayofweek find_in_set first_value floor format from_unixtime"
              + " group_concat hour if ifnull instr json_arrayagg json_extract json_object"
              + " json_unquote last_day last_value left locate lpad makedate mod month monthname"
              + " ntile period_add quarter regexp_replace repeat replace reverse right rpad"
              + " str_to_date subdate substring_index timestampdiff truncate unix_timestamp week"
              + " year";
      case SQLITE ->
          "char date datetime first_value format glob group_concat hex ifnull iif instr json"
              + " json_array json_each json_extract json_group_array json_object julianday"
              + " last_value likelihood ltrim ntile printf quote random replace rtrim strftime"
              + " substr time total typeof unicode unixepoch";
      case DUCKDB ->
          "approx_count_distinct arg_max arg_min array_agg bit_count date_diff date_part epoch"
              + " first format histogram json_extract last last_day left list list_aggregate"
              + " list_contains list_value ltrim median mode monthname ntile percent_rank"
              + " quantile_cont regexp_extract regexp_matches regexp_replace repeat replace reverse"
              + " right rtrim split_part starts_with stddev strftime strptime struct_pack"
              + " time_bucket to_timestamp unnest variance";
      case SQLSERVER ->
          "charindex concat_ws convert datediff dateadd datename datepart eomonth format getdate"
              + " iif isnull len left ltrim newid ntile patindex replace reverse right rtrim"
              + " stuff try_cast try_convert";
      case TRINO ->
          "approx_distinct approx_percentile arbitrary array_agg array_join bool_and bool_or"
              + " cardinality contains date_add date_diff date_format date_parse element_at"
              + " format_datetime from_unixtime histogram json_extract_scalar map_agg max_by"
              + " min_by regexp_extract regexp_like regexp_replace sequence split_part strpos"
              + " to_unixtime transform try try_cast unnest url_extract_host";
      case ANSI -> "";
    };
  }
}
