/// OTLP bytes, read without generated classes and without an object per data point.
///
/// A reader walks over a message once and calls a handler; what it hands over are flyweights over
/// the message's bytes, which mean something only during the call.
@NullMarked
package dev.otelscope.otlp;

import org.jspecify.annotations.NullMarked;
