package dev.orchard.gateway.upload;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.orchard.support.naming.InvalidValueException;
import dev.orchard.support.naming.PackageName;
import java.util.regex.Pattern;

/**
 * What an upload is called: data, never a path. Of a path that a client sends only the last segment is kept, as RFC
 * 6266 (section 4.3) advises; what is left must be 1 to 255 characters that can be shown.
 */
public record Filename(@JsonValue String value) {
    private static final Pattern SHOWN = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}\\x{80}-\\x{9F}]{1,255}");

    /** @throws InvalidValueException if nothing is left that can be shown */
    public static Filename of(String text) {
        String name = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        if (!SHOWN.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new InvalidValueException("filename", "must be 1 to 255 characters without control characters");
        }
        return new Filename(name);
    }

    /** What is uploaded without a name is called like its package. */
    public static Filename of(PackageName packageName) {
        return new Filename(packageName.value());
    }

    @Override
    public String toString() {
        return value;
    }
}
