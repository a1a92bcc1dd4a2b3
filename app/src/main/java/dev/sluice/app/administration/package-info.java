/// Administering the server: connections, people, roles of groups, agents and pipelines.
@NullMarked
package dev.sluice.app.administration;

import org.jspecify.annotations.NullMarked;
