package dev.sluice.server.policies;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.policy.EqualityBudget;
import dev.sluice.server.Sealer;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/// Equality budgets of all sessions and machines together. The constants are kept sealed.
public final class StoredBudget implements EqualityBudget {

  private final Store store;
  private final Sealer sealer;
  private final SecretKeySpec hashKey;

  /// @param hashKey 32 bytes, to recognise a constant without opening others
  public StoredBudget(Store store, Sealer sealer, byte[] hashKey) {
    this.store = store;
    this.sealer = sealer;
    this.hashKey = new SecretKeySpec(hashKey, "HmacSHA256");
  }

  @Override
  public Set<String> spent(String subject, ColumnRef column, LocalDate day) {
    List<String> sealed =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT sealed FROM equality_spent"
                            + " WHERE subject = ? AND column_name = ? AND day = ?")
                    .bind(0, subject)
                    .bind(1, column.dotted())
                    .bind(2, day.toString())
                    .mapTo(String.class)
                    .list());
    Set<String> constants = new TreeSet<>();
    for (String one : sealed) {
      constants.add(new String(sealer.open(one, context(column)), StandardCharsets.UTF_8));
    }
    return constants;
  }

  /// Spends in the transaction that announces the statement.
  public void spend(Transaction transaction, List<Spending> spendings) {
    for (Spending spending : spendings) {
      for (String constant : spending.constants()) {
        insert(transaction.handle(), spending, constant);
      }
    }
  }

  private void insert(Handle handle, Spending spending, String constant) {
    handle.execute(
        "INSERT INTO equality_spent (subject, column_name, day, constant_hash, sealed)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        spending.subject(),
        spending.column().dotted(),
        spending.day().toString(),
        hash(constant),
        sealer.seal(constant.getBytes(StandardCharsets.UTF_8), context(spending.column())));
  }

  private static String context(ColumnRef column) {
    return "equality/" + column.dotted();
  }

  private String hash(String constant) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(hashKey);
      return HexFormat.of().formatHex(mac.doFinal(constant.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }
}
