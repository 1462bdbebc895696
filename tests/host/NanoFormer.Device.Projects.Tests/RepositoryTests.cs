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

        Assert.Equal(4, applications.Length);
        Assert.All(applications, project => Assert.Equal(["ESP32", "STM32", "RP2350", "MPS2"], project.Variants.Select(variant => variant.Board)));
    }

    /// <summary>The boards of a family, which nfproj/board.props chooses by a symbol.</summary>
    [Theory]
    [InlineData("ESP32", "ESP32_S3")]
    [InlineData("ESP32", "ESP32_C3")]
    [InlineData("ESP32", "M5STICKC_PLUS")]
    [InlineData("ESP32", "M5CORE2")]
    [InlineData("STM32", "STM32F429")]
    public void Every_board_of_a_family_compiles(string family, string module)
    {
        string symbol = $"NANOFORMER_{module}";
        Assert.Contains(symbol, File.ReadAllText(Path.Combine(Root(), "firmware", "Boards", "ThisBoard.cs")), StringComparison.Ordinal);
        Assert.Contains(module, File.ReadAllText(Path.Combine(Root(), "nfproj", "board.props")), StringComparison.Ordinal);
        var workspace = NanoWorkspace.Load(Root());
        var compiler = new WorkspaceCompiler(workspace, symbol);

        Assert.All(workspace.Projects.Where(project => project.IsApplication), project => Assert.Empty(
            DeviceCompiler.Errors(compiler.Compile(project, project.Variants.Single(variant => variant.Board == family)))));
    }

    private static string Root() => typeof(RepositoryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;
}
