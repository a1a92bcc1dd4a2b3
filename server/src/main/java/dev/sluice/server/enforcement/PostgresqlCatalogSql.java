package dev.sluice.server.enforcement;

/// What is asked of PostgreSQL's catalogs, with nothing but `pg_catalog` in the search path.
final class PostgresqlCatalogSql {

  private static final String USER_SCHEMA =
      " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ";

  static final String SCHEMAS =
      "SELECT n.nspname, pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE"
          + USER_SCHEMA
          + "ORDER BY 1";

  static final String RELATIONS =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind,
        EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
          AND d.objid = c.oid AND d.deptype = 'e'),
        pg_get_userbyid(c.relowner),
        CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
        c.relrowsecurity,
        (SELECT array_agg(DISTINCT a.attname::text) FROM pg_partitioned_table p
          JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attnum = ANY (p.partattrs)
            OR (0 = ANY (p.partattrs) AND EXISTS (SELECT FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                AND d.refobjsubid = a.attnum)))
          WHERE p.partrelid = c.oid AND p.partstrat IN ('l', 'r') AND a.attnum > 0),
        EXISTS (SELECT FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass
            AND d.objid = r.oid AND d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
          JOIN pg_proc f ON f.oid = d.refobjid OR f.oid = (SELECT o.oprcode FROM pg_operator o
            WHERE o.oid = d.refobjid)
          JOIN pg_namespace fn ON fn.oid = f.pronamespace
          WHERE r.ev_class = c.oid AND fn.nspname <> 'pg_catalog')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND
      """
          + USER_SCHEMA
          + "ORDER BY 2, 3";

  /// Domains are seen through: a mask may not keep to their checks.
  static final String COLUMNS =
      """
      WITH RECURSIVE base AS (
        SELECT t.oid AS type, t.oid AS at, t.typtype, t.typbasetype, t.typtypmod AS modifier
        FROM pg_type t
        UNION ALL
        SELECT b.type, t.oid, t.typtype, t.typbasetype,
          CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE b.modifier END
        FROM base b JOIN pg_type t ON t.oid = b.typbasetype WHERE b.typtype = 'd')
      SELECT c.oid, a.attname,
        format_type(b.at, CASE WHEN b.at = a.atttypid THEN a.atttypmod ELSE b.modifier END),
        CASE WHEN t.typtype = 'e' THEN 'enum' ELSE t.typname END,
        CASE WHEN t.typname IN ('bpchar', 'varchar') THEN greatest(0,
          (CASE WHEN b.at = a.atttypid THEN a.atttypmod ELSE b.modifier END) - 4) ELSE 0 END,
        (SELECT array_agg(DISTINCT s.attname::text) FROM pg_depend d
          JOIN pg_attribute s ON s.attrelid = c.oid AND s.attnum = d.refobjsubid
          WHERE a.attgenerated <> '' AND d.refclassid = 'pg_class'::regclass
            AND d.refobjid = c.oid AND d.refobjsubid > 0 AND d.refobjsubid <> a.attnum
            AND ((d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.objsubid = a.attnum)
              OR (d.classid = 'pg_attrdef'::regclass AND d.objid IN (SELECT x.oid
                FROM pg_attrdef x WHERE x.adrelid = c.oid AND x.adnum = a.attnum))))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN base b ON b.type = a.atttypid AND b.typtype <> 'd'
      JOIN pg_type t ON t.oid = b.at
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND
      """
          + USER_SCHEMA
          + "ORDER BY c.oid, a.attnum";

  static final String READS =
      """
      SELECT DISTINCT r.ev_class, n.nspname, c.relname
      FROM pg_rewrite r
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
      JOIN pg_class c ON c.oid = d.refobjid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      """;

  static final String PARENTS =
      """
      SELECT i.inhrelid, n.nspname, c.relname
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f')
      """;

  static final String FUNCTIONS =
      """
      SELECT n.nspname, p.proname, p.oid::regprocedure::text, pg_get_userbyid(p.proowner),
        p.prosecdef, coalesce((SELECT e.extname FROM pg_depend d
          JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'), '')
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE
      """
          + USER_SCHEMA
          + "ORDER BY 3";

  static final String ROLES =
      """
      WITH RECURSIVE member AS (
        SELECT m.member, m.roleid FROM pg_auth_members m
        UNION
        SELECT x.member, m.roleid FROM member x JOIN pg_auth_members m ON m.member = x.roleid)
      SELECT r.rolname, r.rolcanlogin, r.rolsuper, r.rolreplication,
        (SELECT array_agg(g.rolname::text) FROM member m JOIN pg_roles g ON g.oid = m.roleid
          WHERE m.member = r.oid)
      FROM pg_roles r ORDER BY 1
      """;

  /// Kind, object, schema, relation, privilege, grantee (empty for PUBLIC).
  static final String PRIVILEGES =
      """
      WITH acl AS (
        SELECT 'DATABASE' AS kind, quote_ident(d.datname) AS object, NULL::text AS schema,
          NULL::text AS relation, x.privilege_type AS privilege, x.grantee
        FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x
        WHERE d.datname = current_database()
        UNION ALL
        SELECT 'SCHEMA', quote_ident(n.nspname), NULL, NULL, x.privilege_type, x.grantee
        FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) x
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        UNION ALL
        SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
          format('%I.%I', n.nspname, c.relname), n.nspname, c.relname, x.privilege_type, x.grantee
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
          aclexplode(coalesce(c.relacl, acldefault(
            CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner))) x
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
          AND ((n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
            OR (n.nspname = 'pg_catalog' AND c.relname IN ('pg_stats', 'pg_stats_ext',
              'pg_stats_ext_exprs', 'pg_stat_activity', 'pg_prepared_xacts')))
        UNION ALL
        SELECT 'COLUMN', format('%I.%I', n.nspname, c.relname), n.nspname, c.relname,
          format('%s (%I)', x.privilege_type, a.attname), x.grantee
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) x
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT a.attisdropped
        UNION ALL
        SELECT 'ROUTINE', CASE n.nspname WHEN 'pg_catalog' THEN 'pg_catalog.' ELSE '' END
          || p.oid::regprocedure::text, NULL, NULL, x.privilege_type, x.grantee
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
          aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
        WHERE (n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
          OR (n.nspname = 'pg_catalog' AND p.proname IN ('lo_create', 'lo_creat',
            'lo_from_bytea', 'lo_put', 'lowrite', 'lo_truncate', 'lo_truncate64', 'lo_unlink',
            'pg_stat_get_activity'))
        UNION ALL
        SELECT 'LANGUAGE', quote_ident(l.lanname), NULL, NULL, x.privilege_type, x.grantee
        FROM pg_language l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) x
        WHERE l.lanispl AND l.lanpltrusted
        UNION ALL
        SELECT 'FOREIGN', quote_ident(s.srvname), NULL, NULL, x.privilege_type, x.grantee
        FROM pg_foreign_server s, aclexplode(s.srvacl) x
        UNION ALL
        SELECT 'DEFAULT ' || kinds.word, 'FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole))
            || coalesce(' IN SCHEMA ' || quote_ident(n.nspname), ''), NULL, NULL,
          x.privilege_type || ' ON ' || kinds.word, x.grantee
        FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
        JOIN (VALUES ('r'::"char", 'TABLES'), ('S', 'SEQUENCES'), ('f', 'ROUTINES'),
          ('n', 'SCHEMAS')) AS kinds (code, word) ON kinds.code = d.defaclobjtype,
          aclexplode(d.defaclacl) x)
      SELECT kind, object, schema, relation, privilege,
        CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END
      FROM acl ORDER BY 1, 2, 5, 6
      """;

  private PostgresqlCatalogSql() {}
}
