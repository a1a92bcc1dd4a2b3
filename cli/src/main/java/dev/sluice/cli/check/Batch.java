package dev.sluice.cli.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON lines in, one JSON line out for each, in order, flushed as it goes. A line that cannot be
/// used answers with `error`; it never ends the batch. Bytes that are not UTF-8 are read as the
/// replacement character.
public final class Batch {

  private static final int LONGEST_LINE = 128 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(200)
                          .maxStringLength(LONGEST_LINE)
                          .build())
                  .build())
          .build();

  private final LineAnswerer answerer;

  public Batch(LineAnswerer answerer) {
    this.answerer = answerer;
  }

  /// Until the end of the input.
  public void run(InputStream input, OutputStream output) throws IOException {
    InputStream lines = new BufferedInputStream(input, 1 << 16);
    for (byte @Nullable [] line = next(lines); line != null; line = next(lines)) {
      ObjectNode answer = answer(new String(line, StandardCharsets.UTF_8));
      output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
      output.write('\n');
      output.flush();
    }
  }

  /// The next line without its end, or null after the last. A longer one than allowed comes cut
  /// off, which no longer is JSON.
  private static byte @Nullable [] next(InputStream lines) throws IOException {
    int next = lines.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    while (next >= 0 && next != '\n') {
      if (line.size() < LONGEST_LINE) {
        line.write(next);
      }
      next = lines.read();
    }
    return line.toByteArray();
  }

  private ObjectNode answer(String text) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putNull("id");
    try {
      JsonNode line = MAPPER.readTree(text);
      if (!line.isObject()) {
        throw new BadInput("A line must be one JSON object.");
      }
      answer.set("id", line.path("id").isMissingNode() ? answer.get("id") : line.get("id"));
      answerer.answer(line, answer);
    } catch (BadInput e) {
      answer.remove("statements");
      answer.put("error", e.getMessage());
    } catch (JacksonException e) {
      answer.put("error", "Not JSON" + place(e) + ".");
    } catch (RuntimeException | StackOverflowError e) {
      // The line is refused, not the batch: an error is never an allowance.
      answer.remove("statements");
      answer.put("error", "Internal error: " + e.getClass().getSimpleName() + ".");
      if (Boolean.getBoolean("sluice.debug")) {
        e.printStackTrace();
      }
    }
    return answer;
  }

  private static String place(JacksonException problem) {
    return problem.getLocation() == null
        ? ""
        : " at column " + Math.max(1, problem.getLocation().getColumnNr());
  }
}
