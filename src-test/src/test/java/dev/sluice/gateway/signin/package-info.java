@NullMarked
package dev.sluice.gateway.signin;

import org.jspecify.annotations.NullMarked;
