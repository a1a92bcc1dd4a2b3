/// The Markdown pages of this repository: what they show, where they point, and the site made of
/// them.
///
/// Each fenced block stands under a mark that says what becomes of it: `<!-- run: HOW -->` for one
/// that a test runs or reads with the real reader, `<!-- file: NAME -->` for one that the next runs
/// find as a file, `<!-- shown: REASON -->` for one that is not run. A block without a mark fails
/// the build: nobody has decided on it.
@NullMarked
package dev.sluice.papers;

import org.jspecify.annotations.NullMarked;
