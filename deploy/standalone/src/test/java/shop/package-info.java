/// A program that somebody else might have written: what the map is drawn of in tests.
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
