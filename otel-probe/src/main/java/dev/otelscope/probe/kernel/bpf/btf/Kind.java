package dev.otelscope.probe.kernel.bpf.btf;

/// What a type is (`include/uapi/linux/btf.h`).
enum Kind {
  VOID(0, "void", 0, 0),
  INT(1, "int", 4, 0),
  POINTER(2, "pointer", 0, 0),
  ARRAY(3, "array", 12, 0),
  STRUCT(4, "struct", 0, 12),
  UNION(5, "union", 0, 12),
  ENUM(6, "enum", 0, 8),
  FORWARD(7, "forward declaration", 0, 0),
  TYPEDEF(8, "typedef", 0, 0),
  VOLATILE(9, "volatile", 0, 0),
  CONST(10, "const", 0, 0),
  RESTRICT(11, "restrict", 0, 0),
  FUNCTION(12, "function", 0, 0),
  FUNCTION_PROTOTYPE(13, "function prototype", 0, 8),
  VARIABLE(14, "variable", 4, 0),
  DATA_SECTION(15, "data section", 0, 12),
  FLOAT(16, "float", 0, 0),
  DECLARATION_TAG(17, "declaration tag", 4, 0),
  TYPE_TAG(18, "type tag", 0, 0),
  ENUM64(19, "enum", 0, 12);

  private static final Kind[] KINDS = values();

  private final int number;
  private final String text;
  private final int extra;
  private final int member;

  Kind(int number, String text, int extra, int member) {
    this.number = number;
    this.text = text;
    this.extra = extra;
    this.member = member;
  }

  static int count() {
    return KINDS.length;
  }

  static Kind of(int number) {
    return KINDS[number];
  }

  int number() {
    return number;
  }

  /// Bytes that follow the three words that all types have.
  int trailer(int members) {
    return extra + member * members;
  }

  @Override
  public String toString() {
    return text;
  }
}
