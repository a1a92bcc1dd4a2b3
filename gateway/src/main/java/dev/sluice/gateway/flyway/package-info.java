/// What Flyway needs to run migrations through `jdbc:sluice:`. Flyway finds it by itself; nothing
/// else of the product uses it, and without Flyway it is not loaded.
@NullMarked
package dev.sluice.gateway.flyway;

import org.jspecify.annotations.NullMarked;
