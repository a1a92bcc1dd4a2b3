/// What a person sees instead.
///
/// A [dev.sluice.governance.masking.MaskingPlan] says which result columns are masked and how;
/// [dev.sluice.governance.masking.RowMaskers] makes the masker that runs over the rows. Single
/// masks come from [dev.sluice.governance.masking.Masks], which also says what is wrong with a
/// specification.
///
/// Promises of every mask: it never throws, whatever the value; NULL stays NULL; types stay (what
/// is not text is masked by its own type or becomes NULL, never a text); characters are code
/// points; a partial mask that would show more than half redacts; what does not have the expected
/// form is redacted whole; a keyed mask without its key redacts. The examples in the documentation
/// of the mask classes are run as tests.
@NullMarked
package dev.sluice.governance.masking;

import org.jspecify.annotations.NullMarked;
