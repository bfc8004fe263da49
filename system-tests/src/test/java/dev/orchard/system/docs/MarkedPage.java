package dev.orchard.system.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of which a part between two marks is written by a program.
 *
 * @param name of the part, as the marks spell it
 */
public record MarkedPage(Path file, String name) {
    /** The part as it is. */
    public String part() throws IOException {
        String page = Files.readString(file);
        return page.substring(begin(page), end(page));
    }

    /** Writes the part anew. */
    public void write(String part) throws IOException {
        String page = Files.readString(file);
        Files.writeString(file, page.substring(0, begin(page)) + part + page.substring(end(page)));
    }

    private int begin(String page) {
        String mark = "<!-- " + name + ": begin; ";
        int begin = page.indexOf('\n', page.indexOf(mark)) + 1;
        if (!page.contains(mark) || begin == 0) {
            throw new IllegalStateException(file + " lacks the line " + mark);
        }
        return begin;
    }

    private int end(String page) {
        int end = page.indexOf("<!-- " + name + ": end -->", begin(page));
        if (end < 0) {
            throw new IllegalStateException(file + " does not end the part " + name);
        }
        return end;
    }
}
