/// Files that a database engine writes best. What is written has been masked before.
@NullMarked
package dev.sluice.gateway.export;

import org.jspecify.annotations.NullMarked;
