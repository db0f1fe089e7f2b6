package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.FoundContainers;
import dev.otelscope.probe.container.RuntimeConversation;
import dev.otelscope.probe.container.cri.grpc.GrpcException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the containers each second, and asks for those that are new or in another state.
final class CriConversation implements RuntimeConversation {
  /*
   * Why not by events
   *   CRI has a stream of them, but before containerd 2.0, and in older versions of CRI-O, all its
   *   readers share one queue: each event that a probe read would be missing in the kubelet.
   *
   * What is kept
   *   Sandboxes for as long as one of their containers is listed; a sandbox does not change. Images,
   *   up to a bound.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CriConversation.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_IMAGES = 4096;

  private final CriService service;
  private final String runtime;
  private final MainProcesses processes = new MainProcesses(Path.of("/proc"));
  private final Map<String, ListedContainer> known = new HashMap<>();
  private final Map<String, PodSandbox> sandboxes = new HashMap<>();
  private final Map<String, ImageStatus> images = new HashMap<>();

  CriConversation(CriService service, String runtime) {
    this.service = service;
    this.runtime = runtime;
  }

  @Override
  public String runtime() {
    return runtime;
  }

  @Override
  public List<String> containers() throws IOException {
    return service.containers().stream().map(ListedContainer::id).toList();
  }

  @Override
  public void follow(FoundContainers found) throws IOException, InterruptedException {
    while (true) {
      look(found);
      found.complete();
      Thread.sleep(PAUSE);
    }
  }

  private void look(FoundContainers found) throws IOException {
    Set<String> ids = new HashSet<>();
    Set<String> inUse = new HashSet<>();
    for (ListedContainer listed : service.containers()) {
      ids.add(listed.id());
      inUse.add(listed.sandbox());
      if (!listed.equals(known.get(listed.id()))) {
        askFor(listed, found);
      }
    }
    for (String id : found.ids()) {
      if (!ids.contains(id)) {
        found.remove(id);
      }
    }
    known.keySet().retainAll(ids);
    sandboxes.keySet().retainAll(inUse);
  }

  /// One that the runtime cannot describe, because it is just being made or removed, is asked for
  /// again at the next look.
  private void askFor(ListedContainer listed, FoundContainers found) throws IOException {
    try {
      Optional<ContainerStatus> status = service.container(listed.id());
      if (status.isEmpty() || !status.get().id().equals(listed.id())) {
        return;
      }
      found.put(
          Description.of(
              runtime,
              status.get(),
              sandbox(listed.sandbox()),
              image(status.get().imageReference()),
              processes.find(status.get())));
      known.put(listed.id(), listed);
    } catch (GrpcException e) {
      LOG.debug("{} does not describe container {}: {}", runtime, listed.id(), e.getMessage());
    }
  }

  private PodSandbox sandbox(String id) throws IOException {
    PodSandbox sandbox = sandboxes.get(id);
    if (sandbox == null) {
      sandbox = service.sandbox(id);
      sandboxes.put(id, sandbox);
    }
    return sandbox;
  }

  private ImageStatus image(String reference) throws IOException {
    ImageStatus image = images.get(reference);
    if (image == null) {
      image = service.image(reference);
      if (images.size() >= MOST_IMAGES) {
        images.clear();
      }
      images.put(reference, image);
    }
    return image;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
