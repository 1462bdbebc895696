namespace NanoFormer.Device.Projects;

/// <summary>What checking and, where possible, building the projects came to.</summary>
/// <param name="Projects">Names of the projects.</param>
/// <param name="Checks">The checks and what they found.</param>
/// <param name="MissingTools">What a build lacks on this machine; then nothing was built.</param>
/// <param name="BuildExitCode">Exit code of the build; null when nothing was built.</param>
public sealed record NfprojOutcome(
    IReadOnlyList<string> Projects,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<string> MissingTools,
    int? BuildExitCode)
{
    /// <summary>Whether no check found anything, and what was built did build.</summary>
    public bool IsGood => IsClean(Checks) && (BuildExitCode ?? 0) == 0;

    /// <summary>Checks the projects, and builds them when nothing was found; the build's own output goes to standard error.</summary>
    public static NfprojOutcome Of(NanoWorkspace workspace)
    {
        CheckResult[] checks = [.. WorkspaceChecks.All.Select(check => new CheckResult(check.Title, [.. check.Run(workspace)]))];
        var system = BuildSystem.Find(out var missing);
        bool builds = system is not null && IsClean(checks);
        return new NfprojOutcome(
            [.. workspace.Projects.Select(project => project.Name)],
            checks,
            missing,
            builds ? system!.Build(workspace.Solution!.Path, Console.Error) : null);
    }

    private static bool IsClean(IEnumerable<CheckResult> checks) => checks.All(check => check.Findings.Count == 0);
}

/// <summary>What one check found.</summary>
/// <param name="Title">The check.</param>
/// <param name="Findings">Nothing when all is right.</param>
public sealed record CheckResult(string Title, IReadOnlyList<Finding> Findings);
