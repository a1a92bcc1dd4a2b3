/// `sluice run --server`: a pipeline's statements, each governed, waiting for people where a rule
/// wants them, and safe to run again.
@NullMarked
package dev.sluice.cli.pipeline;

import org.jspecify.annotations.NullMarked;
