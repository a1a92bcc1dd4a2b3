/// The central server: policy, approvals, audit ledger, credentials, identity.
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
