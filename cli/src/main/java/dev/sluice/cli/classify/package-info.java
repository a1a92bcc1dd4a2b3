/// `sluice classify`: proposes which columns to protect. Shows names and reasons, never a value.
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.classify;
