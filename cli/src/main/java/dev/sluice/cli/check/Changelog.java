package dev.sluice.cli.check;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// The SQL of a Liquibase changelog, change set by change set: `sql`, `sqlFile`, `include` and
/// `includeAll`. What is no SQL (`createTable`, `addColumn`) becomes SQL only when Liquibase runs,
/// so it is refused with a way out, not passed over.
final class Changelog {

  private static final Set<String> HARMLESS =
      Set.of("comment", "rollback", "preConditions", "validCheckSum", "tagDatabase", "property");

  private final Sources sources;
  private final Set<Path> reading = new HashSet<>();

  Changelog(Sources sources) {
    this.sources = sources;
  }

  List<Source> read(Path file) throws BadInput, IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadInput("There is no file " + file + ".");
    }
    if (!reading.add(file.toAbsolutePath().normalize())) {
      throw new BadInput("The changelog " + file + " includes itself.");
    }
    String text = Files.readString(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".sql")) {
      return List.of(source(file, text, text));
    }
    return name.endsWith(".xml") ? xml(file, text) : yaml(file, text);
  }

  private Source source(Path file, String whole, String sql) throws BadInput {
    int at = Math.max(0, whole.indexOf(sql));
    int line = (int) whole.substring(0, at).chars().filter(unit -> unit == '\n').count() + 1;
    return new Source(
        file.toString(), file.toString(), line, sources.filled(sql, file.toString()), true);
  }

  private List<Source> xml(Path file, String text) throws BadInput, IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setNamespaceAware(true);
      List<Source> all = new ArrayList<>();
      Element root =
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text)))
              .getDocumentElement();
      for (Element entry : children(root)) {
        if (entry.getLocalName().equals("changeSet")) {
          for (Element change : children(entry)) {
            all.addAll(change(file, text, change.getLocalName(), attributes(change)));
          }
        } else {
          all.addAll(entry(file, entry.getLocalName(), attributes(entry)));
        }
      }
      return all;
    } catch (SAXException | ParserConfigurationException e) {
      throw new BadInput("The changelog " + file + " is no XML that can be read.");
    }
  }

  private static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int at = 0; at < nodes.getLength(); at++) {
      Node node = nodes.item(at);
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static Map<String, Object> attributes(Element element) {
    Map<String, Object> fields = new java.util.HashMap<>();
    for (int at = 0; at < element.getAttributes().getLength(); at++) {
      Node attribute = element.getAttributes().item(at);
      fields.put(attribute.getNodeName(), attribute.getNodeValue());
    }
    fields.putIfAbsent("sql", element.getTextContent());
    return fields;
  }

  private List<Source> yaml(Path file, String text) throws BadInput, IOException {
    Object root;
    try {
      root =
          new Load(LoadSettings.builder().setMaxAliasesForCollections(0).build())
              .loadFromString(text);
    } catch (YamlEngineException e) {
      throw new BadInput("The changelog " + file + " is no YAML that can be read.");
    }
    if (!(root instanceof Map<?, ?> map && map.get("databaseChangeLog") instanceof List<?> log)) {
      throw new BadInput(file + " is no changelog: it has no databaseChangeLog.");
    }
    List<Source> all = new ArrayList<>();
    for (Object item : log) {
      Named entry = named(file, item);
      if (!entry.name().equals("changeSet")) {
        all.addAll(entry(file, entry.name(), entry.fields()));
      } else if (entry.fields().get("changes") instanceof List<?> changes) {
        for (Object each : changes) {
          Named change = named(file, each);
          all.addAll(change(file, text, change.name(), change.fields()));
        }
      }
    }
    return all;
  }

  private record Named(String name, Map<String, Object> fields) {}

  private static Named named(Path file, Object item) throws BadInput {
    if (item instanceof Map<?, ?> map && map.size() == 1) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      Map<String, Object> fields = new java.util.HashMap<>();
      if (only.getValue() instanceof Map<?, ?> own) {
        own.forEach((key, value) -> fields.put(String.valueOf(key), value));
      } else {
        fields.put("sql", only.getValue());
      }
      return new Named(String.valueOf(only.getKey()), fields);
    }
    throw new BadInput("The changelog " + file + " has an entry that is not understood.");
  }

  private List<Source> entry(Path file, String name, Map<String, Object> fields)
      throws BadInput, IOException {
    return switch (name) {
      case "include" -> read(beside(file, fields, "file"));
      case "includeAll" -> {
        List<Path> found;
        try (Stream<Path> files = Files.list(beside(file, fields, "path"))) {
          found = files.filter(Files::isRegularFile).sorted().toList();
        }
        List<Source> all = new ArrayList<>();
        for (Path each : found) {
          all.addAll(read(each));
        }
        yield all;
      }
      default -> {
        if (HARMLESS.contains(name)) {
          yield List.of();
        }
        throw notSql(file, name);
      }
    };
  }

  private List<Source> change(Path file, String whole, String name, Map<String, Object> fields)
      throws BadInput, IOException {
    return switch (name) {
      case "sql" -> List.of(source(file, whole, String.valueOf(fields.getOrDefault("sql", ""))));
      case "sqlFile" -> {
        Path other = beside(file, fields, "path");
        String text = SourceText.read(other.toString());
        yield List.of(source(other, text, text));
      }
      default -> {
        if (HARMLESS.contains(name)) {
          yield List.of();
        }
        throw notSql(file, name);
      }
    };
  }

  private static BadInput notSql(Path file, String name) {
    return new BadInput(
        "The changelog "
            + file
            + " has a "
            + name
            + ", which becomes SQL only when Liquibase runs. Have it written out with \"liquibase"
            + " update-sql\", and check that.");
  }

  private static Path beside(Path file, Map<String, Object> fields, String field) throws BadInput {
    if (!(fields.get(field) instanceof String name) || name.isBlank()) {
      throw new BadInput("An entry of the changelog " + file + " has no " + field + ".");
    }
    Path near = file.resolveSibling(name);
    return Files.exists(near) ? near : Path.of(name);
  }
}
