package dev.sluice.proof.corpus;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a chain, tampers with it and asks whether it shows. Lines of the text:
///
/// - `write N`: N further entries
/// - `change K`: other words in entry K, its hash left as it was
/// - `forge K`: other words in entry K, its own hash made to fit
/// - `delete K`, `swap K L`, `repeat K` (a copy of entry K after itself), `cut K` (all after K)
/// - `rewrite K`: other words in entry K, and every later entry linked anew
/// - `trust K`: somebody remembers the head as it was at entry K
///
/// Answer: `intact LAST` or `broken K SENTENCE`; with `trust`, `short LAST` when the chain ends
/// before the remembered head and `other-history K` when another entry stands there.
final class AuditEvaluator implements CorpusEvaluator {

  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  @Override
  public Set<String> settings() {
    return Set.of("fields");
  }

  @Override
  public Set<String> answers() {
    return Set.of("intact", "broken", "short", "other-history");
  }

  @Override
  public List<String> evaluate(CorpusCase each) {
    List<ChainedEvent> links = new ArrayList<>();
    Optional<ChainedEvent> trusted = Optional.empty();
    for (String line : each.body().lines().toList()) {
      String[] words = line.strip().split(" ");
      int first = Integer.parseInt(words[1]);
      switch (words[0]) {
        case "write" -> write(links, first, each.setting("fields", "text"));
        case "change" -> {
          ChainedEvent link = links.get(first - 1);
          links.set(
              first - 1,
              new ChainedEvent(
                  link.sequence(), link.previous(), other(link.canonical()), link.hash()));
        }
        case "forge" -> {
          ChainedEvent link = links.get(first - 1);
          links.set(
              first - 1,
              AuditChain.link(link.sequence(), link.previous(), other(link.canonical())));
        }
        case "rewrite" -> rewrite(links, first);
        case "delete" -> links.remove(first - 1);
        case "swap" -> Collections.swap(links, first - 1, Integer.parseInt(words[2]) - 1);
        case "repeat" -> links.add(first, links.get(first - 1));
        case "cut" -> links.subList(first, links.size()).clear();
        case "trust" -> trusted = Optional.of(links.get(first - 1));
        default -> throw new CorpusException("line " + each.line() + ": no verb " + words[0]);
      }
    }
    return List.of(verify(links, trusted));
  }

  private static String verify(List<ChainedEvent> links, Optional<ChainedEvent> trusted) {
    if (trusted.filter(head -> links.size() < head.sequence()).isPresent()) {
      return "short " + links.size();
    }
    AuditChain.Verification verification = AuditChain.verify(links);
    if (verification instanceof AuditChain.Verification.Intact && trusted.isPresent()) {
      ChainedEvent head = trusted.get();
      if (!links.get((int) head.sequence() - 1).hash().equals(head.hash())) {
        return "other-history " + head.sequence();
      }
    }
    return answer(verification);
  }

  private static String answer(AuditChain.Verification verification) {
    return switch (verification) {
      case AuditChain.Verification.Intact intact -> "intact " + intact.last();
      case AuditChain.Verification.Broken broken ->
          "broken " + broken.sequence() + " " + broken.message();
    };
  }

  private static void write(List<ChainedEvent> links, int count, String text) {
    for (int index = 0; index < count; index++) {
      Optional<ChainedEvent> last =
          links.isEmpty() ? Optional.empty() : Optional.of(links.getLast());
      AuditEvent event =
          new AuditEvent(
              "e" + links.size(),
              "statement.intent",
              1,
              START.plusSeconds(links.size()),
              "local|alice",
              "person",
              "c1",
              Map.of("statement", text));
      links.add(AuditChain.append(last, event));
    }
  }

  private static void rewrite(List<ChainedEvent> links, int first) {
    String previous = links.get(first - 1).previous();
    for (int index = first - 1; index < links.size(); index++) {
      String canonical = links.get(index).canonical();
      links.set(
          index,
          AuditChain.link(index + 1, previous, index == first - 1 ? other(canonical) : canonical));
      previous = links.get(index).hash();
    }
  }

  private static String other(String canonical) {
    return canonical.replace("local|alice", "local|mallory");
  }
}
