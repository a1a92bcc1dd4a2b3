package dev.sluice.governance.sql;

import java.util.concurrent.Callable;

/// No thread of its own; a stack overflow becomes an overrun.
final class CallerThreadParserWorker implements ParserWorker {

  @Override
  public <T> T run(Callable<T> work) throws ParserOverrun {
    try {
      return work.call();
    } catch (StackOverflowError e) {
      throw new ParserOverrun("The statement is nested too deeply.");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Parser work must not throw checked exceptions.", e);
    }
  }
}
