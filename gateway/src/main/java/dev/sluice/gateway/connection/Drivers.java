package dev.sluice.gateway.connection;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Finds JDBC drivers: those on the class path, then the jars in the folder that
/// `SLUICE_DRIVERS` (environment) or `sluice.drivers` (system property) names.
final class Drivers {

  private static final Map<String, Driver> LOADED = new ConcurrentHashMap<>();

  private Drivers() {}

  /// @throws SQLException when there is no such driver, saying where to put it
  static Driver load(String className) throws SQLException {
    Driver known = LOADED.get(className);
    if (known != null) {
      return known;
    }
    Driver driver = instantiate(className, loader());
    LOADED.putIfAbsent(className, driver);
    return driver;
  }

  private static Driver instantiate(String className, ClassLoader loader) throws SQLException {
    try {
      return Class.forName(className, true, loader)
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      throw new SQLException(
          "The driver "
              + className
              + " is not installed. Put its jar into a folder and name that folder in"
              + " SLUICE_DRIVERS.",
          "08000",
          e);
    } catch (ReflectiveOperationException e) {
      throw new SQLException("The driver " + className + " cannot be started.", "08000", e);
    }
  }

  private static ClassLoader loader() throws SQLException {
    String folder = System.getProperty("sluice.drivers", System.getenv("SLUICE_DRIVERS"));
    ClassLoader own = Drivers.class.getClassLoader();
    if (folder == null || folder.isBlank() || !Files.isDirectory(Path.of(folder))) {
      return own;
    }
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      List<URL> jars = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        jars.add(jar.toUri().toURL());
      }
      return new URLClassLoader("sluice-drivers", jars.toArray(URL[]::new), own);
    } catch (MalformedURLException e) {
      throw new SQLException("A driver jar has an odd name in " + folder + ".", "08000", e);
    } catch (IOException e) {
      throw new SQLException("The drivers folder cannot be read: " + folder + ".", "08000", e);
    }
  }
}
