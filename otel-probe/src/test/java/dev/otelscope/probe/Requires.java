package dev.otelscope.probe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a test needs of the machine. Where it is missing the test is skipped and the reason
/// printed; with `OTELSCOPE_REQUIRE=all` in the environment the test fails instead.
@Target({ElementType.TYPE, ElementType.METHOD})
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCondition.class)
public @interface Requires {

  /// A thing that not every machine has.
  enum Need {
    /// To be root, with the capabilities to make network namespaces.
    ROOT,
    /// `ip` of iproute2.
    IPROUTE2,
    /// `setpriv` of util-linux.
    SETPRIV,
    /// `dockerd` and `docker` of docker.io, with what they need to run containers.
    DOCKER,
    /// `containerd` with `ctr`, `runc`, the plug-ins of containernetworking-plugins, and a static
    /// `busybox`.
    CONTAINERD,
    /// `nginx`, a server whose workers share a listener.
    NGINX,
    /// `bash`.
    BASH,
    /// `python3`.
    PYTHON,
    /// `nft` of nftables, and a kernel that translates addresses.
    NFT,
    /// A kernel that describes its own types.
    BTF,
    /// A kernel that loads tracing programs, and the privilege to do so.
    EBPF
  }

  Need[] value();
}
