package dev.orchard.gateway.upload;

import com.sun.net.httpserver.HttpExchange;
import dev.orchard.gateway.FakeService;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the metadata and the storage service answer to an upload that goes well. */
final class FakeUploads {
    static final String KEY = "0b5d1a52-0000-4000-8000-000000000001";
    static final String ANSWER = "{\"upload_id\": \"u1\", \"tag\": null, \"deduplicated\": false}";

    private FakeUploads() {}

    static void accept(FakeService metadata, FakeService storage) {
        metadata.on("POST /internal/uploads", 201, "{\"upload_id\": \"u1\", \"storage_key\": \"blobs/" + KEY + "\"}");
        metadata.on("POST /internal/uploads/u1/complete", 201, ANSWER);
        metadata.on("DELETE /internal/uploads/u1", 204, "");
        storage.on("PUT /blobs/" + KEY, FakeUploads::store);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void store(FakeService.Call call, HttpExchange exchange) throws IOException {
        FakeService.reply(
                exchange, 201, "application/json", """
                {"key": "%s", "size": %d, "sha256": "%s", "checksum_crc32c": "00000000"}""".formatted(KEY, call.body().length, sha256(call.body())));
    }
}
