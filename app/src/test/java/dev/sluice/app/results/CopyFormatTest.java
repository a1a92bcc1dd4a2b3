package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyFormatTest {

  private GridModel grid;

  @BeforeEach
  void fill() {
    ColumnStore store = new ColumnStore(3);
    store.append(
        List.<Object[]>of(new Object[] {1L, "a,\"b\"\n|", null}, new Object[] {2L, "", "t\tab"}));
    grid =
        new GridModel(
            List.of(
                new ResultColumn("id", "int8", Optional.empty()),
                new ResultColumn("na,me", "text", Optional.empty()),
                new ResultColumn("x", "text", Optional.empty())),
            store);
  }

  private String write(CopyFormat format) {
    return format.write(grid, 0, 1, 0, 2, true);
  }

  @Test
  void csv_quotes_what_needs_it_and_tells_null_from_empty() {
    assertThat(write(CopyFormat.CSV))
        .isEqualTo("id,\"na,me\",x\r\n1,\"a,\"\"b\"\"\n|\",\r\n2,\"\",t\tab\r\n");
  }

  @Test
  void tsv_keeps_one_line_a_row() {
    assertThat(write(CopyFormat.TSV)).isEqualTo("id\tna,me\tx\n1\ta,\"b\" |\t\n2\t\tt ab\n");
  }

  @Test
  void json_keeps_numbers_and_null() {
    assertThat(write(CopyFormat.JSON))
        .isEqualTo(
            "[\n  {\"id\": 1, \"na,me\": \"a,\\\"b\\\"\\n|\", \"x\": null},\n"
                + "  {\"id\": 2, \"na,me\": \"\", \"x\": \"t\\tab\"}\n]\n");
  }

  @Test
  void markdown_escapes_bars() {
    assertThat(write(CopyFormat.MARKDOWN))
        .isEqualTo(
            "| id | na,me | x |\n| --- | --- | --- |\n| 1 | a,\"b\" \\| | NULL |\n"
                + "| 2 |  | t\tab |\n");
  }
}
