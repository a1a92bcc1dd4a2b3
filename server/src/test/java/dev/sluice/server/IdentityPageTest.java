package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.directory.IdentityConfig;
import dev.sluice.server.directory.IdentityConfig.Kind;
import dev.sluice.server.directory.IdentityConfig.Provider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every piece of configuration that docs/identity.md shows is read as it says.
class IdentityPageTest {

  private static final Pattern PIECE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  private static List<String> pieces() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("sluice.root"), "docs", "identity.md"));
    return PIECE.matcher(page).results().map((MatchResult piece) -> piece.group(1)).toList();
  }

  /// A piece with what the page leaves out before it.
  private static String whole(String piece) {
    if (piece.startsWith("identity:")) {
      return piece;
    }
    return piece.startsWith("    - id:")
        ? "identity:\n  providers:\n" + piece
        : "identity:\n" + piece;
  }

  private IdentityConfig read(String piece) throws Exception {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, whole(piece));
    return ServerConfigFile.read(file, Map.of("GRAPH_SECRET", "a secret of Graph")).identity();
  }

  @Test
  void everyPieceShownIsRead() throws Exception {
    List<Provider> providers = new ArrayList<>();
    int workloads = 0;
    for (String piece : pieces()) {
      IdentityConfig read = read(piece);
      providers.addAll(read.providers());
      workloads += read.workloads().size();
      assertThat(read.toString()).doesNotContain("a secret of Graph");
    }
    assertThat(providers)
        .extracting(Provider::id)
        .containsExactly("keycloak", "okta", "entra", "keycloak-with-codes");
    assertThat(providers)
        .extracting(Provider::kind)
        .containsExactly(Kind.OIDC, Kind.OIDC, Kind.ENTRA, Kind.OIDC);
    assertThat(workloads).isEqualTo(1);
    assertThat(read(pieces().getFirst()).resource())
        .contains(URI.create("https://sluice.acme.test"));

    assertThat(providers.getLast().codeClientId()).isEqualTo("sluice-code");
    Provider entra = providers.get(2);
    assertThat(entra.issuer())
        .isEqualTo("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0");
    assertThat(entra.groups().names()).containsValue("data-owners");
    assertThat(entra.roles().get("Sluice.Admin")).containsExactly("server-admin");
    assertThat(entra.graph()).isPresent();
  }
}
