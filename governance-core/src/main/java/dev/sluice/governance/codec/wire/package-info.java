/// The bodies of requests and answers between a client and the server, one record each. Field names
/// are the JSON names; instants are ISO-8601 in UTC, durations ISO-8601.
@NullMarked
package dev.sluice.governance.codec.wire;

import org.jspecify.annotations.NullMarked;
