package dev.otelscope.probe.process;

import java.nio.ByteBuffer;

/// Fields of `/proc/<pid>/stat` (proc_pid_stat(5)), read in place. Not thread-safe: each [#parse]
/// overwrites the fields.
final class ProcessStat {
  private static final int FIRST_AFTER_NAME = 3;
  private static final int PARENT = 4;
  private static final int USER_TIME = 14;
  private static final int SYSTEM_TIME = 15;
  private static final int THREADS = 20;
  private static final int START_TIME = 22;
  private static final int RESIDENT_PAGES = 24;
  private static final int START_CODE = 26;
  private static final int ARGUMENTS_START = 48;

  private int parent;
  private long userTicks;
  private long systemTicks;
  private int threads;
  private long startTicks;
  private long residentPages;
  private long program;

  /// @return false when it is not the content of a stat file
  boolean parse(ByteBuffer content, int length) {
    int position = endOfName(content, length);
    if (position < 0) {
      return false;
    }
    program = hashOfName(content, position);
    int field = FIRST_AFTER_NAME - 1;
    while (position < length) {
      byte c = content.get(position++);
      if (c == ' ') {
        field++;
        position = readField(content, field, position, length);
      }
    }
    return field >= RESIDENT_PAGES;
  }

  int parent() {
    return parent;
  }

  long userTicks() {
    return userTicks;
  }

  long systemTicks() {
    return systemTicks;
  }

  int threads() {
    return threads;
  }

  /// Clock ticks between boot and its start.
  long startTicks() {
    return startTicks;
  }

  long residentPages() {
    return residentPages;
  }

  /// A number that changes when the process executes another program: from its name and from where
  /// code and arguments were put, which is random, but visible only to who may trace it.
  long program() {
    return program;
  }

  /// The name may contain anything, also spaces and parentheses; nothing after it does.
  private static int endOfName(ByteBuffer content, int length) {
    for (int i = length - 1; i >= 0; i--) {
      if (content.get(i) == ')') {
        return i + 1;
      }
    }
    return -1;
  }

  private static long hashOfName(ByteBuffer content, int end) {
    long hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + content.get(i);
    }
    return hash;
  }

  private int readField(ByteBuffer content, int field, int from, int length) {
    long number = 0;
    int position = from;
    while (position < length) {
      byte c = content.get(position);
      if (c < '0' || c > '9') {
        break;
      }
      number = number * 10 + (c - '0');
      position++;
    }
    switch (field) {
      case PARENT -> parent = (int) number;
      case USER_TIME -> userTicks = number;
      case SYSTEM_TIME -> systemTicks = number;
      case THREADS -> threads = (int) number;
      case START_TIME -> startTicks = number;
      case RESIDENT_PAGES -> residentPages = number;
      case START_CODE, ARGUMENTS_START -> program = 31 * program + number;
      default -> {} // of no interest
    }
    return position;
  }
}
