package dev.orchard.metadata.statistics;

import dev.orchard.metadata.project.ProjectService;
import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /stats} and {@code /project/{project}/stats}. */
@RestController
@RequestMapping("/api/v1")
class StatisticsController {
    private final StatisticsService statistics;
    private final ProjectService projects;

    StatisticsController(StatisticsService statistics, ProjectService projects) {
        this.statistics = statistics;
        this.projects = projects;
    }

    @GetMapping("/stats")
    Statistics all() {
        return statistics.all();
    }

    @GetMapping("/project/{project}/stats")
    Statistics of(@PathVariable ProjectName project) {
        if (!projects.exists(project)) {
            throw new ProblemException(ProblemType.PROJECT_NOT_FOUND, "There is no project named " + project + ".");
        }
        return statistics.of(project);
    }
}
