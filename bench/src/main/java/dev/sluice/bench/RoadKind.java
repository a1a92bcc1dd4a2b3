package dev.sluice.bench;

/// The roads that are compared.
public enum RoadKind {
  RAW("raw JDBC"),
  SLUICE("Sluice"),
  SHARDINGSPHERE("ShardingSphere-JDBC MASK 5.5.2");

  final String words;

  RoadKind(String words) {
    this.words = words;
  }

  Road open() throws Exception {
    return switch (this) {
      case RAW -> JdbcRoad.raw();
      case SLUICE -> new SluiceRoad();
      case SHARDINGSPHERE -> ShardingSphere.open();
    };
  }
}
