package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Notifications;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterTest {

  @TempDir Path folder;

  private final Notifications notifications = new Notifications();
  private final Exporter exporter =
      new Exporter(Background.direct(), Messages.in(Locale.ENGLISH), notifications);

  private static ResultViewModel result(OptionalLong exportRows) {
    var connection =
        new WorkspaceConnection(
            new ConnectionContext("shop", "production", Dialect.POSTGRESQL, "brokered", Map.of()),
            "",
            "",
            "");
    ResultViewModel result =
        new ResultViewModel(
            Background.direct(),
            Messages.in(Locale.ENGLISH),
            connection,
            StatementText.of("SELECT"));
    result.start(
        listener -> {
          listener.accept(
              new RunEvent.ColumnsKnown(
                  List.of(
                      new ResultColumn("id", "int8", Optional.empty()),
                      new ResultColumn("id", "text", Optional.empty()),
                      new ResultColumn("big", "numeric", Optional.empty())),
                  exportRows));
          listener.accept(
              new RunEvent.Rows(
                  List.of(
                      new Object[] {1L, "=1+1", new java.math.BigDecimal("12345678901234567890.5")},
                      new Object[] {null, "ü \"q\"\n", new java.math.BigDecimal("0.10")})));
          listener.accept(
              new RunEvent.Completed(-1, 2, false, Duration.ZERO, Duration.ZERO, List.of(), ""));
          return new Run() {
            @Override
            public void cancel() {}

            @Override
            public boolean isDone() {
              return true;
            }
          };
        });
    return result;
  }

  private Path export(ExportFormat format) {
    Path target = folder.resolve("out." + format.suffix());
    exporter.export(result(OptionalLong.empty()), format, target);
    assertThat(notifications.notices().getLast().title()).contains("2 rows written to out.");
    assertThat(folder.resolve(target.getFileName() + ".partial")).doesNotExist();
    return target;
  }

  @Test
  void text_formats_hold_what_was_shown() throws IOException {
    assertThat(export(ExportFormat.CSV))
        .content()
        .startsWith("id,id,big\r\n1,'=1+1,12345678901234567890.5\r\n");
    assertThat(export(ExportFormat.NDJSON))
        .content()
        .startsWith("{\"id\":1,\"id\":\"=1+1\",\"big\":12345678901234567890.5}\n{\"id\":null,");
    assertThat(export(ExportFormat.SQL))
        .content()
        .contains("VALUES (1, '=1+1', 12345678901234567890.5);");
    assertThat(export(ExportFormat.MARKDOWN)).content().contains("| NULL |");
    assertThat(export(ExportFormat.JSON)).content().endsWith("]\n");
  }

  @Test
  void a_workbook_holds_text_as_text_and_long_numbers_exactly() throws IOException {
    try (ReadableWorkbook book =
        new ReadableWorkbook(Files.newInputStream(export(ExportFormat.XLSX)))) {
      var rows = book.getFirstSheet().read();
      assertThat(rows.get(1).getCellText(1)).isEqualTo("=1+1");
      assertThat(rows.get(1).getCell(1).getFormula()).isNull();
      assertThat(rows.get(1).getCellText(2)).isEqualTo("12345678901234567890.5");
      assertThat(rows.get(2).getOptionalCell(0).map(cell -> cell.getText()).orElse("")).isEmpty();
    }
  }

  @Test
  void a_parquet_file_keeps_types_where_they_keep_every_value() throws Exception {
    Path file = export(ExportFormat.PARQUET);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery("SELECT typeof(id), id_2, big FROM read_parquet('" + file + "')")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("BIGINT");
      assertThat(rows.getString(2)).isEqualTo("=1+1");
      assertThat(rows.getString(3)).isEqualTo("12345678901234567890.5");
    }
  }

  @Test
  void more_rows_than_the_policy_lets_out_are_not_written() {
    Path target = folder.resolve("out.csv");
    exporter.export(result(OptionalLong.of(1)), ExportFormat.CSV, target);

    assertThat(target).doesNotExist();
    assertThat(notifications.notices().getLast().title()).contains("at most 1 rows");
  }

  @Test
  void a_full_disk_leaves_a_file_that_is_named_as_partial() throws IOException {
    Path target = folder.resolve("out.csv");
    // Whatever is written to this device fails as on a full disk.
    Files.createSymbolicLink(folder.resolve("out.csv.partial"), Path.of("/dev/full"));
    exporter.export(result(OptionalLong.empty()), ExportFormat.CSV, target);

    assertThat(target).doesNotExist();
    assertThat(notifications.notices().getLast().message()).contains("out.csv.partial");
    assertThat(exporter.jobs()).isEmpty();
  }
}
