package dev.sluice.governance.enforcement;

/// What must not change behind an applied plan, as lines of text: relations and their columns, who
/// may read them, functions, schemas, our roles and views. Readable by every login. Leased logins
/// and the roles of approved changes come and go and are not part of it.
public final class PostgresqlStateSql {

  private static final String LINES =
      """
      SELECT pg_catalog.format('relation %I.%I kind=%s owner=%s acl=%s security=%s columns=%s', n.nspname,
          c.relname, c.relkind, pg_catalog.pg_get_userbyid(c.relowner),
          ARRAY(SELECT i::text FROM pg_catalog.unnest(c.relacl) AS i
            WHERE i::text !~ '^slu_change_[0-9a-f]+=[a-zA-Z*]*/sluice_[a-z0-9_]+_changes$'
            ORDER BY i::text COLLATE "C"),
          c.relrowsecurity,
          (SELECT pg_catalog.string_agg(pg_catalog.format('%I %s %s', a.attname,
              t.typname || pg_catalog.format('/%s', a.atttypmod), a.attacl), ', '
              ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS line
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
          AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      UNION ALL
      SELECT pg_catalog.format('view %I.%I query=%s options=%s', n.nspname, c.relname,
          pg_catalog.md5(r.ev_action::text), c.reloptions)
        FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      UNION ALL
      SELECT pg_catalog.format('inherits %I (%s) from %I (%s)', c.relname, c.oid, o.relname, o.oid)
        FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        JOIN pg_catalog.pg_class o ON o.oid = i.inhparent
        WHERE c.relkind IN ('r', 'p', 'f')
      UNION ALL
      SELECT pg_catalog.format('function %I.%I(%s) owner=%s definer=%s acl=%s body=%s',
          n.nspname, p.proname, p.proargtypes, pg_catalog.pg_get_userbyid(p.proowner), p.prosecdef, p.proacl,
          pg_catalog.md5(p.prosrc))
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      UNION ALL
      SELECT pg_catalog.format('schema %I owner=%s acl=%s', n.nspname,
          pg_catalog.pg_get_userbyid(n.nspowner), n.nspacl)
        FROM pg_catalog.pg_namespace n
        WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      UNION ALL
      SELECT pg_catalog.format('database acl=%s', d.datacl) FROM pg_catalog.pg_database d
        WHERE d.datname = pg_catalog.current_database()
      UNION ALL
      SELECT pg_catalog.format('role %I login=%s super=%s createrole=%s createdb=%s bypass=%s',
          r.rolname, r.rolcanlogin, r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolbypassrls)
        FROM pg_catalog.pg_roles r WHERE r.rolname LIKE 'sluice\\_%'
      UNION ALL
      SELECT pg_catalog.format('member %I of %I', m.rolname, g.rolname)
        FROM pg_catalog.pg_auth_members x JOIN pg_catalog.pg_roles m ON m.oid = x.member
        JOIN pg_catalog.pg_roles g ON g.oid = x.roleid
        WHERE (m.rolname LIKE 'sluice\\_%' AND g.rolname NOT LIKE 'slu\\_%')
          OR (g.rolname LIKE 'sluice\\_%' AND m.rolname NOT LIKE 'slu\\_%'
            AND g.rolname NOT LIKE 'sluice\\_%\\_former\\_public')
      UNION ALL
      SELECT pg_catalog.format('default %s %s %s', pg_catalog.pg_get_userbyid(d.defaclrole),
          d.defaclobjtype, d.defaclacl) FROM pg_catalog.pg_default_acl d
        WHERE pg_catalog.pg_get_userbyid(d.defaclrole) NOT LIKE 'slu\\_%'
      UNION ALL
      SELECT pg_catalog.format('language %s %s', l.lanname, l.lanacl)
        FROM pg_catalog.pg_language l
      """;

  /// One row, one text.
  public static final String QUERY =
      "SELECT pg_catalog.string_agg(line, E'\\n' ORDER BY line COLLATE \"C\") FROM ("
          + LINES
          + ") AS state";

  private PostgresqlStateSql() {}
}
