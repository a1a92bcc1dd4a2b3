@NullMarked
package dev.sluice.cli.pipeline;

import org.jspecify.annotations.NullMarked;
