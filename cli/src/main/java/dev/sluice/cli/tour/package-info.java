/// The guided tour: the product's main job, played through its real windows.
///
/// [GuidedTour] tells the story, [WindowPilot] types and clicks as a person does, [Transcript]
/// writes down what was seen. A step that did not really happen ends the tour with a reason.
@NullMarked
package dev.sluice.cli.tour;

import org.jspecify.annotations.NullMarked;
