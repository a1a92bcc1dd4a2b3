package dev.sluice.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.codec.wire.PolicyDraft;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What discovery is sure of is hidden, from the first statement on, until somebody who may change
/// the policy has decided.
@Tag("slow")
class DiscoveredMasksTest {

  @TempDir static Path folder;
  private static AgentShop shop;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
    shop.execute(
        "CREATE TABLE staff (id int, phone_number text, salary numeric, team text);"
            + "INSERT INTO staff VALUES (1, '+49 30 1234567', 98765, 'blue')");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static Connection analyst() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "analyst");
    properties.setProperty("password", AgentShop.PASSWORD);
    properties.setProperty("label.workflow", "discovery");
    properties.setProperty("state", folder.resolve("state").toString());
    return DriverManager.getConnection("jdbc:sluice:" + shop.address() + "/shop", properties);
  }

  private static List<String> row() throws SQLException {
    try (Connection connection = analyst();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT phone_number, salary, team FROM staff")) {
      assertThat(rows.next()).isTrue();
      return List.of(
          String.valueOf(rows.getString(1)),
          String.valueOf(rows.getString(2)),
          String.valueOf(rows.getString(3)));
    }
  }

  private static String policy(String account, int code, String... arguments) throws Exception {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(List.of("policy"));
    all.addAll(List.of(arguments));
    Path errors = folder.resolve("errors.txt");
    Process process =
        CommandProcess.start(
            folder.resolve("home"),
            errors,
            Map.of(
                "SLUICE_SERVER",
                shop.address().toString(),
                "SLUICE_ACCOUNT",
                account,
                "SLUICE_PASSWORD",
                AgentShop.PASSWORD),
            all.toArray(String[]::new));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out + Files.readString(errors)).isEqualTo(code);
    return out + Files.readString(errors);
  }

  @Test
  void aColumnThatNobodyDecidedOnIsHiddenUntilSomebodyWhoMayDoes() throws Exception {
    assertThat(row().toString()).doesNotContain("1234567").doesNotContain("98765").contains("blue");
    try (Connection connection = analyst();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeQuery("SELECT team FROM staff WHERE salary > 90000"))
          .hasMessageContaining("discovery takes it for hr.salary")
          .hasMessageContaining("Its name says salaries");
    }

    String proposals = policy("analyst", 0, "proposals", "--connection", "shop");
    assertThat(proposals)
        .contains("public.staff.salary")
        .contains("public.staff.phone_number")
        .contains("hidden until decided")
        .doesNotContain("customers.email");

    // To dismiss widens what people see: only who may change the policy.
    policy("analyst", 1, "dismiss", "public.staff.salary", "--connection", "shop");
    assertThat(row().get(1)).doesNotContain("98765");

    String dismissed =
        policy(
            "admin",
            0,
            "dismiss",
            "public.staff.salary",
            "--connection",
            "shop",
            "--comment",
            "bands only");
    assertThat(row().get(1)).as("a draft decides nothing").doesNotContain("98765");
    publish(dismissed);
    assertThat(row().get(1)).isEqualTo("98765");

    publish(policy("admin", 0, "accept", "public.staff.phone_number", "--connection", "shop"));
    assertThat(row().getFirst()).doesNotContain("1234567");
    try (HttpServerClient admin = shop.signIn("admin")) {
      assertThat(admin.policies().history().toString())
          .contains("Dismisses hr.salary for public.staff.salary: bands only");
    }
  }

  private static void publish(String answer) throws Exception {
    String draft = answer.replaceAll("(?s)Draft (\\S+) of.*", "$1");
    try (HttpServerClient admin = shop.signIn("admin")) {
      PolicyDraft found = admin.policies().find(draft);
      admin.policies().publish(found, found.comment());
    }
  }
}
