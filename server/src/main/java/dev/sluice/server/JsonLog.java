package dev.sluice.server;

import dev.sluice.governance.audit.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Log lines for machines: one JSON object a line. A line never carries a value of a database or of
/// a person: of an error it has kind and place, not its message, and of a library's line only that
/// there was one.
public final class JsonLog extends Formatter {

  private static final String OURS = "dev.sluice.";
  private static final int FRAMES = 12;

  /// From now on every handler of this process writes so.
  public static void install() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(new JsonLog());
    }
    // Whoever sets logging up anew later would undo it.
    LogManager.getLogManager().addConfigurationListener(JsonLog::install);
  }

  @Override
  public String format(LogRecord line) {
    String logger = String.valueOf(line.getLoggerName());
    Map<String, Object> object = new TreeMap<>();
    object.put("at", line.getInstant().toString());
    object.put("level", line.getLevel().getName());
    object.put("logger", logger);
    object.put("message", logger.startsWith(OURS) ? formatMessage(line) : "");
    List<Object> errors = new ArrayList<>();
    for (Throwable error = line.getThrown();
        error != null && errors.size() < FRAMES;
        error = error.getCause()) {
      errors.add(Map.of("kind", error.getClass().getName(), "at", places(error)));
    }
    if (!errors.isEmpty()) {
      object.put("errors", errors);
    }
    return CanonicalJson.write(object) + "\n";
  }

  private static List<String> places(Throwable error) {
    List<String> places = new ArrayList<>();
    for (StackTraceElement frame : error.getStackTrace()) {
      if (places.size() < FRAMES) {
        places.add(
            frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
      }
    }
    return places;
  }
}
