/// What a database holds, read from its own catalog.
///
/// [CatalogReader] reads a whole [dev.sluice.governance.catalog.CatalogSnapshot] with a handful of
/// queries, whatever the number of tables; [SchemaScript] makes one from CREATE statements. Views
/// come with their definitions in full: a view that cannot be expanded is refused by the core.
@NullMarked
package dev.sluice.gateway.schema;

import org.jspecify.annotations.NullMarked;
