/// A real Trino server, governed.
@org.jspecify.annotations.NullMarked
package dev.sluice.proof.trino;
