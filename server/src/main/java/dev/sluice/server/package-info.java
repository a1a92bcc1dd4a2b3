/// The central server: [SluiceServer#start] runs one, in this process or as a process of its own.
///
/// It is the place an analyst's machine cannot argue with: it holds the accounts, the signed
/// policy, the database logins, the approvals and the audit log, takes no verdict from a client,
/// and runs what was approved itself.
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
