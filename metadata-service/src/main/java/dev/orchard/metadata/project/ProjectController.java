package dev.orchard.metadata.project;

import dev.orchard.support.naming.ProjectName;
import dev.orchard.support.paging.Cursor;
import dev.orchard.support.paging.Page;
import dev.orchard.support.paging.PageRequest;
import dev.orchard.support.problem.ProblemException;
import dev.orchard.support.problem.ProblemType;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /projects} and {@code /project/{project}}. */
@RestController
@RequestMapping("/api/v1")
class ProjectController {
    private final ProjectService projects;

    ProjectController(ProjectService projects) {
        this.projects = projects;
    }

    @PostMapping("/projects")
    ResponseEntity<ProjectDetails> create(@Valid @RequestBody NewProject project) {
        ProjectDetails created = projects.create(project)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.PROJECT_EXISTS, "A project named " + project.name() + " exists already."));
        return ResponseEntity.created(URI.create("/api/v1/project/" + project.name()))
                .body(created);
    }

    @GetMapping("/projects")
    Page<Project> list(
            @RequestParam @Nullable String q,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable Cursor cursor) {
        return projects.list(q == null ? "" : q, PageRequest.of(limit, cursor));
    }

    @GetMapping("/project/{project}")
    ProjectDetails get(@PathVariable ProjectName project) {
        return projects.find(project).orElseThrow(() -> notFound(project));
    }

    @DeleteMapping("/project/{project}")
    ProjectDeletion delete(@PathVariable ProjectName project) {
        return projects.delete(project).orElseThrow(() -> notFound(project));
    }

    private static ProblemException notFound(ProjectName project) {
        return new ProblemException(ProblemType.PROJECT_NOT_FOUND, "There is no project named " + project + ".");
    }
}
