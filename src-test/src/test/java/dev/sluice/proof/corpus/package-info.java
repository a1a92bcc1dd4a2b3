/// Text corpora: what a statement means, what is decided, what is shown, as files that a person
/// adds a case to without Java.
///
/// A file under `src-test/corpus/KIND/` is
///
/// ```text
/// # The idea of the file, in words.
/// dialect postgresql
/// schema shop
///
/// case a derived output is masked whole
/// @dialect sqlite
/// SELECT lower(email) AS x FROM customers
/// ----
/// kind SELECT
/// output 0 x derived public.customers.email
/// ```
///
/// Settings stand at the top and, with `@`, before the text of one case. A case ends at the first
/// empty line after `----`. Unknown settings and unknown answer keys refuse the file. Run with
/// `-Dcorpus.record=true` to write the answers of today into the files and review the difference.
@NullMarked
package dev.sluice.proof.corpus;

import org.jspecify.annotations.NullMarked;
