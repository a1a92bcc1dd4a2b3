package dev.sluice.governance.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceProofTest {

  private static final DeviceProof PROOF =
      new DeviceProof(
          "POST",
          "/v1/intents?x=1",
          Instant.parse("2026-01-01T00:00:00Z"),
          "0123456789abcdef",
          DeviceProof.digest("token"),
          DeviceProof.digest(new byte[0]),
          "nonce");

  @Test
  void aProofOpensWithTheKeyThatSignedItWhetherEd25519OrP256() throws Exception {
    KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
    p256.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    for (KeyPair key : List.of(ed25519, p256.generateKeyPair())) {
      String compact = PROOF.sign(key.getPrivate());
      assertThat(DeviceProof.open(compact, key.getPublic())).contains(PROOF);
      assertThat(DeviceProof.open(compact, p256.generateKeyPair().getPublic())).isEmpty();
    }
  }

  @Test
  void aSignatureForAnotherPurposeIsNoProof() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String other = CompactJws.sign(Map.of("typ", "other"), "{}".getBytes(), key.getPrivate());
    assertThat(DeviceProof.open(other, key.getPublic())).isEmpty();
  }

  @Test
  void noChangedCharacterOfAProofOpens() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String compact = PROOF.sign(key.getPrivate());
    for (int i = 0; i < compact.length() - 1; i++) {
      char changed = compact.charAt(i) == 'x' ? 'y' : 'x';
      String forged = compact.substring(0, i) + changed + compact.substring(i + 1);
      assertThat(DeviceProof.open(forged, key.getPublic())).isEmpty();
    }
  }

  @Test
  void theHeaderNeverChoosesTheAlgorithm() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String none = CompactJws.encode("{\"alg\":\"none\",\"typ\":\"sluice-proof+jwt\"}".getBytes());
    assertThat(DeviceProof.open(none + ".e30.", key.getPublic())).isEmpty();
    assertThat(CompactJws.verify("a.b", kid -> Optional.of(key.getPublic()))).isEmpty();
    assertThat(CompactJws.verify("....", kid -> Optional.of(key.getPublic()))).isEmpty();
  }
}
