package dev.sluice.gateway.direct;

/// What a person reads when a tunnel is not there.
///
/// @param detail what was found
/// @param wayOut what to do next
public record TunnelWords(String detail, String wayOut) {

  public static TunnelWords of(TunnelProblem problem, SshHop hop) {
    String place = hop.host() + ":" + hop.port();
    return switch (problem.kind()) {
      case UNKNOWN_NAME ->
          new TunnelWords(
              "No address is known for " + hop.host() + ".",
              "Check the spelling; a name of your company's network may need the VPN.");
      case REFUSED ->
          new TunnelWords(
              place + " refused the connection.", "Check the port, and that SSH runs there.");
      case NO_ANSWER ->
          new TunnelWords(
              "Nothing that speaks SSH answers at " + place + ".",
              "Check host and port; a firewall may stand between, or the VPN is off.");
      case NEW_HOST_KEY ->
          new TunnelWords(
              hop.host() + " was never seen before. Its key is " + problem.fingerprint() + ".",
              "Compare the key with what its operator tells you, then trust it here.");
      case CHANGED_HOST_KEY ->
          new TunnelWords(
              hop.host()
                  + " shows another key than the one that is known: "
                  + problem.fingerprint()
                  + ". Somebody may stand between you and it.",
              "Ask its operator. Only when the key was changed on purpose, take the old line out of"
                  + " the file of known hosts.");
      case NOT_LET_IN ->
          new TunnelWords(
              hop.host() + " does not let " + hop.user() + " in.",
              "Check account, key and password; the key's public half belongs into"
                  + " authorized_keys there.");
      case KEY_UNREADABLE ->
          new TunnelWords(
              "The private key cannot be read.",
              "Check the file and the passphrase; it is to be in the format of OpenSSH or PEM.");
      case NO_AGENT ->
          new TunnelWords(
              "No SSH agent runs here.",
              "Start one and add your key with ssh-add, or choose the key file.");
      case FAILED ->
          new TunnelWords(
              hop.host() + " does not forward to the database.",
              "Its operator must allow forwarding for " + hop.user() + ".");
    };
  }
}
