/// The HTTP surface: parameters, answers, errors, who may connect, the page's files.
@NullMarked
package dev.otelscope.query.http;

import org.jspecify.annotations.NullMarked;
