package dev.sluice.server.mcp;

/// What stops a call, once there is something to stop. Stopping before that stops it then.
final class StopSwitch {

  private Runnable stop = () -> {};
  private boolean stopped;

  void set(Runnable how) {
    boolean now;
    synchronized (this) {
      stop = how;
      now = stopped;
    }
    if (now) {
      how.run();
    }
  }

  void stop() {
    Runnable how;
    synchronized (this) {
      stopped = true;
      how = stop;
    }
    how.run();
  }
}
