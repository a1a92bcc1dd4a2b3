/// The guided tour: drives the real window as a person would, looks at what it shows, at the
/// database and at the ledger, and keeps pictures and a transcript.
@NullMarked
package dev.sluice.cli.tour;

import org.jspecify.annotations.NullMarked;
