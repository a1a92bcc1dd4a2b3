/// What the schema of each connection looked like, step by step: kept by the server, each step
/// attributed to the person, agent or pipeline whose approved statement made it, or to nobody at
/// Sluice when it was made elsewhere.
@NullMarked
package dev.sluice.server.schema;

import org.jspecify.annotations.NullMarked;
