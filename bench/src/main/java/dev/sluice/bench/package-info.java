/// Measurements behind `sluice bench`: each figure of Sluice beside the same work without it, in
/// one run on one machine. Never shipped.
@org.jspecify.annotations.NullMarked
package dev.sluice.bench;
