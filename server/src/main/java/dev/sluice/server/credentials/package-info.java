/// Leased database logins: made for one session, read-only, short-lived, delivered once, and
/// dropped.
@NullMarked
package dev.sluice.server.credentials;

import org.jspecify.annotations.NullMarked;
