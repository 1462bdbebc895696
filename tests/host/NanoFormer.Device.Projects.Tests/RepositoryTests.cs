using System.Reflection;

namespace NanoFormer.Device.Projects.Tests;

/// <summary>The gate: this repository's own projects pass every check, so its device code compiles and keeps the rules.</summary>
public class RepositoryTests
{
    public static TheoryData<string> Checks => [.. WorkspaceChecks.All.Select(check => check.Title)];

    [Theory]
    [MemberData(nameof(Checks))]
    public void The_repository_passes(string title)
    {
        var workspace = NanoWorkspace.Load(Root());
        var check = WorkspaceChecks.All.Single(check => check.Title == title);

        string[] findings = [.. check.Run(workspace).Select(finding => $"{finding.Place}: {finding.Message}")];

        Assert.True(findings.Length == 0, string.Join(Environment.NewLine, findings));
    }

    [Fact]
    public void Every_board_is_built()
    {
        var applications = NanoWorkspace.Load(Root()).Projects.Where(project => project.IsApplication).ToArray();

        Assert.Equal(3, applications.Length);
        Assert.All(applications, project => Assert.Equal(["ESP32", "STM32", "MPS2"], project.Variants.Select(variant => variant.Board)));
    }

    private static string Root() => typeof(RepositoryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}
