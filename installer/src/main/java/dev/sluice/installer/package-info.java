/// Makes the packages: jars for one platform, a runtime image, what jpackage and dpkg build of
/// them, checksums and the licence report. A tool of the build; nothing of it is shipped.
@NullMarked
package dev.sluice.installer;

import org.jspecify.annotations.NullMarked;
