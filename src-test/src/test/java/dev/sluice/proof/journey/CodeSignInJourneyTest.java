package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.proof.identity.KeycloakServer;
import dev.sluice.proof.identity.ScriptedBrowser;
import dev.sluice.proof.identity.SignedInServer;
import dev.sluice.server.directory.IdentityConfig.Groups;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in to a window by a code that is typed into a browser elsewhere, with a real Keycloak.
@Tag("slow")
class CodeSignInJourneyTest {

  private static final Pattern OPEN = Pattern.compile("Open (\\S+) in a browser");

  @TempDir Path folder;

  @Test
  void a_code_typed_elsewhere_opens_the_workbench() throws Exception {
    Provider provider =
        Provider.oidc(
                "keycloak",
                "Continue with Keycloak",
                KeycloakServer.running().issuer(),
                "sluice-desktop",
                Groups.in("groups"))
            .withCodes("sluice-code");
    try (SignedInServer server =
            SignedInServer.start(folder.resolve("server"), SignedInServer.trusting(provider));
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"))) {
      ServerSignIn signIn =
          new ServerSignIn(
              server.trust(),
              TrustMemory.inMemory(),
              "journey",
              client -> ServerWorkspace.open(client, LocalCore.of(worker), journal));
      try (Screen screen =
          new Screen(
              Workbench.open(
                  signIn,
                  WorkbenchOptions.in(folder.resolve("window"))
                      .withTheme("light")
                      .withSize(1280, 800)),
              "code-sign-in")) {
        screen.fire(ControlIds.SIGN_IN_CODE_PREFIX + "keycloak");
        String code = screen.text(ControlIds.SIGN_IN_CODE);
        screen.picture("code");
        assertThat(code).matches("[A-Z]{4}-[A-Z]{4}");
        screen.fire(ControlIds.SIGN_IN_CANCEL).awaitGone(ControlIds.SIGN_IN_CODE);
        screen.fire(ControlIds.SIGN_IN_CODE_PREFIX + "keycloak");
        screen.await(
            "another code",
            () ->
                screen.node(ControlIds.SIGN_IN_CODE) != null
                    && !screen.text(ControlIds.SIGN_IN_CODE).equals(code));
        new ScriptedBrowser("ana", KeycloakServer.PASSWORD)
            .visit(
                URI.create(
                    KeycloakServer.running().issuer()
                        + "/device?user_code="
                        + screen.text(ControlIds.SIGN_IN_CODE)));
        screen.await("the workbench", () -> screen.window().activeTab().isPresent());
      }
      assertThat(commandLine(server)).contains("You have asked for nothing yet.");
    }
  }

  /// The same from a terminal, as a process of its own.
  private String commandLine(SignedInServer server) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.cli.Main",
                "request",
                "list",
                "--server",
                server.server().address().toString(),
                "--provider",
                "keycloak")
            .redirectErrorStream(true);
    builder.environment().put("SLUICE_HOME", folder.resolve("home").toString());
    Process process = builder.start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        Matcher told = OPEN.matcher(line);
        if (told.find()) {
          new ScriptedBrowser("ana", KeycloakServer.PASSWORD).visit(URI.create(told.group(1)));
        }
      }
    }
    assertThat(process.waitFor()).as(said.toString()).isZero();
    return said.toString();
  }
}
