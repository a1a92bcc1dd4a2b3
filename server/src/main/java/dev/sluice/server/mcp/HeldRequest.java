package dev.sluice.server.mcp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request whose body was read already, and whose stream stays on its own thread.
final class HeldRequest extends HttpServletRequestWrapper {

  private final byte[] body;
  private final HttpServletResponse response;
  private @Nullable HeldAsync held;

  HeldRequest(HttpServletRequest request, HttpServletResponse response, byte[] body) {
    super(request);
    this.response = response;
    this.body = body;
  }

  /// The stream that was begun, if one was.
  @Nullable HeldAsync held() {
    return held;
  }

  @Override
  public AsyncContext startAsync() {
    HeldAsync begun = new HeldAsync(this, response);
    held = begun;
    return begun;
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
    return startAsync();
  }

  @Override
  public boolean isAsyncSupported() {
    return true;
  }

  @Override
  public boolean isAsyncStarted() {
    return held != null;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(
        new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
  }

  @Override
  public ServletInputStream getInputStream() {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body);
    return new ServletInputStream() {
      @Override
      public int read() {
        return bytes.read();
      }

      @Override
      public int read(byte[] into, int from, int length) {
        return bytes.read(into, from, length);
      }

      @Override
      public boolean isFinished() {
        return bytes.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
