package dev.otelscope.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a probe may be given, and what it makes of it.
///
/// @param name in words
/// @param said all that the doctor says is missing
record Given(String name, Start start, int tier, List<String> said) {
  /// Every way in which something is taken away.
  static final List<Given> ALL =
      List.of(
          new Given("everything", asRootWithout(), 1),
          // CAP_SYS_ADMIN stands in for what eBPF takes.
          new Given(
              "nothing of ebpf but sys admin", asRootWithout("bpf", "perfmon", "net_admin"), 1),
          new Given(
              "nothing that it can do without",
              asRootWithout("net_broadcast", "dac_read_search", "sys_resource"),
              1),
          new Given(
              "no sys admin",
              asRootWithout("sys_admin"),
              1,
              "Besides, it does not know the addresses of some network namespaces: give it CAP_SYS_ADMIN."),
          new Given(
              "no sys ptrace",
              asRootWithout("sys_ptrace"),
              1,
              "Besides, it does not know the addresses of some network namespaces: give it CAP_SYS_PTRACE."),
          new Given(
              "neither bpf nor sys admin",
              asRootWithout("bpf", "sys_admin"),
              3,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with EPERM; give it CAP_BPF.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; give it CAP_SYS_ADMIN."),
          new Given(
              "neither perfmon nor sys admin",
              asRootWithout("perfmon", "sys_admin"),
              3,
              "It could not use tier 1: bpf(PROG_LOAD, program ots_sockets) failed with EPERM; give it"
                  + " CAP_PERFMON.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; give it CAP_SYS_ADMIN."),
          new Given(
              "neither net admin nor sys admin",
              asRootWithout("net_admin", "sys_admin"),
              3,
              "It could not use tier 1: bpf(LINK_CREATE, program ots_udp_out) failed with EPERM; give it"
                  + " CAP_NET_ADMIN.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; give it CAP_SYS_ADMIN."),
          new Given(
              "root without any",
              asRootWithout("all"),
              3,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with EPERM; give it CAP_BPF,"
                  + " CAP_PERFMON and CAP_NET_ADMIN.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; give it CAP_SYS_ADMIN.",
              "Besides, it may not look into some processes, whose connections have no process then: give it"
                  + " CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH."),
          new Given(
              "an ordinary user",
              asNobodyWith(),
              3,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with EPERM; start the probe as root, or"
                  + " give it CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; start the probe as"
                  + " root, or give it CAP_SYS_ADMIN.",
              "Besides, it may not look into some processes, whose connections have no process then: start"
                  + " the probe as root, or give it CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH."),
          new Given(
              "what tier 1 takes",
              asNobodyWith("bpf", "perfmon", "net_admin"),
              1,
              "Besides, it does not know the addresses of some network namespaces: start the probe as root,"
                  + " or give it CAP_SYS_ADMIN and CAP_SYS_PTRACE."),
          new Given(
              "all that tier 1 uses",
              asNobodyWith("bpf", "perfmon", "net_admin", "sys_admin", "sys_ptrace"),
              1),
          new Given(
              "what tier 2 takes",
              asNobodyWith("sys_admin", "sys_ptrace", "dac_read_search", "net_admin").best(2),
              2),
          new Given(
              "tier 2 without sys admin",
              asNobodyWith("sys_ptrace", "dac_read_search", "net_admin").best(2),
              3,
              "It could not use tier 2: setns(network namespace) failed with EPERM; start the probe as"
                  + " root, or give it CAP_SYS_ADMIN."),
          new Given(
              "tier 2 without sys ptrace",
              asNobodyWith("sys_admin", "dac_read_search", "net_admin").best(2),
              2,
              "Besides, it may not look into some processes, whose connections have no process then: start"
                  + " the probe as root, or give it CAP_SYS_PTRACE.",
              "Besides, it does not know the addresses of some network namespaces: start the probe as root,"
                  + " or give it CAP_SYS_PTRACE."),
          new Given(
              "tier 2 without dac read search",
              asNobodyWith("sys_admin", "sys_ptrace", "net_admin").best(2),
              2,
              "Besides, it may not look into some processes, whose connections have no process then: start"
                  + " the probe as root, or give it CAP_DAC_READ_SEARCH."),
          new Given(
              "tier 2 without net admin",
              asNobodyWith("sys_admin", "sys_ptrace", "dac_read_search").best(2),
              2,
              "Besides, it has little room for events, so it misses short connections when they are many:"
                  + " start the probe as root, or give it CAP_NET_ADMIN."),
          new Given(
              "no types of the kernel",
              asRootWithout().after("mount -t tmpfs none /sys/kernel/btf"),
              2,
              "It could not use tier 1: open(/sys/kernel/btf/vmlinux) failed with ENOENT; the kernel needs"
                  + " CONFIG_DEBUG_INFO_BTF, and the probe needs /sys."),
          new Given(
              "no control groups",
              asRootWithout().after("umount --lazy --all --types cgroup2"),
              2,
              "It could not use tier 1: no cgroup2 hierarchy is mounted, which UDP is watched in: mount -t"
                  + " cgroup2 none DIRECTORY."),
          new Given(
              "processes of others hidden",
              asNobodyWith("bpf", "perfmon", "net_admin")
                  .after("mount -t proc -o hidepid=2 proc /proc"),
              1,
              "Besides, /proc hides the processes of other users from it: start the probe as root, or give"
                  + " it CAP_SYS_PTRACE.",
              "Besides, it does not know the addresses of some network namespaces: start the probe as"
                  + " root, or give it CAP_SYS_ADMIN and CAP_SYS_PTRACE."),
          new Given(
              "a pid namespace of its own",
              asRootWithout().in("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"),
              2,
              "It could not use tier 1: the probe is in a pid namespace of its own, where processes have"
                  + " other numbers than the kernel says: start it in the host's (docker run --pid=host, or"
                  + " hostPID: true)."),
          new Given(
              "a user namespace of its own",
              asRootWithout().in("unshare", "--user", "--map-root-user"),
              3,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with EPERM; the probe is in a user"
                  + " namespace of its own, whose capabilities do not count here: start it in the host's.",
              "It could not use tier 2: setns(network namespace) failed with EPERM; the probe is in a user"
                  + " namespace of its own, whose capabilities do not count here: start it in the host's.",
              "Besides, it may not look into some processes, whose connections have no process then: the"
                  + " probe is in a user namespace of its own, whose capabilities do not count here: start"
                  + " it in the host's."),
          new Given(
              "bpf refused",
              asRootWithout().refusing(Refused.BPF),
              2,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with EPERM; the probe has CAP_BPF,"
                  + " CAP_PERFMON and CAP_NET_ADMIN, so something else forbids it: allow it in the seccomp"
                  + " profile or the security module."),
          new Given(
              "bpf unknown",
              asRootWithout().refusing(Refused.BPF_AS_UNKNOWN),
              2,
              "It could not use tier 1: bpf(BTF_LOAD, types) failed with ENOSYS; the kernel needs"
                  + " CONFIG_BPF_SYSCALL, and a seccomp profile must allow bpf."),
          new Given(
              "netlink refused",
              asRootWithout().refusing(Refused.NETLINK).best(2),
              4,
              "It could not use tier 2: socket(AF_NETLINK, 4) failed with EPERM; the kernel needs"
                  + " CONFIG_INET_DIAG, and a seccomp profile must allow netlink sockets.",
              "It could not use tier 3: socket(AF_NETLINK, 4) failed with EPERM; the kernel needs"
                  + " CONFIG_INET_DIAG, and a seccomp profile must allow netlink sockets."));

  /// System calls that a seccomp filter refuses.
  enum Refused {
    NOTHING,
    BPF,
    BPF_AS_UNKNOWN,
    NETLINK
  }

  /// How the program is started.
  ///
  /// @param setUp shell commands that come before, in a mount namespace of their own
  /// @param command what runs the program
  record Start(String setUp, List<String> command, Refused refused, List<String> options) {

    Start after(String commands) {
      return new Start(commands, command, refused, options);
    }

    Start in(String... namespaces) {
      return new Start(setUp, List.of(namespaces), refused, options);
    }

    Start refusing(Refused call) {
      return new Start(setUp, command, call, options);
    }

    Start best(int tier) {
      return new Start(setUp, command, refused, List.of("--tier=" + tier));
    }
  }

  private Given(String name, Start start, int tier, String... said) {
    this(name, start, tier, List.of(said));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Start asRootWithout(String... capabilities) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--inh-caps=-all"));
    if (capabilities.length > 0) {
      command.add("--bounding-set=" + list("-", capabilities));
    }
    return new Start("true", command, Refused.NOTHING, List.of());
  }

  private static Start asNobodyWith(String... capabilities) {
    String set = capabilities.length == 0 ? "-all" : "-all," + list("+", capabilities);
    List<String> command =
        List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--no-new-privs",
            "--inh-caps=" + set,
            "--ambient-caps=" + set,
            "--bounding-set=" + set);
    return new Start("true", command, Refused.NOTHING, List.of());
  }

  private static String list(String sign, String... capabilities) {
    return Stream.of(capabilities).map(each -> sign + each).collect(Collectors.joining(","));
  }
}
