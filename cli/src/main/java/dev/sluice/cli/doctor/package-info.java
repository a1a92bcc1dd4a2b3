/// `sluice doctor`: what is in force on this machine, and what is wrong.
@NullMarked
package dev.sluice.cli.doctor;

import org.jspecify.annotations.NullMarked;
