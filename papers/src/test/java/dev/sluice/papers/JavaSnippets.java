package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.masking.Mask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Java that pages show: it compiles against the product, and a mask does what the page says.
final class JavaSnippets {

  private static final Map<String, Mask> MASKS = new LinkedHashMap<>();

  private JavaSnippets() {}

  /// @return the bytes of the class
  static byte[] compile(String source) {
    Matcher type = Pattern.compile("(?m)^(?:public )?final class (\\w+)").matcher(source);
    assertThat(type.find()).isTrue();
    String name = type.group(1);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    boolean compiled =
        compiler
            .getTask(
                null,
                new InMemory(compiler.getStandardFileManager(problems, null, null), bytes),
                problems,
                List.of("-proc:none", "-cp", classes),
                null,
                List.of(new Source(name, source)))
            .call();
    assertThat(compiled).as("%s", problems.getDiagnostics()).isTrue();
    return bytes.toByteArray();
  }

  /// Adds a mask to the package of masks, for this test only.
  static void define(String source) throws ReflectiveOperationException {
    Class<?> type =
        MethodHandles.privateLookupIn(Mask.class, MethodHandles.lookup())
            .defineClass(compile(source));
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    MASKS.put(type.getSimpleName(), (Mask) constructor.newInstance());
  }

  /// Lines `value -> what is shown`.
  static void shows(String mask, String text) {
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" -> ", 2);
      assertThat(MASKS.get(mask).mask(parts[0])).isEqualTo(parts[1]);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final ByteArrayOutputStream bytes;

    InMemory(JavaFileManager manager, ByteArrayOutputStream bytes) {
      super(manager);
      this.bytes = bytes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() throws IOException {
          return bytes;
        }
      };
    }
  }
}
