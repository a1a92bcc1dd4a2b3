package dev.sluice.cli.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/// Findings in the forms that pull requests show: SARIF 2.1.0, and workflow commands of GitHub.
final class FindingReport {

  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private FindingReport() {}

  static String sarif(List<Finding> findings) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (String rule : new TreeSet<>(findings.stream().map(Finding::rule).toList())) {
      rules.add(Map.of("id", rule, "name", rule));
    }
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "sluice");
    driver.put("version", "1.0.0");
    driver.put("rules", rules);
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "utf16CodeUnits");
    run.put("results", findings.stream().map(FindingReport::result).toList());
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(log)
        + "\n";
  }

  private static Map<String, Object> result(Finding finding) {
    Map<String, Object> region = new LinkedHashMap<>();
    region.put("startLine", finding.line());
    region.put("startColumn", finding.column());
    region.put("endLine", finding.endLine());
    region.put("endColumn", finding.endColumn());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", finding.rule());
    result.put("level", finding.level());
    result.put("message", Map.of("text", finding.message()));
    result.put(
        "locations",
        List.of(
            Map.of(
                "physicalLocation",
                Map.of("artifactLocation", Map.of("uri", uri(finding.file())), "region", region))));
    return result;
  }

  private static String uri(String file) {
    try {
      return new java.net.URI(null, null, file.replace('\\', '/'), null).getRawPath();
    } catch (java.net.URISyntaxException e) {
      return "unnamed";
    }
  }

  static String github(List<Finding> findings) {
    StringBuilder out = new StringBuilder();
    for (Finding finding : findings) {
      out.append(
          String.format(
              Locale.ROOT,
              "::%s file=%s,line=%d,col=%d,endLine=%d,title=%s::%s%n",
              finding.level().equals("note") ? "notice" : finding.level(),
              property(finding.file()),
              finding.line(),
              finding.column(),
              finding.endLine(),
              property("sluice: " + finding.rule()),
              data(finding.message())));
    }
    return out.toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
