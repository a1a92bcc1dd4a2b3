/// Signing in.
@NullMarked
package dev.sluice.app.signin;

import org.jspecify.annotations.NullMarked;
