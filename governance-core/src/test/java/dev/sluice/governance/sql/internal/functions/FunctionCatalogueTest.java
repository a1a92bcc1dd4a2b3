package dev.sluice.governance.sql.internal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Action;
import dev.sluice.governance.sql.internal.functions.FunctionEntry.Totality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FunctionCatalogueTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void everyDialectHasAListOfWhatItsFunctionsDo(Dialect dialect) {
    FunctionCatalogue catalogue = FunctionCatalogue.of(dialect);
    assertThat(catalogue.size()).isGreaterThan(40);
    assertThat(catalogue.find("count")).isPresent();
    assertThat(catalogue.find("no_such_function")).isEmpty();
  }

  @Test
  void functionsThatReachOutsideSayWhereTo() {
    FunctionCatalogue postgres = FunctionCatalogue.of(Dialect.POSTGRESQL);
    assertThat(postgres.find("pg_read_file").orElseThrow().action()).isEqualTo(Action.FILE);
    assertThat(postgres.find("dblink").orElseThrow().action()).isEqualTo(Action.NETWORK);
    assertThat(postgres.find("query_to_xml").orElseThrow().action()).isEqualTo(Action.EXECUTE);
    assertThat(postgres.find("set_config").orElseThrow().action()).isEqualTo(Action.SESSION);
    assertThat(postgres.find("pg_terminate_backend").orElseThrow().action())
        .isEqualTo(Action.MAINTENANCE);
  }

  @Test
  void aParseOfTextCanFailAndItsCaseCannot() {
    FunctionCatalogue postgres = FunctionCatalogue.of(Dialect.POSTGRESQL);
    assertThat(postgres.find("to_number").orElseThrow().totality()).isEqualTo(Totality.FALLIBLE);
    assertThat(postgres.find("lower").orElseThrow().totality()).isEqualTo(Totality.TOTAL);
    assertThat(postgres.find("repeat").orElseThrow().costly(1)).isTrue();
    assertThat(postgres.find("generate_series").orElseThrow().rows(0)).isTrue();
  }
}
