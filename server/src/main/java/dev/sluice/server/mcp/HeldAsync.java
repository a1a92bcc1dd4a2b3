package dev.sluice.server.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A stream that stays on its request's own (virtual) thread: what the SDK's servlet would give
/// back to the container waits here until the SDK says that it is complete, or the reader is gone.
final class HeldAsync implements AsyncContext {

  private static final long HEARTBEAT_SECONDS = 10;

  private final ServletRequest request;
  private final ServletResponse response;
  private final CountDownLatch complete = new CountDownLatch(1);
  private final List<AsyncListener> listeners = new CopyOnWriteArrayList<>();

  HeldAsync(ServletRequest request, ServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /// Waits for the end. Now and then a comment line, which is legal between any two lines, finds
  /// out whether somebody still reads.
  void await() throws IOException {
    PrintWriter writer = response.getWriter();
    try {
      while (!complete.await(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
        writer.write(":\n");
        writer.flush();
        if (writer.checkError()) {
          complete.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (AsyncListener listener : listeners) {
      listener.onComplete(new AsyncEvent(this));
    }
  }

  @Override
  public void complete() {
    complete.countDown();
  }

  @Override
  public void addListener(AsyncListener listener) {
    listeners.add(listener);
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    listeners.add(listener);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return true;
  }

  @Override
  public void dispatch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dispatch(@Nullable ServletContext context, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void start(Runnable run) {
    Thread.ofVirtual().start(run);
  }

  @Override
  public void setTimeout(long timeout) {
    // It ends when the SDK or the reader ends it.
  }

  @Override
  public long getTimeout() {
    return 0;
  }
}
