/// Ways to become somebody: sign-in with a local account of a server, or with an identity provider.
@NullMarked
package dev.sluice.gateway.signin;

import org.jspecify.annotations.NullMarked;
