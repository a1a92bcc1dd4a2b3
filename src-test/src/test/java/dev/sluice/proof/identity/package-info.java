/// Signing in against a real identity provider.
@NullMarked
package dev.sluice.proof.identity;

import org.jspecify.annotations.NullMarked;
