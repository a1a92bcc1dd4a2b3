package dev.sluice.server.directory;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What makes a token that one token, however its signature is written.
final class Marks {

  private Marks() {}

  static List<String> of(SignedJWT jwt, JWTClaimsSet claims) {
    List<String> marks = new ArrayList<>();
    marks.add("text|" + new String(jwt.getSigningInput(), StandardCharsets.US_ASCII));
    if (claims.getJWTID() != null && !claims.getJWTID().isEmpty()) {
      marks.add("jti|" + claims.getIssuer() + "|" + claims.getJWTID());
    }
    return marks;
  }
}
