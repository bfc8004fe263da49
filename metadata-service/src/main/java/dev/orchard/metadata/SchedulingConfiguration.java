package dev.orchard.metadata;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * A thread for each of the tasks that repeat. Boot's scheduler of virtual threads has one for all of them: a Connect that
 * does not answer would keep the deletions waiting.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {
    private static final int TASKS = 12;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(TASKS);
        scheduler.setThreadNamePrefix("scheduling-");
        return scheduler;
    }
}
