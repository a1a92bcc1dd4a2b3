/// How it is written down: the JSON form of what crosses between window, command line and server.
///
/// [JsonCodec] reads strictly (an unknown field, a duplicate, a missing or trailing one is an
/// error) and writes one form. [CompactJws] carries the signatures, [DeviceProof] the proof that a
/// request comes from the device that signed in. Record components that must never be shown or
/// logged are marked [Sensitive]; [Redaction] is how such records print themselves.
@NullMarked
package dev.sluice.governance.codec;

import org.jspecify.annotations.NullMarked;
