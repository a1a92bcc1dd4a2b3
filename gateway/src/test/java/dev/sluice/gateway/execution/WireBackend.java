package dev.sluice.gateway.execution;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A backend that speaks PostgreSQL's own protocol (version 3, simple queries, trusted login) over
/// a socket: what a backend without JDBC has to do, and no more. Values arrive as text.
final class WireBackend implements Backend {

  private static final int PROTOCOL = 196_608;
  private static final int CANCEL = 80_877_102;
  private static final Map<Integer, String> TYPES =
      Map.of(23, "int4", 25, "text", 20, "int8", 16, "bool", 1043, "varchar");

  private final String host;
  private final int port;
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int process;
  private int secret;

  private WireBackend(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    socket = new Socket(host, port);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
  }

  static WireBackend open(String host, int port, String user, String database) throws Exception {
    WireBackend backend = new WireBackend(host, port);
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    DataOutputStream words = new DataOutputStream(start);
    words.writeInt(PROTOCOL);
    for (String word : List.of("user", user, "database", database)) {
      words.write(word.getBytes(StandardCharsets.UTF_8));
      words.writeByte(0);
    }
    words.writeByte(0);
    backend.out.writeInt(start.size() + 4);
    start.writeTo(backend.out);
    backend.out.flush();
    backend.answers("");
    return backend;
  }

  @Override
  public BackendResult execute(BackendRequest request) throws BackendFailure {
    boolean reads = request.mode() == BackendRequest.Mode.READ;
    try {
      if (request.mode() != BackendRequest.Mode.TRANSACTION) {
        ask(reads ? "BEGIN READ ONLY" : "BEGIN");
      }
      request.timeLimit().ifPresent(limit -> set("statement_timeout", limit.toMillis()));
      return new Result(ask(request.text()), reads);
    } catch (IOException e) {
      throw new BackendFailure(
          BackendFailure.Kind.CONNECTION, "08006", 0, OptionalInt.empty(), "gone");
    } catch (BackendFailure e) {
      endTransaction("ROLLBACK");
      throw e;
    }
  }

  private void set(String name, long value) {
    try {
      ask("SET LOCAL " + name + " = " + value);
    } catch (IOException | BackendFailure e) {
      throw new IllegalStateException("The session takes no settings.", e);
    }
  }

  private void endTransaction(String how) {
    try {
      ask(how);
    } catch (IOException | BackendFailure e) {
      abandon();
    }
  }

  private Answers ask(String text) throws IOException, BackendFailure {
    byte[] query = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte('Q');
    out.writeInt(query.length + 5);
    out.write(query);
    out.writeByte(0);
    out.flush();
    return answers(text);
  }

  private record Answers(
      List<BackendColumn> columns,
      List<@Nullable Object[]> rows,
      long affected,
      int results,
      List<BackendNotice> notices) {}

  /// Reads until the server waits for the next query.
  private Answers answers(String text) throws IOException, BackendFailure {
    List<BackendColumn> columns = new ArrayList<>();
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<BackendNotice> notices = new ArrayList<>();
    Map<Character, String> failure = new TreeMap<>();
    long affected = -1;
    int results = 0;
    while (true) {
      char kind = (char) in.readUnsignedByte();
      byte[] body = in.readNBytes(in.readInt() - 4);
      DataInputStream message = new DataInputStream(new java.io.ByteArrayInputStream(body));
      switch (kind) {
        case 'K' -> {
          process = message.readInt();
          secret = message.readInt();
        }
        case 'T' -> columns.addAll(columns(message));
        case 'D' -> rows.add(row(message));
        case 'C' -> {
          results++;
          String[] tag = new String(body, 0, body.length - 1, StandardCharsets.UTF_8).split(" ");
          boolean counts = columns.isEmpty() && tag[tag.length - 1].matches("[0-9]+");
          affected = counts ? Long.parseLong(tag[tag.length - 1]) : affected;
        }
        case 'N' -> {
          Map<Character, String> told = fields(message);
          notices.add(new BackendNotice(told.getOrDefault('C', ""), told.getOrDefault('M', "")));
        }
        case 'E' -> failure.putAll(fields(message));
        case 'Z' -> {
          if (!failure.isEmpty()) {
            throw failed(failure, text);
          }
          return new Answers(columns, rows, affected, results, notices);
        }
        default -> {
          // Settings and greetings.
        }
      }
    }
  }

  private static BackendFailure failed(Map<Character, String> fields, String text) {
    String state = fields.getOrDefault('C', "");
    OptionalInt position =
        fields.containsKey('P')
            ? OptionalInt.of(text.offsetByCodePoints(0, Integer.parseInt(fields.get('P')) - 1))
            : OptionalInt.empty();
    BackendFailure.Kind kind =
        state.equals("57014")
            ? BackendFailure.Kind.CANCELLED
            : state.startsWith("08") || state.startsWith("57P")
                ? BackendFailure.Kind.CONNECTION
                : BackendFailure.Kind.STATEMENT;
    return new BackendFailure(kind, state, 0, position, fields.getOrDefault('M', ""));
  }

  private static List<BackendColumn> columns(DataInputStream message) throws IOException {
    List<BackendColumn> columns = new ArrayList<>();
    int count = message.readUnsignedShort();
    for (int at = 0; at < count; at++) {
      String label = word(message);
      message.skipBytes(6);
      String type = TYPES.getOrDefault(message.readInt(), "text");
      message.skipBytes(8);
      columns.add(new BackendColumn(label, type, Optional.empty()));
    }
    return columns;
  }

  private static @Nullable Object[] row(DataInputStream message) throws IOException {
    @Nullable Object[] row = new Object[message.readUnsignedShort()];
    for (int at = 0; at < row.length; at++) {
      int length = message.readInt();
      row[at] = length < 0 ? null : new String(message.readNBytes(length), StandardCharsets.UTF_8);
    }
    return row;
  }

  private static Map<Character, String> fields(DataInputStream message) throws IOException {
    Map<Character, String> fields = new TreeMap<>();
    char name = (char) message.readUnsignedByte();
    while (name != 0) {
      fields.put(name, word(message));
      name = (char) message.readUnsignedByte();
    }
    return fields;
  }

  private static String word(DataInputStream message) throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    int next = message.readUnsignedByte();
    while (next != 0) {
      word.write(next);
      next = message.readUnsignedByte();
    }
    return word.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void cancel() {
    try (Socket other = new Socket(host, port)) {
      DataOutputStream asking = new DataOutputStream(other.getOutputStream());
      asking.writeInt(16);
      asking.writeInt(CANCEL);
      asking.writeInt(process);
      asking.writeInt(secret);
      asking.flush();
    } catch (IOException e) {
      abandon();
    }
  }

  @Override
  public void abandon() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }

  @Override
  public void close() {
    abandon();
  }

  private final class Result implements BackendResult {
    private final Answers answers;
    private final boolean reads;
    private int place;
    private boolean ended;

    Result(Answers answers, boolean reads) {
      this.answers = answers;
      this.reads = reads;
    }

    @Override
    public List<BackendColumn> columns() {
      return answers.columns();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      return place < answers.rows().size() ? answers.rows().get(place++) : null;
    }

    @Override
    public long updateCount() {
      return answers.columns().isEmpty() ? Math.max(0, answers.affected()) : -1;
    }

    @Override
    public boolean hasMoreResults() {
      return answers.results() > 1;
    }

    @Override
    public List<BackendNotice> notices() {
      return answers.notices();
    }

    @Override
    public void commit() throws BackendFailure {
      if (!reads) {
        ended = true;
        try {
          ask("COMMIT");
        } catch (IOException e) {
          throw new BackendFailure(
              BackendFailure.Kind.CONNECTION, "08006", 0, OptionalInt.empty(), "gone");
        }
      }
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        endTransaction("ROLLBACK");
      }
    }
  }
}
