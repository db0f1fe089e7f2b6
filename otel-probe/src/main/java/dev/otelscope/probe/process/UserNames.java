package dev.otelscope.probe.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of users by number, from a file in the format of passwd(5). It is read again when it
/// changed and a number is asked for that it did not have. Not thread-safe.
final class UserNames {
  private final Path file;
  private final Map<Integer, String> names = new HashMap<>();
  private @Nullable FileTime read;

  UserNames(Path file) {
    this.file = file;
  }

  /// The name, or the number in decimal when it has none.
  String name(int uid) {
    String name = names.get(uid);
    if (name == null && isChanged()) {
      readAll();
      name = names.get(uid);
    }
    return name == null ? Integer.toUnsignedString(uid) : name;
  }

  private boolean isChanged() {
    try {
      FileTime now = Files.getLastModifiedTime(file);
      boolean changed = !now.equals(read);
      read = now;
      return changed;
    } catch (IOException e) {
      return false; // users without names are still users
    }
  }

  private void readAll() {
    names.clear();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", 4);
        if (fields.length == 4 && fields[2].matches("\\d{1,9}")) {
          names.putIfAbsent(Integer.parseInt(fields[2]), fields[0]);
        }
      }
    } catch (IOException e) {
      names.clear();
    }
  }
}
