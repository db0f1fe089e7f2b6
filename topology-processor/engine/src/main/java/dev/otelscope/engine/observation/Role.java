package dev.otelscope.engine.observation;

/// Which end of its connections an observer is. With [#UNKNOWN], the client's fields of its flow
/// describe the observer, and the port is the other end's where that is known.
public enum Role {
  CLIENT,
  SERVER,
  UNKNOWN
}
