package dev.sluice.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class AppImageTest {
  @Test
  void theArchiveIsAnOptionOfTheJvmWhateverSectionIsLast() {
    assertEquals(
        """
        [Application]
        app.mainclass=a.Main

        [JavaOptions]
        java-options=-XX:AOTCache=$APPDIR/sluice.aot
        java-options=-Dx=y

        [ArgOptions]
        arguments=app
        """,
        AppImage.withArchive(
            """
            [Application]
            app.mainclass=a.Main

            [JavaOptions]
            java-options=-Dx=y

            [ArgOptions]
            arguments=app
            """));
  }

  @Test
  void settingsWithoutSuchASectionAreNotGuessedAt() {
    assertThrows(PackagingProblem.class, () -> AppImage.withArchive("[Application]\n"));
  }
}
