/// Asking for approval, and deciding on what others ask.
@NullMarked
package dev.sluice.app.approvals;

import org.jspecify.annotations.NullMarked;
