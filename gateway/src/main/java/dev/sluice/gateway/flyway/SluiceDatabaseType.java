package dev.sluice.gateway.flyway;

import dev.sluice.gateway.jdbc.SluiceDriver;
import java.sql.Connection;
import java.sql.Types;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/// Tells Flyway about addresses that begin with `jdbc:sluice:`. Each statement of a migration is
/// decided for itself, so none runs in a transaction with others: what people approved runs on the
/// server, in one of its own.
public final class SluiceDatabaseType extends BaseDatabaseType {

  private static final String PREFIX = "jdbc:sluice:";

  /// For Flyway.
  public SluiceDatabaseType() {}

  @Override
  public String getName() {
    return "Sluice";
  }

  @Override
  public int getNullType() {
    return Types.NULL;
  }

  @Override
  public boolean handlesJDBCUrl(String url) {
    return url.startsWith(PREFIX);
  }

  /// Before the types of the databases behind Sluice, whose product names the driver tells.
  @Override
  public int getPriority() {
    return 1;
  }

  @Override
  public String getDriverClass(String url, ClassLoader loader) {
    return SluiceDriver.class.getName();
  }

  @Override
  public boolean handlesDatabaseProductNameAndVersion(
      String name, String version, Connection connection) {
    return version.contains("Sluice");
  }

  @Override
  public Database<?> createDatabase(
      Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor to) {
    return new SluiceDatabase(configuration, connections, to);
  }

  @Override
  public Parser createParser(
      Configuration configuration, ResourceProvider resources, ParsingContext context) {
    return new SluiceParser(configuration, context);
  }
}
