package dev.sluice.app.timeline;

import dev.sluice.gateway.workspace.TimelinePage;
import java.time.LocalDate;

/// One line of the list: the head of a day, an entry, or the way to older ones.
sealed interface TimelineRow {
  record Day(LocalDate date) implements TimelineRow {}

  record Item(TimelinePage.Entry entry) implements TimelineRow {}

  record More() implements TimelineRow {}
}
