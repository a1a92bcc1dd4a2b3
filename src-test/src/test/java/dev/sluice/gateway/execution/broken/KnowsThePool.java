package dev.sluice.gateway.execution.broken;

import com.zaxxer.hikari.HikariDataSource;

/// Broken on purpose: the executor knows no pool.
final class KnowsThePool {
  HikariDataSource pool(HikariDataSource value) {
    return value;
  }
}
