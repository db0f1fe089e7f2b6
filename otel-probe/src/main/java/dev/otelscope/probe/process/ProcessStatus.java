package dev.otelscope.probe.process;

/// What is of interest in `/proc/<pid>/status`.
///
/// @param uid effective user
/// @param namespacePid pid in its innermost pid namespace
record ProcessStatus(int uid, int namespacePid) {

  /// @param pid what to answer when the kernel says nothing of pid namespaces
  static ProcessStatus parse(String text, int pid) {
    int uid = 0;
    int namespacePid = pid;
    for (String line : text.lines().toList()) {
      String[] words = line.split("\\s+", -1);
      if (line.startsWith("Uid:") && words.length > 2) {
        uid = number(words[2], uid); // real, effective, saved, of file accesses
      } else if (line.startsWith("NSpid:") && words.length > 1) {
        namespacePid = number(words[words.length - 1], pid); // outermost first
      }
    }
    return new ProcessStatus(uid, namespacePid);
  }

  private static int number(String word, int otherwise) {
    try {
      return Integer.parseUnsignedInt(word);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
