package dev.sluice.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalyzers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoPolicyTest {

  private static final Path POLICY =
      Path.of(System.getProperty("sluice.root", ".."), "cli/src/main/resources/demo/policy.yaml");

  @Test
  void theDemoPolicyHoldsWhatItSaysOfItself() throws IOException {
    PolicyBundle bundle = PolicyEngineTest.bundle(Files.readString(POLICY));
    assertThat(
            PolicyTests.run(
                bundle,
                PolicyEngines.of(bundle),
                StatementAnalyzers.standard(ParserWorker.onCallerThread()),
                Map.of(
                    "shop",
                    new PolicyTests.Target(
                        connection("shop", "production", Dialect.POSTGRESQL), catalog("public")),
                    "shop-dev",
                    new PolicyTests.Target(
                        connection("shop-dev", "development", Dialect.SQLITE), catalog("main"))),
                Asking.NOON))
        .hasSizeGreaterThan(5)
        .allSatisfy(result -> assertThat(result.passed()).as(result.toString()).isTrue());
  }

  @Test
  void aTestOnAConnectionThatIsNotThereFails() throws IOException {
    PolicyBundle bundle = PolicyEngineTest.bundle(Files.readString(POLICY));
    assertThat(
            PolicyTests.run(
                bundle,
                PolicyEngines.of(bundle),
                StatementAnalyzers.standard(ParserWorker.onCallerThread()),
                Map.of(),
                Asking.NOON))
        .noneMatch(PolicyTests.Result::passed);
  }

  private static ConnectionContext connection(String name, String environment, Dialect dialect) {
    return new ConnectionContext(name, environment, dialect, "direct", Map.of());
  }

  private static CatalogSnapshot catalog(String schema) {
    return CatalogSnapshot.of(
        List.of(schema),
        List.of(
            table(schema, "customers", "id", "name", "email", "ssn", "phone", "birth_date"),
            table(schema, "orders", "id", "customer_id", "status", "total")),
        List.of());
  }

  private static Relation table(String schema, String name, String... columns) {
    return Relation.table(
        new TableRef(schema, name), Stream.of(columns).map(CatalogColumn::named).toList());
  }
}
