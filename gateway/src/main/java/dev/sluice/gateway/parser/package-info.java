/// Where statements are parsed: threads with a large stack and a time limit.
///
/// Make one [BoundedParserWorker] per process and hand it to the analyser. A statement that takes
/// too long or nests too deeply is an overrun, which the analyser turns into a refusal; it never
/// stops the process and never takes the caller's thread with it.
@NullMarked
package dev.sluice.gateway.parser;

import org.jspecify.annotations.NullMarked;
