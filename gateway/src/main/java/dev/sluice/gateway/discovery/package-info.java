/// Looks at a few values of a database's columns, so that discovery can propose classifications.
/// Values are held in memory while they are judged and go nowhere else.
@org.jspecify.annotations.NullMarked
package dev.sluice.gateway.discovery;
