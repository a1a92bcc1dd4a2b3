/// Whether a newer version is there, and whether this one may still run.
///
/// A manifest says both. It is a text signed by a key that the administrator pinned in the managed
/// settings; no address and no key is built in, so nothing is asked unless an administrator said
/// whom. Nothing is installed from here: the notice says where to get it. It is shown when somebody
/// signs in, where no transaction can be open.
@NullMarked
package dev.sluice.gateway.updates;

import org.jspecify.annotations.NullMarked;
