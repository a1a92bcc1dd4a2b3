/// What an administrator laid down for every workbench of a machine.
@NullMarked
package dev.sluice.gateway.managed;

import org.jspecify.annotations.NullMarked;
