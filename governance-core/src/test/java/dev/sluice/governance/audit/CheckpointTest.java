package dev.sluice.governance.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CheckpointTest {

  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  /// The key pair of RFC 8032, 7.1, test 1.
  private static final PrivateKey PRIVATE =
      SigningKeys.ed25519PrivateKey(
          HexFormat.of()
              .parseHex(
                  "302e020100300506032b657004220420"
                      + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

  private static final PublicKey PUBLIC =
      SigningKeys.publicKey(
          HexFormat.of()
              .parseHex(
                  "302a300506032b6570032100"
                      + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

  @Test
  void aNoteIsWrittenTheSameForEver() {
    Checkpoint checkpoint = new Checkpoint("sluice/test", 15368405, ROOT);
    assertThat(checkpoint.sign(PRIVATE, PUBLIC))
        .isEqualTo(
            "sluice/test\n15368405\n"
                + ROOT
                + "\n\n"
                + "— sluice/test"
                + " DFV2A5OLkeCqgCnU36BVSoNEoLim63iRVlXkWzeGejVxUfCXyGrZF5DnMDGIdOA/l1VZNc9pwEd+56opGxJO+22nHwE=\n");
    assertThat(Checkpoint.verifierKey("sluice/test", PUBLIC))
        .isEqualTo("sluice/test+0c557603+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea");
  }

  @Test
  void aNoteOpensWithItsKeyAndItsOriginOnly() throws Exception {
    Checkpoint checkpoint = new Checkpoint("sluice/test", 7, ROOT);
    String note = checkpoint.sign(PRIVATE, PUBLIC);
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

    assertThat(Checkpoint.open(note, "sluice/test", PUBLIC)).contains(checkpoint);
    assertThat(Checkpoint.open(note, "sluice/other", PUBLIC)).isEmpty();
    assertThat(Checkpoint.open(note, "sluice/test", other.getPublic())).isEmpty();
  }

  @Test
  void noChangedByteOfANoteOpens() {
    String note = new Checkpoint("sluice/test", 7, ROOT).sign(PRIVATE, PUBLIC);
    for (int i = 0; i < note.length(); i++) {
      char changed = note.charAt(i) == 'A' ? 'B' : 'A';
      String forged = note.substring(0, i) + changed + note.substring(i + 1);
      assertThat(Checkpoint.open(forged, "sluice/test", PUBLIC)).as("position " + i).isEmpty();
    }
    assertThat(Checkpoint.open("", "sluice/test", PUBLIC)).isEmpty();
    assertThat(Checkpoint.open(note.replace("\n7\n", "\n07\n"), "sluice/test", PUBLIC)).isEmpty();
  }

  @Test
  void anOriginHasNoBlanksOrPlus() {
    for (String origin : new String[] {"", "a b", "a+b", "a\nb"}) {
      assertThatThrownBy(() -> new Checkpoint(origin, 1, ROOT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
