package dev.sluice.server;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The server's configuration file, YAML. Unknown keys are refused; passwords stand in the
/// environment, never in the file.
///
/// ```yaml
/// name: Sluice
/// http: {host: 127.0.0.1, port: 8443}
/// store: {sqlite: data/server.db}          # or {postgresql: {url, user, password-env}}
/// keys: data/server.keys                   # or keys-from: {env: NAME} or {pkcs12, password-env}
/// policy: policy.yaml
/// accounts:
///   - {account: ada, name: Ada L., email: ada@acme.test, groups: [analysts],
///      roles: [analyst], password-env: ADA_PASSWORD}
/// identity: {resource: https://sluice.acme.test, providers: [...]}   # see [IdentitySection]
/// connections:
///   - {name: shop, engine: postgresql, host: db, port: 5432, database: shop, tls: true,
///      environment: production, owner: data-platform, schemas: [public], row-ceiling: 10000,
///      user: sluice_writer, password-env: SHOP_PASSWORD,
///      issuer: {user: sluice_issuer, password-env: SHOP_ISSUER_PASSWORD}}
///   - {name: payroll, engine: postgresql, host: db, database: payroll, environment: production,
///      enforced: {broker-password-env: BROKER, changer-password-env: CHANGER,
///        accepted: ["superuser:postgres"],
///        administrator: {user: postgres, password-env: ADMIN}}}   # administrator may be left out
///   - {name: lake, engine: trino, host: trino, port: 8443, database: hive/sales,   # or mariadb
///      environment: production, user: sluice_writer, password-env: LAKE_PASSWORD,
///      issuer: {user: sluice_reader, password-env: LAKE_READER_PASSWORD}}   # lent to everybody
///   - {name: notes, engine: sqlite, file: notes.db, environment: development, owner: ada}
/// ```
public final class ServerConfigFile {

  private ServerConfigFile() {}

  /// The file is not a configuration. The message is fit for people.
  public static final class Unreadable extends Exception {
    public Unreadable(String message) {
      super(message);
    }
  }

  /// @param environment where `password-env` names are looked up
  public static ServerConfig read(Path file, Map<String, String> environment) throws Unreadable {
    Path folder =
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElseGet(() -> Path.of("."));
    ConfigSection root = new ConfigSection(file.toString(), load(file));
    ConfigSection http = root.section("http");
    ConfigSection identity = root.section("identity");
    ServerConfig base = ServerConfig.inFolder(folder);
    Path keyFile = folder.resolve(root.text("keys", "sluice-server.keys"));
    List<Target> targets = new ArrayList<>();
    for (ConfigSection connection : root.sections("connections")) {
      targets.add(target(connection, folder, environment));
    }
    List<AccountSeed> accounts = new ArrayList<>();
    for (ConfigSection account : root.sections("accounts")) {
      accounts.add(account(account, environment));
    }
    ServerConfig config =
        new ServerConfig(
            root.text("name", base.name()),
            http.text("host", base.host()),
            http.number("port", 8443),
            store(root.section("store"), folder, environment, base.store()),
            keyFile,
            targets,
            policy(root.text("policy", ""), folder),
            accounts,
            IdentitySection.read(identity, folder, environment),
            IdentitySection.timings(identity, base.timings()),
            OperationsSection.read(root, folder, environment),
            base.clock());
    identity.nothingElse();
    http.nothingElse();
    root.nothingElse();
    return config;
  }

  private static Object load(Path file) throws Unreadable {
    try {
      Object value =
          new Load(
                  LoadSettings.builder()
                      .setAllowDuplicateKeys(false)
                      .setMaxAliasesForCollections(0)
                      .setLabel(file.toString())
                      .build())
              .loadFromString(Files.readString(file));
      return value == null ? Map.of() : value;
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark()
              .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
              .orElse("");
      throw new Unreadable(file + place + ": this is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new Unreadable(file + ": this is not YAML.");
    } catch (IOException e) {
      throw new Unreadable(file + ": the file cannot be read.");
    }
  }

  private static StoreConfig store(
      ConfigSection store, Path folder, Map<String, String> environment, StoreConfig otherwise)
      throws Unreadable {
    String sqlite = store.text("sqlite", "");
    ConfigSection server = store.section("postgresql");
    store.nothingElse();
    if (!sqlite.isEmpty()) {
      return new StoreConfig.Sqlite(folder.resolve(sqlite));
    }
    String url = server.text("url", "");
    if (url.isEmpty()) {
      return otherwise;
    }
    StoreConfig config =
        new StoreConfig.PostgreSql(
            url, server.text("user"), server.secret("password-env", environment));
    server.nothingElse();
    return config;
  }

  private static Optional<String> policy(String name, Path folder) throws Unreadable {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(folder.resolve(name)));
    } catch (IOException e) {
      throw new Unreadable(folder.resolve(name) + ": the policy file cannot be read.");
    }
  }

  private static AccountSeed account(ConfigSection account, Map<String, String> environment)
      throws Unreadable {
    AccountSeed seed =
        account.checked(
            fields ->
                new AccountSeed(
                    fields.text("account"),
                    fields.text("name"),
                    fields.text("email", ""),
                    Set.copyOf(fields.texts("groups")),
                    Set.copyOf(fields.texts("roles")),
                    fields.secret("password-env", environment),
                    fields.text("agent-of", "")));
    account.nothingElse();
    return seed;
  }

  private static Target target(ConfigSection fields, Path folder, Map<String, String> environment)
      throws Unreadable {
    String engineName = fields.text("engine");
    Dialect engine =
        Dialect.named(engineName)
            .orElseThrow(() -> fields.problem("engine", "a known engine, not " + engineName));
    Target target =
        fields.checked(
            section ->
                engine == Dialect.SQLITE || engine == Dialect.DUCKDB
                    ? file(section, engine, folder)
                    : section.has("enforced")
                        ? enforced(section, engine, environment)
                        : server(section, engine, environment));
    fields.nothingElse();
    return target;
  }

  private static Target file(ConfigSection fields, Dialect engine, Path folder) throws Unreadable {
    return Target.file(
        ConnectionDefinition.file(
            fields.text("name"),
            engine,
            folder.resolve(fields.text("file")).toAbsolutePath().toString()),
        fields.text("environment"),
        fields.text("owner", ""));
  }

  /// A database that masks by itself; the logins are those that `sluice enforce apply` made.
  private static Target enforced(
      ConfigSection fields, Dialect engine, Map<String, String> environment) throws Unreadable {
    if (engine != Dialect.POSTGRESQL && engine != Dialect.MARIADB) {
      throw fields.problem(
          "enforced", "an engine whose logins the server can lend: postgresql or mariadb");
    }
    ConfigSection logins = fields.section("enforced");
    ConfigSection administrator = logins.section("administrator");
    ConnectionDefinition definition =
        ConnectionDefinition.server(
            fields.text("name"),
            engine,
            fields.text("host"),
            fields.number("port", ConnectionUrls.usualPort(engine)),
            fields.text("database"),
            fields.flag("tls", true) ? Transport.VERIFIED : Transport.NONE);
    EnforcementNames names = new EnforcementNames(definition.database());
    Optional<DatabaseLogin> applies =
        administrator.has("user")
            ? Optional.of(
                new DatabaseLogin(
                    "server",
                    administrator.text("user"),
                    administrator.secret("password-env", environment)))
            : Optional.empty();
    Target usual =
        Target.enforced(
            definition,
            fields.text("environment"),
            fields.text("owner", ""),
            new Enforcement(
                new DatabaseLogin(
                    "server", names.broker(), logins.secret("broker-password-env", environment)),
                new DatabaseLogin(
                    "server", names.changer(), logins.secret("changer-password-env", environment)),
                applies,
                Set.copyOf(logins.texts("accepted"))));
    administrator.nothingElse();
    logins.nothingElse();
    List<String> schemas = fields.texts("schemas");
    return new Target(
        usual.definition(),
        usual.environment(),
        usual.ring(),
        usual.labels(),
        usual.owner(),
        usual.whatCouldGoWrong(),
        usual.writer(),
        usual.issuer(),
        schemas.isEmpty() ? usual.schemas() : schemas,
        fields.number("row-ceiling", (int) usual.rowCeiling()),
        usual.enforcement());
  }

  private static Target server(
      ConfigSection fields, Dialect engine, Map<String, String> environment) throws Unreadable {
    ConfigSection issuer = fields.section("issuer");
    ConnectionDefinition definition =
        ConnectionDefinition.server(
            fields.text("name"),
            engine,
            fields.text("host"),
            fields.number("port", ConnectionUrls.usualPort(engine)),
            fields.text("database"),
            fields.flag("tls", true) ? Transport.VERIFIED : Transport.NONE);
    DatabaseLogin writer =
        new DatabaseLogin(
            "server", fields.text("user"), fields.secret("password-env", environment));
    DatabaseLogin lends =
        new DatabaseLogin(
            "server-issuer", issuer.text("user"), issuer.secret("password-env", environment));
    String place = fields.text("environment");
    String owner = fields.text("owner", "");
    Target usual =
        engine == Dialect.POSTGRESQL
            ? Target.postgreSql(definition, place, owner, writer, lends)
            : Target.shared(definition, place, owner, writer, lends);
    issuer.nothingElse();
    List<String> schemas = fields.texts("schemas");
    return new Target(
        usual.definition(),
        usual.environment(),
        usual.ring(),
        usual.labels(),
        usual.owner(),
        usual.whatCouldGoWrong(),
        usual.writer(),
        usual.issuer(),
        schemas.isEmpty() ? usual.schemas() : schemas,
        fields.number("row-ceiling", (int) usual.rowCeiling()));
  }
}
