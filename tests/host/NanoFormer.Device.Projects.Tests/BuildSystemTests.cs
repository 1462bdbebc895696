namespace NanoFormer.Device.Projects.Tests;

/// <summary>The build system on a machine made up of three small scripts.</summary>
[Collection("environment")]
public sealed class BuildSystemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-build").FullName;
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public BuildSystemTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins are shell scripts.");
        File.WriteAllText(Path.Combine(_folder, "NFProjectSystem.props"), "<Project />");
        Environment.SetEnvironmentVariable("PATH", _folder);
        Environment.SetEnvironmentVariable(BuildSystem.PathVariable, _folder);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Environment.SetEnvironmentVariable(BuildSystem.PathVariable, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Missing_parts_are_named()
    {
        StandIn("msbuild", 0);

        Assert.Null(BuildSystem.Find(out var missing));
        Assert.Equal(["nuget"], missing);
    }

    [Fact]
    public void Packages_are_restored_before_the_build()
    {
        StandIn("msbuild", 0);
        StandIn("nuget", 0);
        var output = new StringWriter();

        int exitCode = BuildSystem.Find(out _)!.Build("Some.sln", output);

        Assert.Equal(0, exitCode);
        string[] lines = output.ToString().TrimEnd().Split(Environment.NewLine);
        string options = $"-p:Configuration=Release -p:Platform=Any CPU -p:NanoFrameworkProjectSystemPath={_folder}/ -verbosity:minimal";
        Assert.Equal(["nuget restore Some.sln", "msbuild Some.sln " + options], lines);
    }

    [Fact]
    public void A_failed_restore_ends_the_build()
    {
        StandIn("msbuild", 0);
        StandIn("nuget", 3);
        var output = new StringWriter();

        Assert.Equal(3, BuildSystem.Find(out _)!.Build("Some.sln", output));
        Assert.DoesNotContain("msbuild", output.ToString(), StringComparison.Ordinal);
    }

    private void StandIn(string command, int exitCode)
    {
        string path = Path.Combine(_folder, command);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{command} $*\"\nexit {exitCode}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
