/// What goes to open streams. [Outbox] rows are written in the transaction of what they tell;
/// [Streams] hands them out in commit order, to those who may see them, from any place on.
@NullMarked
package dev.sluice.server.push;

import org.jspecify.annotations.NullMarked;
