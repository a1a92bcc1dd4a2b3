package dev.sluice.governance.catalog;

/// What a relation is. A view or materialised view must be expandable to be read.
public enum RelationKind {
  TABLE,
  VIEW,
  MATERIALIZED_VIEW,
  FOREIGN_TABLE,
  SEQUENCE
}
