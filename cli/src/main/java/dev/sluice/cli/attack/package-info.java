/// `sluice attack`: tries to get at planted values, live, and says what came through.
@org.jspecify.annotations.NullMarked
package dev.sluice.cli.attack;
