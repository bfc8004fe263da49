package dev.orchard.storage.s3;

import dev.orchard.storage.blob.BlobStore;
import dev.orchard.storage.parts.PartStore;
import java.net.URI;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Keeps blobs in S3, if the settings say so. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orchard.storage.kind", havingValue = "s3")
@EnableConfigurationProperties(S3Settings.class)
class S3StoreConfiguration {
    @Bean
    S3Client s3Client(S3Settings settings) {
        return client(settings).build();
    }

    static S3ClientBuilder client(S3Settings settings) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(settings.requestChecksums())
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(settings.connections()));
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        return client;
    }

    @Bean
    S3Presigner s3Presigner(S3Settings settings) {
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .serviceConfiguration(pathStyle(settings));
        URI reached = settings.linkEndpoint() == null ? settings.endpoint() : settings.linkEndpoint();
        if (reached != null) {
            presigner.endpointOverride(reached);
        }
        return presigner.build();
    }

    @Bean
    BlobStore blobStore(S3Settings settings, S3Client s3Client, S3Presigner s3Presigner) {
        return new S3BlobStore(settings, s3Client, s3Presigner, Clock.systemUTC());
    }

    @Bean
    PartStore partStore() {
        return new S3PartStore();
    }

    private static S3Configuration pathStyle(S3Settings settings) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(settings.pathStyle())
                .build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        return settings.accessKey() == null || settings.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }
}
