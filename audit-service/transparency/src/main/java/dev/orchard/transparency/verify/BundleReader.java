package dev.orchard.transparency.verify;

import dev.orchard.transparency.TilePath;

/** Makes a bundle of a file's bytes; a test that verifies one log very often keeps those that it has seen. */
@FunctionalInterface
interface BundleReader {
    Bundle read(TilePath path, byte[] bytes);
}
