package dev.orchard.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** A thread for each of the tasks that repeat: a database that does not answer one of them holds up no other. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class SchedulingConfiguration {
    private static final int TASKS = 4;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(TASKS);
        scheduler.setThreadNamePrefix("scheduling-");
        return scheduler;
    }
}
