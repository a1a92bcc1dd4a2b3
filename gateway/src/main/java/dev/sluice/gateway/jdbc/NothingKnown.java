package dev.sluice.gateway.jdbc;

import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers without a row, in the shape that JDBC prescribes, for what a governed connection does
/// not tell of a database: indexes, functions, privileges and the like. A tool that lists a schema
/// goes on with what there is.
final class NothingKnown {

  private static final String ROUTINE = "_CAT,_SCHEM,_NAME";
  private static final String ARGUMENT =
      "COLUMN_NAME,COLUMN_TYPE,DATA_TYPE,TYPE_NAME,PRECISION,LENGTH,SCALE,RADIX,NULLABLE,REMARKS,";
  private static final String IDENTIFIER =
      "SCOPE,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,BUFFER_LENGTH,DECIMAL_DIGITS,PSEUDO_COLUMN";

  private static final Map<String, String> SHAPES =
      Map.ofEntries(
          Map.entry(
              "getProcedures",
              routine("PROCEDURE")
                  + ",RESERVED_1,RESERVED_2,RESERVED_3,REMARKS,PROCEDURE_TYPE,SPECIFIC_NAME"),
          Map.entry(
              "getProcedureColumns",
              routine("PROCEDURE")
                  + ","
                  + ARGUMENT
                  + "COLUMN_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,"
                  + "IS_NULLABLE,SPECIFIC_NAME"),
          Map.entry("getFunctions", routine("FUNCTION") + ",REMARKS,FUNCTION_TYPE,SPECIFIC_NAME"),
          Map.entry(
              "getFunctionColumns",
              routine("FUNCTION")
                  + ","
                  + ARGUMENT
                  + "CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,SPECIFIC_NAME"),
          Map.entry(
              "getColumnPrivileges",
              "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,GRANTOR,GRANTEE,PRIVILEGE,IS_GRANTABLE"),
          Map.entry(
              "getTablePrivileges",
              "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,GRANTOR,GRANTEE,PRIVILEGE,IS_GRANTABLE"),
          Map.entry("getBestRowIdentifier", IDENTIFIER),
          Map.entry("getVersionColumns", IDENTIFIER),
          Map.entry(
              "getTypeInfo",
              "TYPE_NAME,DATA_TYPE,PRECISION,LITERAL_PREFIX,LITERAL_SUFFIX,CREATE_PARAMS,NULLABLE,"
                  + "CASE_SENSITIVE,SEARCHABLE,UNSIGNED_ATTRIBUTE,FIXED_PREC_SCALE,AUTO_INCREMENT,"
                  + "LOCAL_TYPE_NAME,MINIMUM_SCALE,MAXIMUM_SCALE,SQL_DATA_TYPE,SQL_DATETIME_SUB,"
                  + "NUM_PREC_RADIX"),
          Map.entry(
              "getIndexInfo",
              "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,NON_UNIQUE,INDEX_QUALIFIER,INDEX_NAME,TYPE,"
                  + "ORDINAL_POSITION,COLUMN_NAME,ASC_OR_DESC,CARDINALITY,PAGES,FILTER_CONDITION"),
          Map.entry(
              "getUDTs", "TYPE_CAT,TYPE_SCHEM,TYPE_NAME,CLASS_NAME,DATA_TYPE,REMARKS,BASE_TYPE"),
          Map.entry(
              "getSuperTypes",
              "TYPE_CAT,TYPE_SCHEM,TYPE_NAME,SUPERTYPE_CAT,SUPERTYPE_SCHEM,SUPERTYPE_NAME"),
          Map.entry("getSuperTables", "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,SUPERTABLE_NAME"),
          Map.entry(
              "getAttributes",
              "TYPE_CAT,TYPE_SCHEM,TYPE_NAME,ATTR_NAME,DATA_TYPE,ATTR_TYPE_NAME,ATTR_SIZE,"
                  + "DECIMAL_DIGITS,NUM_PREC_RADIX,NULLABLE,REMARKS,ATTR_DEF,SQL_DATA_TYPE,"
                  + "SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,SCOPE_CATALOG,"
                  + "SCOPE_SCHEMA,SCOPE_TABLE,SOURCE_DATA_TYPE"),
          Map.entry("getClientInfoProperties", "NAME,MAX_LEN,DEFAULT_VALUE,DESCRIPTION"),
          Map.entry(
              "getPseudoColumns",
              "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,DATA_TYPE,COLUMN_SIZE,DECIMAL_DIGITS,"
                  + "NUM_PREC_RADIX,COLUMN_USAGE,REMARKS,CHAR_OCTET_LENGTH,IS_NULLABLE"));

  private NothingKnown() {}

  private static String routine(String kind) {
    return kind + ROUTINE.replace(",", "," + kind);
  }

  /// No rows for a question; empty when it is none of these.
  static Optional<ResultSet> to(String question) {
    String labels = SHAPES.get(question);
    return labels == null
        ? Optional.empty()
        : Optional.of(DatabaseCalls.rows(List.of(labels.split(",")), List.of()));
  }
}
