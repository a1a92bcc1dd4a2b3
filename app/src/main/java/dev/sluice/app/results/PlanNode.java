package dev.sluice.app.results;

import java.util.List;

/// One step of an explained plan.
///
/// @param title what it does, in the engine's words
/// @param detail conditions, keys, names
/// @param cost what it costs with everything below it, in the engine's unit; negative when unknown
/// @param rows rows the engine expects, negative when unknown
record PlanNode(String title, String detail, double cost, double rows, List<PlanNode> children) {

  PlanNode {
    children = List.copyOf(children);
  }

  /// What it costs by itself; negative when unknown.
  double ownCost() {
    if (cost < 0) {
      return -1;
    }
    double below = children.stream().mapToDouble(child -> Math.max(0, child.cost)).sum();
    return Math.max(0, cost - below);
  }

  int size() {
    return 1 + children.stream().mapToInt(PlanNode::size).sum();
  }
}
